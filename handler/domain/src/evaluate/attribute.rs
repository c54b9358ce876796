//! `value.name`: reading, setting and deleting.

use std::rc::Rc;

use super::call::{self, Args};
use super::class::Class;
use super::function::{Function, Method};
use super::machine::{Eval, Machine, Stop};
use super::unknown::Unknown;
use super::value::{Descriptor, Native, Value};
use super::{class, function, import, installed, methods, prefect};

/// Longest name of what is not known, in bytes.
const MAX_NAME: usize = 200;

/// What `owner.name` gives.
pub(super) fn get<'a>(machine: &mut Machine<'a>, owner: &Value<'a>, name: &str) -> Eval<'a> {
    match owner {
        Value::Unknown(it) => of_unknown(machine, it, name),
        Value::Instance(it) => class::attribute(machine, it, name),
        Value::Class(it) => of_class(machine, it, name),
        Value::Module(id) => import::attribute(machine, *id, name),
        Value::Outside(it) if name == "__name__" => {
            Ok(Value::text(it.rsplit('.').next().unwrap_or_default()))
        }
        Value::Outside(it) => {
            let dotted = format!("{it}.{name}");
            if let Some(module) = import::bundled(machine, &dotted)? {
                return Ok(module);
            }
            Ok(match prefect::member(machine, &dotted)? {
                Some(member) => member,
                None => installed::constant(machine, &dotted),
            })
        }
        Value::Object(it) => installed::attribute(machine, it, name),
        Value::Flow(it) => prefect::attribute(machine, it, name),
        Value::Function(it) => of_function(machine, it, name),
        Value::Method(it) => match name {
            "__self__" => Ok(it.receiver.clone()),
            "__func__" => Ok(it.function.clone()),
            _ => get(machine, &it.function, name),
        },
        Value::Descriptor(..) if matches!(name, "setter" | "getter" | "deleter") => {
            Ok(native(owner, name))
        }
        Value::Descriptor(_, inner) if matches!(name, "fget" | "__func__" | "__wrapped__") => {
            Ok(class::getter(inner, 0))
        }
        other if methods::has(other, name) => methods::attribute(machine, other, name),
        other if name == "__class__" => {
            Ok(Value::outside(format!("builtins.{}", other.type_name())))
        }
        // other classes of times and paths have more
        Value::Moment(_) | Value::Path(_) => {
            Ok(machine.unknown(format!("`{name}` of a {}", owner.type_name())))
        }
        other if name.starts_with("__") && name != "__dict__" && !other.is_none() => {
            Ok(machine.unknown(format!("`{name}` of a {}", other.type_name())))
        }
        other => no_attribute(machine, other, name),
    }
}

fn of_unknown<'a>(machine: &mut Machine<'a>, it: &Unknown, name: &str) -> Eval<'a> {
    let dotted = |it: &Rc<str>| format!("{it}.{name}");
    let longer = it.name.as_ref().map(dotted).filter(|it| it.len() <= MAX_NAME);
    if let Some(dotted) = &longer
        && let Some(module) = import::bundled(machine, dotted)?
    {
        return Ok(module);
    }
    let what = dotted(&it.what);
    Ok(Value::Unknown(Rc::new(Unknown {
        what: if what.len() > MAX_NAME { Rc::clone(&it.what) } else { what.into() },
        hint: Rc::clone(&it.hint),
        name: longer.map(Into::into),
        at: it.at,
    })))
}

fn of_function<'a>(machine: &Machine<'a>, it: &Rc<Function<'a>>, name: &str) -> Eval<'a> {
    if let Some(own) = it.fields.borrow().get(name) {
        return Ok(own.clone());
    }
    let function = || Value::Function(Rc::clone(it));
    Ok(match name {
        "__name__" => Value::Text(Rc::clone(&it.name)),
        "__qualname__" => Value::Text(Rc::clone(&it.qualified)),
        "__dict__" => {
            let fields = it.fields.borrow();
            let pairs = fields.iter().map(|(name, it)| (Value::Text(Rc::clone(name)), it.clone()));
            Value::dict(pairs.collect())
        }
        "__defaults__" | "__kwdefaults__" => function::defaults(it, name),
        "cache_clear" | "cache_info" | "register" | "dispatch" => native(&function(), name),
        "__call__" => function(),
        "__code__" => {
            let file = Value::text(super::search::file_of(machine, it.file));
            let fields = [("co_filename", file), ("co_name", Value::Text(Rc::clone(&it.name)))];
            super::files::object(machine.at, "types.CodeType", fields)
        }
        name if !name.starts_with("__") || name == "__wrapped__" => {
            return no_attribute(machine, &function(), name);
        }
        "__doc__" => methods::doc(it.innermost().body()),
        "__module__" => import::name_of(machine, it.file),
        _ => machine.unknown(format!("`{name}` of a function")),
    })
}

/// An `AttributeError`.
pub(super) fn no_attribute<'a>(machine: &Machine<'a>, owner: &Value<'a>, name: &str) -> Eval<'a> {
    let message = format!("'{}' object has no attribute '{name}'", owner.type_name());
    machine.raise("AttributeError", message)
}

/// Whether `owner` has `name`, as far as it can be known.
pub(super) fn has<'a>(machine: &mut Machine<'a>, owner: &Value<'a>, name: &str) -> bool {
    match owner {
        Value::Instance(it) => {
            it.fields.borrow().contains_key(name)
                || it.class.find(machine, name).is_some()
                || it.underlying().is_some_and(|it| methods::has(it, name))
        }
        Value::Class(it) => {
            it.member(name).is_some()
                || it.find(machine, name).is_some()
                || matches!(name, "__name__" | "__mro__" | "__dict__" | "__doc__")
        }
        Value::Function(it) => {
            it.fields.borrow().contains_key(name) || OF_FUNCTIONS.contains(&name)
        }
        Value::Method(_) => OF_FUNCTIONS.contains(&name),
        Value::Unknown(_) | Value::Outside(_) | Value::Object(_) | Value::Flow(_) => true,
        Value::Module(_) => get(machine, owner, name).is_ok(),
        other => methods::has(other, name),
    }
}

const OF_FUNCTIONS: [&str; 8] = [
    "__name__",
    "__qualname__",
    "__doc__",
    "__module__",
    "__call__",
    "__dict__",
    "__defaults__",
    "__code__",
];

/// A name of a class, bound to it.
fn of_class<'a>(machine: &mut Machine<'a>, it: &Rc<Class<'a>>, name: &str) -> Eval<'a> {
    if let Some(member) = it.member(name) {
        return Ok(member);
    }
    if let Some(found) = it.find(machine, name) {
        return Ok(match found {
            Value::Descriptor(Descriptor::Class, function) => {
                bound(Value::Class(Rc::clone(it)), &function)
            }
            Value::Descriptor(Descriptor::Static, function) => (*function).clone(),
            Value::Instance(_) if has(machine, &found, "__get__") => {
                let args = Args::of(vec![Value::None, Value::Class(Rc::clone(it))]);
                return call(machine, &found, "__get__", args);
            }
            other => other,
        });
    }
    class::own(machine, it, name)
}

/// `function` with `receiver` before its arguments.
pub(super) fn bound<'a>(receiver: Value<'a>, function: &Value<'a>) -> Value<'a> {
    Value::Method(Rc::new(Method { receiver, function: function.clone() }))
}

/// A method of a value that is not of the bundle.
pub(super) fn native<'a>(owner: &Value<'a>, name: &str) -> Value<'a> {
    Value::Native(Rc::new(Native { owner: owner.clone(), name: name.into() }))
}

/// `owner.name = value`
pub(super) fn set<'a>(
    machine: &mut Machine<'a>,
    owner: &Value<'a>,
    name: &str,
    value: Value<'a>,
) -> Result<(), Stop<'a>> {
    match owner {
        Value::Instance(it) => {
            return class::set(machine, it, name, value);
        }
        Value::Object(it) => {
            prefect::settable(machine, it, name)?;
            it.fields.borrow_mut().insert(name.into(), value);
        }
        Value::Class(it) if it.member(name).is_some() => {
            return machine.raise("AttributeError", format!("cannot reassign member '{name}'"));
        }
        Value::Class(it) => machine.scopes.bind(it.scope, name, value),
        Value::Module(id) => {
            if let Some(scope) = machine.modules.get(id).copied() {
                machine.scopes.bind(scope, name, value);
            }
        }
        Value::Flow(it) => it.set(name, value),
        Value::Function(it) => {
            it.fields.borrow_mut().insert(name.into(), value);
        }
        Value::Outside(it) if &**it == "sys" && name == "path" => machine.search.set(value),
        Value::Outside(it) if &**it == "sys" && name == "argv" => machine.argv = value,
        // an attribute of something installed: nothing that is read here
        _ => {}
    }
    Ok(())
}

/// `del owner.name`
pub(super) fn delete<'a>(
    machine: &mut Machine<'a>,
    owner: &Value<'a>,
    name: &str,
) -> Result<(), Stop<'a>> {
    match owner {
        Value::Instance(it) => return class::delete(machine, it, name),
        Value::Object(it) => drop(it.fields.borrow_mut().remove(name)),
        Value::Class(it) => {
            machine.scopes.unbind(it.scope, name);
        }
        _ => {}
    }
    Ok(())
}

/// Calls the method `name` of `owner`.
pub(super) fn call<'a>(
    machine: &mut Machine<'a>,
    owner: &Value<'a>,
    name: &str,
    args: Args<'a>,
) -> Eval<'a> {
    let method = get(machine, owner, name)?;
    call::value(machine, &method, args)
}
