//! Python's own functions and classes.

mod convert;
mod kinds;
mod names;
mod number;
mod sequence;

use std::rc::Rc;

pub(in crate::evaluate) use self::kinds::is_instance;
pub(crate) use self::names::is_builtin;
pub(in crate::evaluate) use self::sequence::{next, sorted};

use super::object;
use crate::evaluate::call::Args;
use crate::evaluate::class;
use crate::evaluate::machine::{Eval, Machine, Stop};
use crate::evaluate::value::{Descriptor, Value};
use crate::evaluate::{attribute, exception, files, methods, operator, path};

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
        ("dict", _) => convert::dict(machine, args),
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
        ("dict", "fromkeys", Some(keys)) => convert::from_keys(machine, &keys, &args),
        ("bytes" | "bytearray", "fromhex", Some(text)) => Ok(convert::from_hex(machine, &text)),
        ("str", "maketrans", _) => Ok(convert::table(machine, &args)),
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

fn is_of_attributes(name: &str) -> bool {
    const NAMES: [&str; 11] = [
        "callable",
        "delattr",
        "dir",
        "getattr",
        "hasattr",
        "hash",
        "id",
        "isinstance",
        "issubclass",
        "setattr",
        "type",
    ];
    NAMES.contains(&name) || name == "vars"
}

/// Functions that ask what a value is, or what it has.
fn of_attributes<'a>(
    machine: &mut Machine<'a>,
    name: &str,
    it: &Value<'a>,
    args: &Args<'a>,
) -> Eval<'a> {
    let second = args.positional.get(1).cloned().unwrap_or(Value::None);
    let text = || second.as_text().cloned().unwrap_or_default();
    Ok(match name {
        "getattr" => return getattr(machine, it, args),
        "setattr" => {
            let value = args.positional.get(2).cloned().unwrap_or(Value::None);
            attribute::set(machine, it, &text(), value)?;
            Value::None
        }
        "delattr" => {
            attribute::delete(machine, it, &text())?;
            Value::None
        }
        "hasattr" => has_attribute(machine, it, &text())?,
        "isinstance" => {
            is_instance(it, &second).map_or_else(|| machine.unknown("an `isinstance`"), Value::Bool)
        }
        "issubclass" => kinds::is_subclass(it, &second)
            .map_or_else(|| machine.unknown("an `issubclass`"), Value::Bool),
        "callable" => callable(machine, it),
        "type" if args.positional.len() > 1 => class::made_by_type(machine, args)?,
        "type" => kinds::kind_of(it),
        "dir" => names_in(machine, it),
        "vars" => match it {
            Value::Class(it) => class::names_of(machine, it),
            Value::Instance(_) | Value::Object(_) | Value::Module(_) => {
                attribute::get(machine, it, "__dict__")?
            }
            _ => machine.unknown("the result of `vars`"),
        },
        "hash" => match it {
            Value::Int(_) | Value::Bool(_) => Value::Int(it.as_int().unwrap_or(0)),
            Value::List(_) | Value::Dict(_) => {
                let message = format!("unhashable type: '{}'", it.type_name());
                return machine.raise("TypeError", message);
            }
            Value::Instance(own) if own.class.find(machine, "__hash__").is_some() => {
                return attribute::call(machine, it, "__hash__", Args::none());
            }
            Value::Unknown(_) => it.clone(),
            _ => machine.unknown_with("a hash, which differs from run to run", ""),
        },
        _ => machine.unknown(format!("the result of `{name}`")),
    })
}

fn getattr<'a>(machine: &mut Machine<'a>, owner: &Value<'a>, args: &Args<'a>) -> Eval<'a> {
    let Some(name) = args.text("name", 1) else { return Ok(machine.unknown("an attribute")) };
    match (attribute::get(machine, owner, &name), args.positional.get(2)) {
        (Err(stop), Some(default)) => absent(stop).map(|()| default.clone()),
        (found, _) => found,
    }
}

/// Whether the exception says that there is no such attribute; else it goes on.
fn absent(stop: Stop<'_>) -> Result<(), Stop<'_>> {
    match &stop {
        Stop::Raise(it)
            if exception::is_of(&it.value, &Value::outside("builtins.AttributeError")) =>
        {
            Ok(())
        }
        _ => Err(stop),
    }
}

fn has_attribute<'a>(machine: &mut Machine<'a>, it: &Value<'a>, name: &str) -> Eval<'a> {
    if let Value::Unknown(_) = it {
        return Ok(it.clone());
    }
    if let Value::Outside(class) = it {
        return Ok(match crate::evaluate::prefect::has(class, name) {
            Some(it) => Value::Bool(it),
            None => machine.unknown(format!("whether `{class}` has `{name}`")),
        });
    }
    match attribute::get(machine, it, name) {
        Ok(Value::Unknown(it)) => Ok(Value::Unknown(it)),
        Ok(_) => Ok(Value::Bool(true)),
        Err(stop) => absent(stop).map(|()| Value::Bool(false)),
    }
}

fn callable<'a>(machine: &mut Machine<'a>, it: &Value<'a>) -> Value<'a> {
    match it {
        Value::Unknown(_) => it.clone(),
        Value::Function(_)
        | Value::Method(_)
        | Value::Native(_)
        | Value::Class(_)
        | Value::Flow(_)
        | Value::Outside(_) => Value::Bool(true),
        Value::Object(own) if own.class.starts_with("functools.") => Value::Bool(true),
        Value::Object(_) => machine.unknown("whether it can be called"),
        Value::Instance(own) => Value::Bool(own.class.find(machine, "__call__").is_some()),
        _ => Value::Bool(false),
    }
}

/// The names of an object and its class, sorted; those that every object has are left out.
fn names_in<'a>(machine: &Machine<'a>, it: &Value<'a>) -> Value<'a> {
    let (class, mut names) = match it {
        Value::Instance(it) => {
            (Rc::clone(&it.class), it.fields.borrow().keys().map(Rc::clone).collect::<Vec<_>>())
        }
        Value::Class(it) => (Rc::clone(it), Vec::new()),
        Value::Module(id) => {
            let scope = machine.modules.get(id).and_then(|it| machine.scopes.get(*it));
            let names = scope.map(|it| it.values.keys().map(Rc::clone).collect::<Vec<_>>());
            return Value::list(names.unwrap_or_default().into_iter().map(Value::Text).collect());
        }
        _ => return machine.unknown("the result of `dir`"),
    };
    if class.open {
        return machine.unknown("the result of `dir`");
    }
    for it in class.parents().chain([&class]) {
        names.extend(machine.scopes.get(it.scope).into_iter().flat_map(|it| it.names.clone()));
    }
    names.sort();
    names.dedup();
    Value::list(names.into_iter().map(Value::Text).collect())
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
