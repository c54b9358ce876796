//! What a loop over a value gives.

use super::attribute;
use super::call::{self, Args};
use super::machine::{Machine, Stop};
use super::value::Value;

/// The items of `it`; `None` when they are not known.
pub(super) fn of<'a>(
    machine: &mut Machine<'a>,
    it: &Value<'a>,
) -> Result<Option<Vec<Value<'a>>>, Stop<'a>> {
    let items = match it {
        Value::List(it) => it.borrow().clone(),
        Value::Tuple(it) => it.to_vec(),
        Value::Set(it) | Value::Dict(it) => it.borrow().keys(),
        Value::Text(it) => it.chars().map(|it| Value::text(it.to_string())).collect(),
        Value::Bytes(it) => it.iter().map(|it| Value::Int((*it).into())).collect(),
        Value::Class(it) if it.is_enum() => it.members(),
        Value::Instance(instance) => {
            if let Some(items) = instance.items() {
                items
            } else if attribute::has(machine, it, "__iter__") {
                let method = attribute::get(machine, it, "__iter__")?;
                let given = call::value(machine, &method, Args::none())?;
                return if given.is_same(it) { Ok(None) } else { of(machine, &given) };
            } else {
                return Ok(None);
            }
        }
        Value::Unknown(_) | Value::Object(_) | Value::Outside(_) => return Ok(None),
        other => {
            let message = format!("'{}' object is not iterable", other.type_name());
            return machine.raise("TypeError", message);
        }
    };
    machine.spend_size(items.len())?;
    Ok(Some(items))
}
