//! Methods that models, dataclasses, named tuples and exceptions of the bundle have of themselves.

use std::cell::RefCell;
use std::rc::Rc;

use crate::evaluate::call::{self, Args};
use crate::evaluate::class::{Class, Instance, as_dict};
use crate::evaluate::dict::Dict;
use crate::evaluate::machine::{Eval, Machine, Stop};
use crate::evaluate::value::Value;

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
            let (class, fields) = (Rc::clone(&it.class), RefCell::new(fields));
            Ok(Value::Instance(Rc::new(Instance { class, fields, value: it.value.clone() })))
        }
        "model_fields_set" => {
            Ok(Value::set(it.fields.borrow().keys().map(|it| Value::Text(Rc::clone(it)))))
        }
        // of a class whose parent is not of the bundle
        "__init__" => {
            it.fields.borrow_mut().extend(args.named);
            Ok(Value::None)
        }
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
    let mut out = Dict::default();
    for (key, value) in as_dict(it).iter() {
        let kept = only.as_ref().is_none_or(|it| it.contains(key))
            && !without.as_ref().is_some_and(|it| it.contains(key))
            && !(without_none && value.is_none());
        if kept {
            let value = machine.nested(|machine| deep(machine, value))?;
            out.insert(key.clone(), value);
        }
    }
    Ok(Value::dict(out))
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
            let mut fields = Args::none();
            for (key, value) in given.borrow().iter() {
                if let Some(name) = key.as_text() {
                    fields.named.push((Rc::clone(name), value.clone()));
                }
            }
            call::value(machine, &class, fields)
        }
        ("model_construct" | "construct", _) => call::value(machine, &class, args),
        ("load" | "aload", _) => Ok(crate::evaluate::prefect::load_own(machine, it, &args)),
        _ => Ok(machine.unknown(format!("the result of `{}.{name}`", it.name))),
    }
}
