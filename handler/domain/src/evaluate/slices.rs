//! `owner[start:end:step]`

use std::rc::Rc;

use super::machine::{Eval, Machine, Stop};
use super::value::Value;
use super::{attribute, call, installed};

pub(super) fn sliced<'a>(
    machine: &mut Machine<'a>,
    owner: &Value<'a>,
    parts: &[Value<'a>; 3],
) -> Eval<'a> {
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
        Value::Instance(it) if it.class.find(machine, "__getitem__").is_some() => {
            let key = installed::object(machine, "builtins.slice", call::Args::of(parts.to_vec()));
            return attribute::call(machine, owner, "__getitem__", call::Args::of(vec![key]));
        }
        Value::Instance(it) if let Some(own) = it.underlying() => {
            return sliced(machine, own, parts);
        }
        Value::Instance(it) if let Some(own) = it.mixed_text() => {
            return sliced(machine, &Value::Text(Rc::clone(own)), parts);
        }
        Value::Instance(_) | Value::Object(_) | Value::Outside(_) | Value::Iterator(_) => {
            machine.unknown(format!("a part of {}", owner.type_name()))
        }
        other => {
            let message = format!("'{}' object is not subscriptable", other.type_name());
            return machine.raise("TypeError", message);
        }
    })
}

/// The items that `start:end:step` picks.
pub(super) fn slice<'a, T: Clone>(
    machine: &mut Machine<'a>,
    all: &[T],
    parts: &[Value<'a>; 3],
) -> Result<Vec<T>, Stop<'a>> {
    let picked = places(machine, all.len(), parts)?;
    Ok(picked.into_iter().filter_map(|at| all.get(at).cloned()).collect())
}

/// The places that `start:end:step` picks, of so many.
pub(super) fn places<'a>(
    machine: &mut Machine<'a>,
    count: usize,
    [start, end, step]: &[Value<'a>; 3],
) -> Result<Vec<usize>, Stop<'a>> {
    let step = if step.is_none() { 1 } else { step.as_int().unwrap_or(1) };
    if step == 0 {
        return machine.raise("ValueError", "slice step cannot be zero");
    }
    machine.spend_size(count)?;
    let length = i128::try_from(count).unwrap_or(i128::MAX);
    let (lowest, highest) = if step > 0 { (0, length) } else { (-1, length - 1) };
    let place = |it: &Value<'a>, default: i128| match it.as_int() {
        None => default,
        Some(it) if it < 0 => it.saturating_add(length).clamp(lowest, highest),
        Some(it) => it.clamp(lowest, highest),
    };
    let (first, last) = if step > 0 { (0, length) } else { (length - 1, -1) };
    let (mut at, end) = (place(start, first), place(end, last));
    let mut out = Vec::new();
    while (step > 0 && at < end) || (step < 0 && at > end) {
        out.extend(usize::try_from(at).ok());
        at = at.saturating_add(step);
    }
    Ok(out)
}
