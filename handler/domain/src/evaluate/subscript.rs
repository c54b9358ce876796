//! `value[key]`: reading, setting and deleting.

use std::rc::Rc;

use ruff_python_ast::Expr;

use super::machine::{Eval, Machine, Stop};
use super::scope::ScopeId;
use super::value::Value;
use super::{attribute, call, expression, installed};

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
        Value::List(it) => {
            let it = it.borrow();
            at(machine, key, it.len(), |at| it.get(at).cloned())
        }
        Value::Tuple(it) => at(machine, key, it.len(), |at| it.get(at).cloned()),
        Value::Text(it) => {
            let count = it.chars().count();
            at(machine, key, count, |at| it.chars().nth(at).map(|it| Value::text(it.to_string())))
        }
        Value::Bytes(it) => {
            at(machine, key, it.len(), |at| it.get(at).map(|it| Value::Int((*it).into())))
        }
        Value::Dict(it) => {
            let it = it.borrow();
            if let Some(found) = it.get(key) {
                return Ok(found.clone());
            }
            if let Some((unknown, _)) = it.iter().find(|(key, _)| key.as_unknown().is_some()) {
                return Ok(unknown.clone());
            }
            machine.raise("KeyError", super::format::repr(key))
        }
        // `Page[int]`, `List[str]`
        Value::Class(it) if it.is_enum() => match key.as_text().and_then(|name| it.member(name)) {
            Some(member) => Ok(member),
            None => machine.raise("KeyError", super::format::repr(key)),
        },
        Value::Class(_) => Ok(owner.clone()),
        Value::Outside(name) => installed::item(machine, name, key),
        Value::Object(it) => installed::item_of(machine, it, key),
        Value::Instance(it) => {
            if let Some(value) = it.item(key) {
                return Ok(value);
            }
            let method = attribute::get(machine, owner, "__getitem__")?;
            call::value(machine, &method, call::Args::of(vec![key.clone()]))
        }
        other => {
            let message = format!("'{}' object is not subscriptable", other.type_name());
            machine.raise("TypeError", message)
        }
    }
}

fn at<'a>(
    machine: &Machine<'a>,
    key: &Value<'a>,
    count: usize,
    item: impl FnOnce(usize) -> Option<Value<'a>>,
) -> Eval<'a> {
    let Some(index) = key.as_int() else {
        let message = format!("indices must be integers, not {}", key.type_name());
        return machine.raise("TypeError", message);
    };
    let length = i128::try_from(count).unwrap_or(i128::MAX);
    let index = if index < 0 { index + length } else { index };
    match usize::try_from(index).ok().and_then(item) {
        Some(found) => Ok(found),
        None => machine.raise("IndexError", "index out of range"),
    }
}

fn sliced<'a>(machine: &mut Machine<'a>, owner: &Value<'a>, parts: &[Value<'a>; 3]) -> Eval<'a> {
    Ok(match owner {
        Value::List(it) => {
            let all = it.borrow().clone();
            Value::list(slice(machine, &all, parts)?)
        }
        Value::Tuple(it) => Value::tuple(slice(machine, it, parts)?),
        Value::Bytes(it) => Value::Bytes(slice(machine, it, parts)?.into()),
        Value::Text(it) => {
            machine.spend_size(it.len())?;
            let all: Vec<char> = it.chars().collect();
            Value::text(slice(machine, &all, parts)?.into_iter().collect::<String>())
        }
        Value::Instance(_) | Value::Object(_) | Value::Outside(_) => {
            machine.unknown(format!("a part of {}", owner.type_name()))
        }
        other => {
            let message = format!("'{}' object is not subscriptable", other.type_name());
            return machine.raise("TypeError", message);
        }
    })
}

/// The items that `start:end:step` picks.
fn slice<'a, T: Clone>(
    machine: &mut Machine<'a>,
    all: &[T],
    [start, end, step]: &[Value<'a>; 3],
) -> Result<Vec<T>, Stop<'a>> {
    let step = if step.is_none() { 1 } else { step.as_int().unwrap_or(1) };
    if step == 0 {
        return machine.raise("ValueError", "slice step cannot be zero");
    }
    machine.spend_size(all.len())?;
    let length = i128::try_from(all.len()).unwrap_or(i128::MAX);
    let (lowest, highest) = if step > 0 { (0, length) } else { (-1, length - 1) };
    let place = |it: &Value<'a>, default: i128| match it.as_int() {
        None => default,
        Some(it) if it < 0 => (it + length).clamp(lowest, highest),
        Some(it) => it.clamp(lowest, highest),
    };
    let (first, last) = if step > 0 { (0, length) } else { (length - 1, -1) };
    let (mut at, end) = (place(start, first), place(end, last));
    let mut out = Vec::new();
    while (step > 0 && at < end) || (step < 0 && at > end) {
        out.extend(usize::try_from(at).ok().and_then(|at| all.get(at)).cloned());
        at += step;
    }
    Ok(out)
}

/// `owner[key] = value`
pub(super) fn set<'a>(
    machine: &mut Machine<'a>,
    owner: &Value<'a>,
    key: Key<'a>,
    value: Value<'a>,
) -> Result<(), Stop<'a>> {
    match (owner, key) {
        (Value::Dict(it), Key::One(key)) => it.borrow_mut().insert(key, value),
        (Value::List(it), Key::One(key)) => {
            let length = i128::try_from(it.borrow().len()).unwrap_or(i128::MAX);
            let index = key.as_int().map(|it| if it < 0 { it + length } else { it });
            let index = index.and_then(|it| usize::try_from(it).ok());
            match index.and_then(|at| it.borrow_mut().get_mut(at).map(|it| *it = value)) {
                Some(()) => {}
                None => return machine.raise("IndexError", "list assignment index out of range"),
            }
        }
        (Value::List(it), Key::Slice(_)) => {
            let unknown = machine.unknown("an assignment to a part of a list");
            it.borrow_mut().push(unknown);
        }
        (Value::Instance(_), Key::One(key)) => {
            let args = call::Args::of(vec![key, value]);
            attribute::call(machine, owner, "__setitem__", args)?;
        }
        (Value::Outside(name), Key::One(key)) if &**name == "os.environ" => {
            if let Some(name) = key.as_text() {
                machine.environment.insert(Rc::clone(name), value);
            }
        }
        _ => {}
    }
    Ok(())
}

/// `del owner[key]`
pub(super) fn delete<'a>(
    machine: &mut Machine<'a>,
    owner: &Value<'a>,
    key: &Key<'a>,
) -> Result<(), Stop<'a>> {
    match (owner, key) {
        (Value::Dict(it), Key::One(key)) => {
            if it.borrow_mut().remove(key).is_none() {
                return machine.raise("KeyError", super::format::repr(key));
            }
        }
        (Value::List(it), Key::One(key)) => {
            let length = i128::try_from(it.borrow().len()).unwrap_or(i128::MAX);
            let index = key.as_int().map(|it| if it < 0 { it + length } else { it });
            let index = index.and_then(|it| usize::try_from(it).ok());
            if let Some(at) = index.filter(|at| *at < it.borrow().len()) {
                it.borrow_mut().remove(at);
            }
        }
        (Value::Outside(name), Key::One(key)) if &**name == "os.environ" => {
            if let Some(name) = key.as_text() {
                machine.environment.remove(name);
            }
        }
        _ => {}
    }
    Ok(())
}
