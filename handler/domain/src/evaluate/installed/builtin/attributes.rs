//! `getattr`, `hasattr`, `isinstance` and the like.

use std::rc::Rc;

use super::{is_instance, kinds};
use crate::evaluate::call::Args;
use crate::evaluate::machine::{Eval, Machine, Stop};
use crate::evaluate::value::Value;
use crate::evaluate::{attribute, class, exception};

pub(super) fn is_of_attributes(name: &str) -> bool {
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
pub(super) fn of_attributes<'a>(
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
        "hash" => return hash(machine, it),
        _ => machine.unknown(format!("the result of `{name}`")),
    })
}

fn hash<'a>(machine: &mut Machine<'a>, it: &Value<'a>) -> Eval<'a> {
    match it {
        Value::Int(_) | Value::Bool(_) => Ok(Value::Int(it.as_int().unwrap_or(0))),
        Value::List(_) | Value::Dict(_) => {
            let message = format!("unhashable type: '{}'", it.type_name());
            machine.raise("TypeError", message)
        }
        Value::Instance(own) if own.class.find(machine, "__hash__").is_some() => {
            attribute::call(machine, it, "__hash__", Args::none())
        }
        Value::Unknown(_) => Ok(it.clone()),
        _ => Ok(machine.unknown_with("a hash, which differs from run to run", "")),
    }
}

pub(super) fn getattr<'a>(
    machine: &mut Machine<'a>,
    owner: &Value<'a>,
    args: &Args<'a>,
) -> Eval<'a> {
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

pub(super) fn callable<'a>(machine: &mut Machine<'a>, it: &Value<'a>) -> Value<'a> {
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
