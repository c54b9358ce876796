//! `item in whole`.

use super::call::Args;
use super::class::Instance;
use super::compare::{Truth, equal};
use super::machine::Machine;
use super::value::Value;
use super::{attribute, class, installed, items};

/// `item in whole`
pub(super) fn contains<'a>(
    machine: &mut Machine<'a>,
    whole: &Value<'a>,
    item: &Value<'a>,
) -> Truth<'a> {
    if item.as_unknown().is_some() || whole.as_unknown().is_some() {
        return Ok(None);
    }
    match whole {
        Value::Instance(it) if it.class.find(machine, "__contains__").is_some() => {
            let given =
                attribute::call(machine, whole, "__contains__", Args::of(vec![item.clone()]))?;
            return Ok(given.truth());
        }
        Value::Instance(it) if it.class.is_enum() && it.mixed_text().is_none() => {
            return Ok(of_flags(it, item));
        }
        _ => {}
    }
    match class::own_value(whole) {
        _ if whole.as_text().is_some() => {
            if let (Some(text), Some(item)) = (whole.as_text(), item.as_text()) {
                Ok(Some(text.contains(&**item)))
            } else {
                let name = item.type_name();
                let message = format!("'in <string>' requires string as left operand, not {name}");
                machine.raise("TypeError", message)
            }
        }
        Value::Bytes(all) => Ok(match (item, item.as_int()) {
            (Value::Bytes(it), _) => {
                Some(it.is_empty() || all.windows(it.len()).any(|part| *part == **it))
            }
            (_, Some(it)) => Some(all.iter().any(|byte| i128::from(*byte) == it)),
            _ => None,
        }),
        Value::Dict(it) | Value::Set(it) => {
            let it = it.borrow();
            let open = it.iter().any(|(key, _)| key.as_unknown().is_some());
            Ok(if it.contains(item) { Some(true) } else { (!open).then_some(false) })
        }
        Value::Outside(name) if &**name == "os.environ" => {
            Ok(item.as_text().map(|name| machine.environment.contains_key(name)))
        }
        Value::Object(it) if let Some(known) = installed::contains(machine, it, item)? => {
            Ok(Some(known))
        }
        other => among(machine, other, item),
    }
}

/// Whether one of the items is equal.
pub(super) fn among<'a>(
    machine: &mut Machine<'a>,
    whole: &Value<'a>,
    item: &Value<'a>,
) -> Truth<'a> {
    let Some(all) = items::of(machine, whole)? else { return Ok(None) };
    let mut known = true;
    for (at, it) in all.iter().enumerate() {
        match equal(machine, it, item)? {
            Some(true) => {
                // what is iterated is used up to here
                if let Value::Iterator(left) = whole {
                    left.borrow_mut().extend(all.iter().skip(at + 1).cloned());
                }
                return Ok(Some(true));
            }
            Some(false) => {}
            None => known = false,
        }
    }
    Ok(known.then_some(false))
}

fn of_flags(whole: &Instance<'_>, item: &Value<'_>) -> Option<bool> {
    let number = |it: &Instance<'_>| it.value.as_ref().and_then(Value::as_int);
    let Value::Instance(item) = item else { return None };
    number(whole).zip(number(item)).map(|(all, it)| all & it == it)
}
