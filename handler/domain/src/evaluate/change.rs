//! `value[key] = …`, `del value[key]`

use std::cell::RefCell;
use std::rc::Rc;

use super::machine::{Machine, Stop};
use super::slices::places;
use super::subscript::{Key, hashable};
use super::value::Value;
use super::{attribute, call, installed, items};

/// `owner[key] = value`
pub(super) fn set<'a>(
    machine: &mut Machine<'a>,
    owner: &Value<'a>,
    key: Key<'a>,
    value: Value<'a>,
) -> Result<(), Stop<'a>> {
    if let Value::Instance(it) = owner
        && it.class.find(machine, "__setitem__").is_none()
        && let Some(own) = it.underlying()
    {
        return set(machine, own, key, value);
    }
    match (owner, key) {
        (Value::Dict(it), Key::One(key)) => {
            hashable(machine, &key)?;
            machine.spend_size(1)?;
            it.borrow_mut().insert(key, value);
        }
        (Value::Object(it), Key::One(_)) => installed::change_item(machine, it),
        (Value::List(it), Key::One(key)) => {
            let length = i128::try_from(it.borrow().len()).unwrap_or(i128::MAX);
            let index = key.as_int().map(|it| if it < 0 { it.saturating_add(length) } else { it });
            let index = index.and_then(|it| usize::try_from(it).ok());
            match index.and_then(|at| it.borrow_mut().get_mut(at).map(|it| *it = value)) {
                Some(()) => {}
                None => return machine.raise("IndexError", "list assignment index out of range"),
            }
        }
        (Value::List(it), Key::Slice(parts)) => return set_slice(machine, it, &parts, &value),
        (Value::Instance(_) | Value::Module(_), Key::One(key)) => {
            let args = call::Args::of(vec![key, value]);
            attribute::call(machine, owner, "__setitem__", args)?;
        }
        (Value::Outside(name), Key::One(key)) if &**name == "os.environ" => {
            if let Some(name) = key.as_text() {
                machine.environment.insert(Rc::clone(name), value);
            }
        }
        (Value::Unknown(_) | Value::Outside(_) | Value::Object(_) | Value::Flow(_), _) => {}
        (other, _) => {
            let message =
                format!("'{}' object does not support item assignment", other.type_name());
            return machine.raise("TypeError", message);
        }
    }
    Ok(())
}

/// `list[start:end:step] = values`
fn set_slice<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<RefCell<Vec<Value<'a>>>>,
    parts: &[Value<'a>; 3],
    values: &Value<'a>,
) -> Result<(), Stop<'a>> {
    let values = items::of(machine, values)?.unwrap_or_else(|| vec![values.clone()]);
    let length = it.borrow().len();
    let picked = places(machine, length, parts)?;
    if parts.get(2).is_none_or(|it| it.is_none() || it.as_int() == Some(1)) {
        let (start, count) = match picked.first() {
            Some(first) => (*first, picked.len()),
            None => (start_of(length, parts), 0),
        };
        machine.spend_size(length + values.len())?;
        it.borrow_mut().splice(start..start + count, values);
        return Ok(());
    }
    if picked.len() != values.len() {
        let (have, want) = (values.len(), picked.len());
        let message =
            format!("attempt to assign sequence of size {have} to extended slice of size {want}");
        return machine.raise("ValueError", message);
    }
    let mut list = it.borrow_mut();
    for (at, value) in picked.into_iter().zip(values) {
        if let Some(slot) = list.get_mut(at) {
            *slot = value;
        }
    }
    Ok(())
}

/// Where an empty slice stands.
fn start_of(length: usize, parts: &[Value<'_>; 3]) -> usize {
    let size = i128::try_from(length).unwrap_or(i128::MAX);
    let start = parts.first().and_then(Value::as_int).unwrap_or(0);
    let start = if start < 0 { start.saturating_add(size) } else { start };
    usize::try_from(start.clamp(0, size)).unwrap_or(0)
}

/// `del owner[key]`
pub(super) fn delete<'a>(
    machine: &mut Machine<'a>,
    owner: &Value<'a>,
    key: &Key<'a>,
) -> Result<(), Stop<'a>> {
    match (owner, key) {
        (Value::Dict(it), Key::One(key)) if it.borrow_mut().remove(key).is_none() => {
            return super::exception::no_key(machine, key);
        }
        (Value::List(it), Key::One(key)) => {
            let length = i128::try_from(it.borrow().len()).unwrap_or(i128::MAX);
            let index = key.as_int().map(|it| if it < 0 { it.saturating_add(length) } else { it });
            let index = index.and_then(|it| usize::try_from(it).ok());
            match index.filter(|at| *at < it.borrow().len()) {
                Some(at) => drop(it.borrow_mut().remove(at)),
                None => return machine.raise("IndexError", "list assignment index out of range"),
            }
        }
        (Value::List(it), Key::Slice(parts)) => {
            let length = it.borrow().len();
            let mut picked = places(machine, length, parts)?;
            picked.sort_unstable();
            let mut at = 0;
            it.borrow_mut().retain(|_| {
                at += 1;
                picked.binary_search(&(at - 1)).is_err()
            });
        }
        (Value::Instance(it), Key::One(key)) if it.class.find(machine, "__delitem__").is_some() => {
            attribute::call(machine, owner, "__delitem__", call::Args::of(vec![key.clone()]))?;
        }
        (Value::Instance(it), _) if let Some(own) = it.underlying() => {
            return delete(machine, own, key);
        }
        (Value::Object(it), Key::One(_)) => installed::change_item(machine, it),
        (Value::Outside(name), Key::One(key)) if &**name == "os.environ" => {
            if let Some(name) = key.as_text() {
                machine.environment.remove(name);
            }
        }
        _ => {}
    }
    Ok(())
}
