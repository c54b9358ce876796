//! `string`: `Template`, `Formatter`, `capwords`.

use std::rc::Rc;

use super::{Made, object};
use crate::evaluate::call::Args;
use crate::evaluate::machine::{Eval, Machine};
use crate::evaluate::value::{Object, Value};
use crate::evaluate::{format, items, methods};

/// What such a call gives; `None` for other names.
#[expect(clippy::unnecessary_wraps, reason = "as the others of its table")]
pub(super) fn call<'a>(machine: &mut Machine<'a>, dotted: &str, args: &Args<'a>) -> Made<'a> {
    Ok(match (dotted, args.positional.first()) {
        ("string.Formatter", _) => Some(object(machine, "string.Formatter", Args::none())),
        ("string.Template", _) => Some(object(machine, "string.Template", args.clone())),
        ("string.capwords", Some(it)) => {
            Some(it.as_text().map_or_else(|| it.clone(), |text| Value::text(capitalized(text))))
        }
        _ => None,
    })
}

/// `string.capwords(text)`
fn capitalized(text: &str) -> String {
    let word = |it: &str| {
        let mut chars = it.chars();
        let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
        first + &chars.as_str().to_lowercase()
    };
    text.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}

/// `template.substitute(…)`, `template.safe_substitute(…)`
pub(super) fn method<'a>(
    machine: &mut Machine<'a>,
    it: &Object<'a>,
    name: &str,
    args: &Args<'a>,
) -> Eval<'a> {
    if let Some(unknown) = args.unknown() {
        return Ok(unknown.clone());
    }
    let Some(text) = it.positional.first().and_then(Value::as_text).cloned() else {
        return Ok(machine.unknown("a template"));
    };
    let given = |key: &str| match args.named(key) {
        Some(it) => Some(it.clone()),
        None => match args.positional.first() {
            Some(Value::Dict(it)) => it.borrow().get_text(key).cloned(),
            _ => None,
        },
    };
    let (mut out, mut rest) = (String::new(), &*text);
    while let Some((before, after)) = rest.split_once('$') {
        out.push_str(before);
        if let Some(after) = after.strip_prefix('$') {
            out.push('$');
            rest = after;
            continue;
        }
        let (key, whole) = placeholder(after);
        rest = after.get(whole..).unwrap_or_default();
        match (given(key), key) {
            (Some(value), _) => match format::text(machine, &value)? {
                Ok(text) => out.push_str(&text),
                Err(unknown) => return Ok(unknown),
            },
            (None, _) if name == "safe_substitute" => {
                out.push('$');
                out.push_str(after.get(..whole).unwrap_or_default());
            }
            (None, "") => return machine.raise("ValueError", "Invalid placeholder in string"),
            (None, key) => return crate::evaluate::exception::no_key(machine, &Value::text(key)),
        }
        machine.spend_size(out.len())?;
    }
    out.push_str(rest);
    Ok(Value::text(out))
}

/// `string.Formatter().format("{}", …)`, and `vformat` with the arguments as a sequence and a mapping.
pub(super) fn formatted<'a>(machine: &mut Machine<'a>, name: &str, args: Args<'a>) -> Eval<'a> {
    let mut all = args.positional.into_iter();
    let Some(form) = all.next() else {
        return machine.raise("TypeError", "format() missing 1 required positional argument");
    };
    if name == "parse" {
        return Ok(match form.as_text() {
            Some(text) => Value::list(methods::fields(text)),
            None => form,
        });
    }
    let mut given = Args { named: args.named, ..Args::none() };
    if name == "format" {
        given.positional = all.collect();
    } else {
        let places = all.next().unwrap_or(Value::None);
        given.positional = items::of(machine, &places)?.unwrap_or_default();
        if let Some(Value::Dict(named)) = all.next() {
            let named = named.borrow();
            let pairs = named
                .iter()
                .filter_map(|(name, it)| Some((name.as_text().map(Rc::clone)?, it.clone())));
            given.named.extend(pairs);
        }
    }
    methods::call(machine, &form, &"format".into(), given)
}

/// The name that follows a `$`, and how much of the text it takes.
fn placeholder(text: &str) -> (&str, usize) {
    if let Some((key, _)) = text.strip_prefix('{').and_then(|it| it.split_once('}')) {
        return (key, key.len() + 2);
    }
    let end = text.find(|it: char| !it.is_ascii_alphanumeric() && it != '_').unwrap_or(text.len());
    (text.get(..end).unwrap_or_default(), end)
}
