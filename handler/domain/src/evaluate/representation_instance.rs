//! How objects of the bundle show themselves.

use std::rc::Rc;

use super::call::Args;
use super::class::{self, Instance, Kind};
use super::machine::Machine;
use super::representation::{Written, several, write};
use super::value::Value;
use super::{attribute, exception};

#[expect(clippy::format_push_string, reason = "a short text in pieces")]
pub(super) fn of_instance<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Instance<'a>>,
    outer: &mut Vec<usize>,
    out: &mut String,
) -> Written<'a> {
    let value = Value::Instance(Rc::clone(it));
    if it.class.find(machine, "__repr__").is_some() {
        let given = attribute::call(machine, &value, "__repr__", Args::none())?;
        return Ok(match given.as_text() {
            Some(text) => {
                out.push_str(text);
                None
            }
            None => Some(given),
        });
    }
    match it.class.kind.get() {
        Kind::Enum { .. } => {
            let name = it.fields.borrow().get("name").and_then(Value::as_text).cloned();
            out.push_str(&format!("<{}.{}: ", it.class.name, name.unwrap_or_default()));
            if let Some(own) = &it.value
                && let Some(unknown) = write(machine, own, outer, out)?
            {
                return Ok(Some(unknown));
            }
            out.push('>');
            Ok(None)
        }
        Kind::Exception => {
            out.push_str(&it.class.name);
            several(machine, &exception::arguments(&value), ["(", ")"], outer, out)
        }
        _ if it.class.is_data() => match class::shown(machine, it)? {
            Ok(text) => {
                out.push_str(&text);
                Ok(None)
            }
            Err(unknown) => Ok(Some(unknown)),
        },
        _ => match it.underlying().cloned() {
            Some(own) => write(machine, &own, outer, out),
            None => Ok(Some(machine.unknown(format!("the text of a {}", it.class.name)))),
        },
    }
}
