//! Methods that models, dataclasses, named tuples and exceptions of the bundle have of themselves.

use std::cell::RefCell;
use std::rc::Rc;

use crate::evaluate::call::{self, Args};
use crate::evaluate::class::{self, Class, Instance, as_dict};
use crate::evaluate::dict::Dict;
use crate::evaluate::machine::{Eval, Machine, Stop};
use crate::evaluate::value::Value;
use crate::evaluate::{items, json};

/// What `instance.name(…)` gives.
pub(super) fn call<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Instance<'a>>,
    name: &str,
    args: Args<'a>,
) -> Eval<'a> {
    match name {
        "model_dump" | "dict" | "_asdict" => dumped(machine, it, &args),
        "model_copy" | "copy" | "_replace" => {
            let mut fields = it.fields.borrow().clone();
            if let Some(Value::Dict(update)) = args.named("update") {
                let update = update.borrow();
                let named = update
                    .iter()
                    .filter_map(|(key, it)| Some((Rc::clone(key.as_text()?), it.clone())));
                fields.extend(named);
            } else if name == "_replace" {
                fields.extend(args.named);
            }
            let value = match &it.value {
                Some(Value::Tuple(_)) => {
                    Some(Value::tuple(fields.iter().map(|(_, it)| it.clone()).collect()))
                }
                other => other.clone(),
            };
            let (class, fields) = (Rc::clone(&it.class), RefCell::new(fields));
            Ok(Value::Instance(Rc::new(Instance { class, fields, value })))
        }
        // of a class whose parent is not of the bundle
        "__init__" => class::filled(machine, it, args),
        "__setattr__" => {
            if let (Some(name), Some(value)) = (args.text("name", 0), args.positional.get(1)) {
                it.fields.borrow_mut().insert(name, value.clone());
            }
            Ok(Value::None)
        }
        "__post_init__" => Ok(Value::None),
        "model_dump_json" | "json" => as_json(machine, it, &args),
        "with_traceback" | "add_note" => Ok(Value::Instance(Rc::clone(it))),
        _ => Ok(machine.unknown(format!("the result of `{name}` of a {}", it.class.name))),
    }
}

/// The fields as a dictionary, those of models in it too.
fn dumped<'a>(machine: &mut Machine<'a>, it: &Rc<Instance<'a>>, args: &Args<'a>) -> Eval<'a> {
    let without_none = args.named("exclude_none").and_then(Value::truth) == Some(true);
    let names = |name: &str| match args.named(name) {
        Some(Value::Set(it)) => Some(it.borrow().clone()),
        _ => None,
    };
    let (only, without) = (names("include"), names("exclude"));
    let is_json = args.text("mode", 0).is_some_and(|it| &*it == "json");
    let by_alias = args.named("by_alias").and_then(Value::truth) == Some(true);
    let shown: Vec<(Rc<str>, Rc<str>)> = class::fields(machine, &it.class)
        .iter()
        .map(|it| (Rc::clone(&it.name), class::shown_name(it)))
        .collect();
    let mut out = Dict::default();
    for (key, value) in as_dict(it).iter() {
        let kept = only.as_ref().is_none_or(|it| it.contains(key))
            && !without.as_ref().is_some_and(|it| it.contains(key))
            && !(without_none && value.is_none());
        if kept {
            let mut value = machine.nested(|machine| deep(machine, value))?;
            if is_json {
                value = match json::to_json(machine, &value)? {
                    Ok(it) => json::of(&it),
                    Err(unknown) => unknown,
                };
            }
            let alias = shown.iter().find(|(name, _)| by_alias && Some(name) == key.as_text());
            let key = alias.map_or_else(|| key.clone(), |(_, it)| Value::Text(Rc::clone(it)));
            out.insert(key, value);
        }
    }
    Ok(Value::dict(out))
}

/// As pydantic writes it: without blanks.
fn as_json<'a>(machine: &mut Machine<'a>, it: &Rc<Instance<'a>>, args: &Args<'a>) -> Eval<'a> {
    let dumped = dumped(machine, it, args)?;
    Ok(match json::to_json(machine, &dumped)? {
        Ok(_) if args.named("indent").is_some() => machine.unknown("JSON with a layout"),
        Ok(it) => Value::text(it.to_string()),
        Err(unknown) => unknown,
    })
}

/// `it` with models in it as dictionaries.
pub(in super::super) fn deep<'a>(machine: &mut Machine<'a>, it: &Value<'a>) -> Eval<'a> {
    machine.spend(1)?;
    let mut all = |them: &[Value<'a>]| -> Result<Vec<Value<'a>>, Stop<'a>> {
        them.iter().map(|it| machine.nested(|machine| deep(machine, it))).collect()
    };
    Ok(match it {
        Value::Instance(it) if it.class.is_data() => dumped(machine, it, &Args::none())?,
        Value::List(it) => Value::list(all(&it.borrow())?),
        Value::Tuple(it) => Value::tuple(all(it)?),
        Value::Dict(it) => {
            let (keys, values): (Vec<_>, Vec<_>) =
                it.borrow().iter().map(|(key, it)| (key.clone(), it.clone())).unzip();
            Value::dict(keys.into_iter().zip(all(&values)?).collect())
        }
        other => other.clone(),
    })
}

/// What `Class.name(…)` gives.
pub(super) fn of_class<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Class<'a>>,
    name: &str,
    args: Args<'a>,
) -> Eval<'a> {
    let class = Value::Class(Rc::clone(it));
    match (name, args.positional.first()) {
        ("model_validate" | "parse_obj", Some(Value::Dict(given))) => {
            let fields = class::named(&given.borrow());
            call::value(machine, &class, fields)
        }
        ("model_validate" | "parse_obj", Some(given @ Value::Instance(_))) => Ok(given.clone()),
        ("model_validate_json" | "parse_raw", Some(text)) => {
            let given = json::parse(machine, text)?;
            of_class(machine, it, "model_validate", Args::of(vec![given]))
        }
        ("_make", Some(given)) => match items::of(machine, given)? {
            Some(all) => call::value(machine, &class, Args::of(all)),
            None => Ok(given.clone()),
        },
        ("mro", _) => Ok(Value::list(class::line(it))),
        ("__init_subclass__", _) => Ok(Value::None),
        ("__new__", _) => {
            let wanted = match args.positional.first() {
                Some(Value::Class(it)) => Rc::clone(it),
                _ => Rc::clone(it),
            };
            Ok(Value::Instance(Rc::new(class::empty(&wanted))))
        }
        ("model_construct" | "construct", _) => call::value(machine, &class, args),
        ("load" | "aload", _) => Ok(crate::evaluate::prefect::load_own(machine, it, &args)),
        _ => Ok(machine.unknown(format!("the result of `{}.{name}`", it.name))),
    }
}
