//! Methods of `bytes`.

use std::rc::Rc;

use crate::evaluate::call::Args;
use crate::evaluate::machine::{Eval, Machine};
use crate::evaluate::value::Value;

pub(super) const NAMES: [&str; 4] = ["decode", "hex", "startswith", "endswith"];

/// What `bytes.name(…)` gives.
pub(super) fn call<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<[u8]>,
    name: &str,
    args: &Args<'a>,
) -> Eval<'a> {
    machine.spend_size(it.len())?;
    let other = args.positional.first();
    Ok(match (name, other) {
        ("decode", _) => match std::str::from_utf8(it) {
            Ok(text) => Value::text(text),
            Err(_) => return machine.raise("UnicodeDecodeError", "invalid bytes"),
        },
        ("hex", _) => Value::text(it.iter().map(|it| format!("{it:02x}")).collect::<String>()),
        ("startswith", Some(Value::Bytes(start))) => Value::Bool(it.starts_with(start)),
        ("endswith", Some(Value::Bytes(end))) => Value::Bool(it.ends_with(end)),
        _ => machine.unknown(format!("the result of `bytes.{name}`")),
    })
}
