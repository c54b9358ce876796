//! The environment: only what the operator allows or the file itself sets, never that of this process.

use std::rc::Rc;

use super::Made;
use crate::evaluate::call::Args;
use crate::evaluate::dict::{Dict, Kind};
use crate::evaluate::machine::{Eval, Machine, Stop};
use crate::evaluate::path::text_of;
use crate::evaluate::value::Value;
use crate::evaluate::{exception, files};

/// What such a call gives; `None` for other names.
pub(super) fn call<'a>(machine: &mut Machine<'a>, dotted: &str, args: &Args<'a>) -> Made<'a> {
    Ok(Some(match dotted {
        "os.getenv" | "os.environ.get" => get(machine, args),
        "os.environ.setdefault" => {
            let Some(name) = args.text("key", 0) else { return Ok(Some(Value::None)) };
            let value = args.get("default", 1).cloned().unwrap_or(Value::None);
            machine.environment.entry(name).or_insert(value).clone()
        }
        "os.environ.pop" => {
            let known = args.text("key", 0).and_then(|it| machine.environment.remove(&it));
            known.or_else(|| args.get("default", 1).cloned()).unwrap_or(Value::None)
        }
        "os.unsetenv" => {
            args.text("key", 0).map(|it| machine.environment.remove(&it));
            Value::None
        }
        "os.environ.copy" => Value::dict(copy(machine)),
        "os.environ.items" => {
            Value::list(pairs(machine).map(|(name, it)| Value::tuple(vec![name, it])).collect())
        }
        "os.environ.keys" => Value::list(pairs(machine).map(|(name, _)| name).collect()),
        "os.environ.values" => Value::list(pairs(machine).map(|(_, it)| it).collect()),
        "os.environ.update" => {
            update(machine, args);
            Value::None
        }
        "dotenv.load_dotenv" => load_dotenv(machine, args)?,
        "dotenv.dotenv_values" => dotenv_values(machine, args)?,
        _ => return Ok(None),
    }))
}

/// What `dict(os.environ)` gives.
fn copy<'a>(machine: &Machine<'a>) -> Dict<'a> {
    pairs(machine).collect::<Dict<'a>>().of_kind(Kind::Environment)
}

/// A copy of `it`, if that is `os.environ`; else `it`.
pub(in crate::evaluate) fn spread<'a>(machine: &Machine<'a>, it: &Value<'a>) -> Value<'a> {
    match it {
        Value::Outside(name) if &**name == "os.environ" => Value::dict(copy(machine)),
        other => other.clone(),
    }
}

/// The variables that have a value here, by name.
fn pairs<'m, 'a>(
    machine: &'m Machine<'a>,
) -> impl Iterator<Item = (Value<'a>, Value<'a>)> + use<'m, 'a> {
    machine.environment.iter().map(|(name, it)| (Value::Text(Rc::clone(name)), it.clone()))
}

fn update<'a>(machine: &mut Machine<'a>, args: &Args<'a>) {
    let mut all = args.named.clone();
    if let Some(Value::Dict(more)) = args.positional.first() {
        let more = more.borrow();
        let named = more.iter().map(|(name, it)| (name.as_text().cloned(), it.clone()));
        all.extend(named.filter_map(|(name, it)| Some((name?, it))));
    }
    machine.environment.extend(all);
}

/// A variable that nobody gives a value.
pub(in crate::evaluate) fn missing<'a>(machine: &Machine<'a>, name: &str) -> Value<'a> {
    machine.unknown_with(
        format!("the environment variable `{name}`"),
        format!("supply it with --env {name}=…, or add it to SYNC_ENV"),
    )
}

/// `os.environ["NAME"]`: without a value it is what the author's shell has, which is not known.
///
/// Where a handler of `KeyError` goes on without it, there is none, as with the default of `getenv`.
pub(in crate::evaluate) fn item<'a>(machine: &mut Machine<'a>, key: &Value<'a>) -> Eval<'a> {
    let Some(name) = key.as_text() else {
        return Ok(machine.unknown("an environment variable"));
    };
    match machine.environment.get(name) {
        Some(it) => Ok(it.clone()),
        None if machine.tolerant > 0 && !machine.strict => exception::no_key(machine, key),
        None => Ok(missing(machine, name)),
    }
}

/// `os.getenv("NAME", default)`, `os.environ.get(…)`: without a value the default.
fn get<'a>(machine: &mut Machine<'a>, args: &Args<'a>) -> Value<'a> {
    let Some(name) = args.text("key", 0) else {
        return machine.unknown("an environment variable");
    };
    if machine.strict && !machine.environment.contains_key(&name) {
        return missing(machine, &name);
    }
    if let Some(value) = machine.environment.get(&name) {
        return value.clone();
    }
    if let Some(default) = args.get("default", 1) {
        return default.clone();
    }
    machine.unset.push((name, machine.at));
    Value::None
}

/// The value of the first variable of `names`, a text or several, that has one: what `envvar=` of an option names.
pub(super) fn first_of<'a>(machine: &Machine<'a>, names: &Value<'a>) -> Option<Value<'a>> {
    let of = |it: &Value<'a>| machine.environment.get(it.as_text()?).cloned();
    match names {
        Value::List(all) => all.borrow().iter().find_map(of),
        Value::Tuple(all) => all.iter().find_map(of),
        one => of(one),
    }
}

/// `load_dotenv()`: the file of the bundle fills in what has no value.
///
/// Source: python-dotenv: without a path it looks in the folder of the file that calls, then upwards.
fn load_dotenv<'a>(machine: &mut Machine<'a>, args: &Args<'a>) -> Eval<'a> {
    let given = args.get("dotenv_path", 0).and_then(text_of);
    let overrides = args.named("override").and_then(Value::truth) == Some(true);
    let Some(text) = dotenv(machine, given)? else { return Ok(Value::Bool(false)) };
    for (name, value) in entries(&text) {
        let name: Rc<str> = name.into();
        if overrides || !machine.environment.contains_key(&name) {
            machine.environment.insert(name, Value::text(value));
        }
    }
    Ok(Value::Bool(true))
}

/// `dotenv_values()`
fn dotenv_values<'a>(machine: &mut Machine<'a>, args: &Args<'a>) -> Eval<'a> {
    let given = args.get("dotenv_path", 0).and_then(text_of);
    let text = dotenv(machine, given)?.unwrap_or_default();
    Ok(Value::dict(entries(&text).map(|(name, it)| (Value::text(name), Value::text(it))).collect()))
}

/// What the files `given`, a path or several, set; none of a file that is not there.
pub(in crate::evaluate) fn of_files<'a>(
    machine: &mut Machine<'a>,
    given: &Value<'a>,
) -> Result<Vec<(Rc<str>, Value<'a>)>, Stop<'a>> {
    let paths: Vec<Rc<str>> = match given {
        Value::List(all) => all.borrow().iter().filter_map(text_of).collect(),
        Value::Tuple(all) => all.iter().filter_map(text_of).collect(),
        one => text_of(one).into_iter().collect(),
    };
    let mut out = Vec::new();
    for path in paths {
        let text = dotenv(machine, Some(path))?.unwrap_or_default();
        out.extend(entries(&text).map(|(name, it)| (Rc::from(name), Value::text(it))));
    }
    Ok(out)
}

fn dotenv<'a>(
    machine: &mut Machine<'a>,
    given: Option<Rc<str>>,
) -> Result<Option<Rc<str>>, Stop<'a>> {
    if let Some(path) = given {
        return Ok(match files::at(machine, &path) {
            files::At::File(_) => files::text(machine, &path)?.as_text().cloned(),
            _ => None,
        });
    }
    let mut folder =
        crate::evaluate::path::parent(&machine.absolute(machine.sources.path(machine.at.file)));
    loop {
        let path = format!("{folder}/.env");
        match files::at(machine, &path) {
            files::At::File(_) => return Ok(files::text(machine, &path)?.as_text().cloned()),
            files::At::Elsewhere => return Ok(None),
            _ => folder = crate::evaluate::path::parent(&folder),
        }
    }
}

/// `NAME=value` by line; quotes and `export` fall away, as does a comment after a blank.
fn entries(text: &str) -> impl Iterator<Item = (&str, String)> {
    text.lines().filter_map(|line| {
        let line = line.trim();
        let line = line.strip_prefix("export ").unwrap_or(line);
        let (name, value) = line.split_once('=').filter(|_| !line.starts_with('#'))?;
        let value = value.trim();
        let quoted = ['"', '\''].into_iter().find_map(|it| value.strip_prefix(it)?.split_once(it));
        let value = match quoted {
            Some((inner, _)) => inner.replace("\\n", "\n"),
            None => value.split(" #").next().unwrap_or_default().trim_end().to_owned(),
        };
        Some((name.trim(), value))
    })
}
