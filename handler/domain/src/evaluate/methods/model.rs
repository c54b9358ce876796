//! Methods that models, dataclasses, named tuples and exceptions of the bundle have of themselves.

use std::cell::RefCell;
use std::rc::Rc;

use super::dump::dumped;
use crate::evaluate::call::{self, Args};
use crate::evaluate::class::{self, Class, Instance};
use crate::evaluate::machine::{Eval, Machine};
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
                for (name, it) in named {
                    fields.state(&name);
                    fields.insert(name, it);
                }
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

/// As pydantic writes it: without blanks.
fn as_json<'a>(machine: &mut Machine<'a>, it: &Rc<Instance<'a>>, args: &Args<'a>) -> Eval<'a> {
    let dumped = dumped(machine, it, args)?;
    Ok(match json::to_json(machine, &dumped)? {
        Ok(_) if args.named("indent").is_some() => machine.unknown("JSON with a layout"),
        Ok(it) => Value::text(it.to_string()),
        Err(unknown) => unknown,
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
