//! Python's own functions and classes.

mod attributes;
mod convert;
mod kinds;
mod mappings;
mod names;
mod number;
mod order;
mod sequence;

use std::rc::Rc;

pub(in crate::evaluate) use self::kinds::is_instance;
pub(crate) use self::names::is_builtin;
pub(in crate::evaluate) use self::order::sorted;
pub(in crate::evaluate) use self::sequence::next;

use self::attributes::{is_of_attributes, of_attributes};
use super::object;
use crate::evaluate::call::Args;
use crate::evaluate::machine::{Eval, Machine, Stop};
use crate::evaluate::value::{Descriptor, Value};
use crate::evaluate::{attribute, class, files, methods, operator, path};

/// What the call `name(…)` gives.
pub(super) fn call<'a>(machine: &mut Machine<'a>, name: &str, args: Args<'a>) -> Eval<'a> {
    let first = args.positional.first().cloned();
    if names::is_exception(name) {
        return Ok(raised(machine, name, args));
    }
    if let Some((class, method)) = name.split_once('.') {
        return of_class(machine, class, method, args);
    }
    match (name, first) {
        ("print", _) => printed(machine, &args),
        ("breakpoint" | "help", _) => Ok(Value::None),
        ("exit" | "quit", _) => super::call(machine, &"sys.exit".into(), args),
        ("input", _) => Ok(machine.unknown("what is typed in")),
        ("eval" | "exec" | "compile" | "__import__", _) => {
            Ok(machine.unknown(format!("the result of `{name}`")))
        }
        ("object", _) => Ok(object(machine, "builtins.object", args)),
        ("super", Some(Value::Class(it))) => {
            Ok(class::parent(&it, args.positional.get(1).unwrap_or(&Value::None)))
        }
        ("dict", _) => mappings::dict(machine, args),
        ("open", Some(it)) => opened(machine, &it, &args),
        (_, Some(first)) if is_of_attributes(name) => of_attributes(machine, name, &first, &args),
        ("property", first) => {
            let part = |name: &str, at: usize| args.get(name, at).cloned().unwrap_or(Value::None);
            let parts = vec![first.unwrap_or(Value::None), part("fset", 1), part("fdel", 2)];
            Ok(Value::Descriptor(Descriptor::Property, Rc::new(Value::tuple(parts))))
        }
        ("classmethod", Some(it)) => Ok(Value::Descriptor(Descriptor::Class, Rc::new(it))),
        ("staticmethod", Some(it)) => Ok(Value::Descriptor(Descriptor::Static, Rc::new(it))),
        (name, first) => match sequence::call(machine, name, &args)? {
            Some(made) => Ok(made),
            None => convert::call(machine, name, first, &args),
        },
    }
}

/// An exception: an object of it, or of several.
fn raised<'a>(machine: &Machine<'a>, name: &str, args: Args<'a>) -> Value<'a> {
    let name = if matches!(name, "IOError" | "EnvironmentError") { "OSError" } else { name };
    object(machine, &format!("builtins.{name}"), args)
}

/// `str.upper("a")`, `object.__setattr__(it, name, value)`, `dict.fromkeys(…)`
fn of_class<'a>(machine: &mut Machine<'a>, class: &str, method: &str, args: Args<'a>) -> Eval<'a> {
    match (class, method, args.positional.first().cloned()) {
        ("object", "__setattr__", Some(Value::Instance(it))) => {
            if let (Some(name), Some(value)) = (args.text("name", 1), args.positional.get(2)) {
                it.fields.borrow_mut().insert(name, value.clone());
            }
            Ok(Value::None)
        }
        (
            "object" | "str" | "int" | "dict" | "list" | "tuple",
            "__new__",
            Some(Value::Class(it)),
        ) => {
            let value = if class == "object" {
                None
            } else {
                let given = Args::of(args.positional.iter().skip(1).cloned().collect());
                Some(call(machine, class, given)?)
            };
            Ok(Value::Instance(Rc::new(class::Instance { value, ..class::empty(&it) })))
        }
        ("object", "__getattribute__", Some(it)) => {
            let name = args.text("name", 1).unwrap_or_default();
            attribute::get(machine, &it, &name)
        }
        (_, "__init__", Some(Value::Instance(it))) => {
            let given = Args { positional: args.positional.into_iter().skip(1).collect(), ..args };
            class::filled(machine, &it, given)
        }
        ("dict", "fromkeys", Some(keys)) => mappings::from_keys(machine, &keys, &args),
        ("bytes" | "bytearray", "fromhex", Some(text)) => Ok(mappings::from_hex(machine, &text)),
        ("str", "maketrans", _) => Ok(mappings::table(machine, &args)),
        (_, _, Some(owner)) if methods::has(class::own_value(&owner), method) => {
            let given = Args { positional: args.positional.into_iter().skip(1).collect(), ..args };
            methods::call(machine, class::own_value(&owner), &method.into(), given)
        }
        _ => Ok(machine.unknown(format!("the result of `{class}.{method}`"))),
    }
}

/// `print(…, file=…)`: only what is written into the memory of the program is kept.
fn printed<'a>(machine: &mut Machine<'a>, args: &Args<'a>) -> Eval<'a> {
    super::stream::print(machine, args)?;
    Ok(Value::None)
}

fn opened<'a>(machine: &mut Machine<'a>, it: &Value<'a>, args: &Args<'a>) -> Eval<'a> {
    match path::text_of(it) {
        Some(path) => {
            let mode = args.text("mode", 1).unwrap_or_else(|| "r".into());
            files::open(machine, &path, &mode)
        }
        None => Ok(machine.unknown("a file")),
    }
}

/// `abs(…)`, `len(…)` by the method of an object; `None` when its class has none.
fn by_method<'a>(
    machine: &mut Machine<'a>,
    it: &Value<'a>,
    name: &str,
) -> Result<Option<Value<'a>>, Stop<'a>> {
    let Value::Instance(own) = it else { return Ok(None) };
    if own.class.find(machine, name).is_none() {
        return Ok(None);
    }
    attribute::call(machine, it, name, Args::none()).map(Some)
}

/// `+` of two values.
fn sum<'a>(machine: &mut Machine<'a>, a: &Value<'a>, b: &Value<'a>) -> Eval<'a> {
    operator::binary(machine, ruff_python_ast::Operator::Add, a, b)
}
