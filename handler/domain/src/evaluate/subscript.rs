//! `value[key]`: reading.

use std::rc::Rc;

use ruff_python_ast::Expr;

pub(super) use super::change::{delete, set};

use super::class::{Class, Instance};
use super::dict::{Kind, Shared};
use super::machine::{Eval, Machine, Stop};
use super::scope::ScopeId;
use super::slices::sliced;
use super::value::Value;
use super::{attribute, call, exception, expression, installed};

/// What stands in the brackets.
#[derive(Debug)]
pub(super) enum Key<'a> {
    /// A value.
    One(Value<'a>),
    /// `start:end:step`
    Slice([Value<'a>; 3]),
}

/// Reads what stands in the brackets.
pub(super) fn key<'a>(
    machine: &mut Machine<'a>,
    it: &'a Expr,
    scope: ScopeId,
) -> Result<Key<'a>, Stop<'a>> {
    let Expr::Slice(slice) = it else {
        return expression::value(machine, it, scope).map(Key::One);
    };
    let mut part = |it: &'a Option<Box<Expr>>| match it {
        Some(it) => expression::value(machine, it, scope),
        None => Ok(Value::None),
    };
    Ok(Key::Slice([part(&slice.lower)?, part(&slice.upper)?, part(&slice.step)?]))
}

/// What `owner[key]` gives.
pub(super) fn get<'a>(machine: &mut Machine<'a>, owner: &Value<'a>, key: &Key<'a>) -> Eval<'a> {
    if owner.as_unknown().is_some() {
        return Ok(owner.clone());
    }
    match key {
        Key::One(it) if it.as_unknown().is_some() => Ok(it.clone()),
        Key::One(it) => item(machine, owner, it),
        Key::Slice(parts) => match parts.iter().find(|it| it.as_unknown().is_some()) {
            Some(unknown) => Ok(unknown.clone()),
            None => sliced(machine, owner, parts),
        },
    }
}

fn item<'a>(machine: &mut Machine<'a>, owner: &Value<'a>, key: &Value<'a>) -> Eval<'a> {
    match owner {
        Value::Object(it) if matches!(key, Value::Object(key) if &*key.class == "builtins.slice") => {
            installed::item_of(machine, it, key)
        }
        _ if let Some(parts) = installed::slice_parts(key) => sliced(machine, owner, &parts),
        Value::List(_) | Value::Tuple(_) | Value::Text(_) if matches!(key, Value::Instance(it) if it.class.find(machine, "__index__").is_some()) =>
        {
            let key = attribute::call(machine, key, "__index__", call::Args::none())?;
            machine.nested(|machine| item(machine, owner, &key))
        }
        Value::List(it) => {
            let it = it.borrow();
            at(machine, "list", key, it.len(), |at| it.get(at).cloned())
        }
        Value::Tuple(it) => at(machine, "tuple", key, it.len(), |at| it.get(at).cloned()),
        Value::Text(it) => {
            machine.spend_size(it.len())?;
            let count = it.chars().count();
            at(machine, "string", key, count, |at| {
                it.chars().nth(at).map(|it| Value::text(it.to_string()))
            })
        }
        Value::Bytes(it) => {
            at(machine, "index", key, it.len(), |at| it.get(at).map(|it| Value::Int((*it).into())))
        }
        Value::Dict(it) => of_dict(machine, it, key),
        Value::Class(it) => of_class(machine, it, key),
        Value::Outside(name) => installed::item(machine, name, key),
        Value::Object(it) => installed::item_of(machine, it, key),
        Value::Instance(it) => of_instance(machine, it, key),
        other => {
            let message = format!("'{}' object is not subscriptable", other.type_name());
            machine.raise("TypeError", message)
        }
    }
}

fn of_dict<'a>(machine: &mut Machine<'a>, it: &Shared<'a>, key: &Value<'a>) -> Eval<'a> {
    hashable(machine, key)?;
    if let Some(found) = it.borrow().get(key) {
        return Ok(found.clone());
    }
    let is_open = |(key, _): &(&Value<'a>, &Value<'a>)| key.as_unknown().is_some();
    let open = it.borrow().iter().find(is_open).map(|(it, _)| it.clone());
    match open {
        Some(unknown) => Ok(unknown),
        None => missing(machine, it, key),
    }
}

/// `Color["RED"]`, `Page[int]`
fn of_class<'a>(machine: &mut Machine<'a>, it: &Rc<Class<'a>>, key: &Value<'a>) -> Eval<'a> {
    if it.is_enum() {
        let member = key.as_text().and_then(|name| it.member(name));
        return member.map_or_else(|| exception::no_key(machine, key), Ok);
    }
    let owner = Value::Class(Rc::clone(it));
    let function = match it.find(machine, "__class_getitem__") {
        Some(it @ Value::Function(_)) => it,
        Some(Value::Descriptor(_, it)) => (*it).clone(),
        _ => return Ok(owner),
    };
    call::value(machine, &function, call::Args::of(vec![owner, key.clone()]))
}

fn of_instance<'a>(machine: &mut Machine<'a>, it: &Rc<Instance<'a>>, key: &Value<'a>) -> Eval<'a> {
    let owner = Value::Instance(Rc::clone(it));
    let given = call::Args::of(vec![key.clone()]);
    match it.underlying() {
        Some(own) if it.class.find(machine, "__getitem__").is_none() => {
            let is_missing = matches!(own, Value::Dict(it) if !it.borrow().contains(key));
            if is_missing && it.class.find(machine, "__missing__").is_some() {
                return attribute::call(machine, &owner, "__missing__", given);
            }
            item(machine, own, key)
        }
        _ => attribute::call(machine, &owner, "__getitem__", given),
    }
}

/// What a dictionary gives for a key that is not there.
fn missing<'a>(machine: &mut Machine<'a>, it: &Shared<'a>, key: &Value<'a>) -> Eval<'a> {
    let kind = it.borrow().kind.clone();
    // an object with an equality of its own may equal a key that is not itself
    if let Value::Instance(own) = key
        && own.class.find(machine, "__eq__").is_some()
    {
        let all: Vec<_> = it.borrow().iter().map(|(key, it)| (key.clone(), it.clone())).collect();
        for (other, value) in all {
            if super::compare::equal(machine, key, &other)? == Some(true) {
                return Ok(value);
            }
        }
    }
    match kind {
        Kind::Counter => Ok(Value::Int(0)),
        Kind::Environment => installed::variable(machine, key),
        Kind::Default(factory) if !factory.is_none() => {
            let value = call::value(machine, &factory, call::Args::none())?;
            machine.spend_size(1)?;
            it.borrow_mut().insert(key.clone(), value.clone());
            Ok(value)
        }
        _ => exception::no_key(machine, key),
    }
}

pub(super) fn at<'a>(
    machine: &Machine<'a>,
    kind: &str,
    key: &Value<'a>,
    count: usize,
    item: impl FnOnce(usize) -> Option<Value<'a>>,
) -> Eval<'a> {
    let Some(index) = key.as_int() else {
        let or = if kind == "string" { "" } else { " or slices" };
        let message = format!("{kind} indices must be integers{or}, not {}", key.type_name());
        return machine.raise("TypeError", message);
    };
    let length = i128::try_from(count).unwrap_or(i128::MAX);
    let index = if index < 0 { index.saturating_add(length) } else { index };
    match usize::try_from(index).ok().and_then(item) {
        Some(found) => Ok(found),
        None => machine.raise("IndexError", format!("{kind} index out of range")),
    }
}

/// Whether `key` can be a key: a list or dictionary cannot.
pub(super) fn hashable<'a>(machine: &Machine<'a>, key: &Value<'a>) -> Result<(), Stop<'a>> {
    match key {
        Value::List(_) | Value::Dict(_) => {
            machine.raise("TypeError", format!("unhashable type: '{}'", key.type_name()))
        }
        Value::Set(it) if !it.borrow().is_frozen() => {
            machine.raise("TypeError", "unhashable type: 'set'")
        }
        _ => Ok(()),
    }
}
