//! Methods of `int` and `float`.

use crate::evaluate::call::Args;
use crate::evaluate::machine::{Eval, Machine};
use crate::evaluate::value::Value;

/// What `number.name(…)` gives.
pub(super) fn call<'a>(
    machine: &mut Machine<'a>,
    it: &Value<'a>,
    name: &str,
    args: &Args<'a>,
) -> Eval<'a> {
    Ok(match (name, it, it.as_int()) {
        ("is_integer", Value::Float(it), _) => Value::Bool(it.is_finite() && it.fract() == 0.0),
        ("is_integer", _, Some(_)) => Value::Bool(true),
        ("conjugate", ..) => it.clone(),
        ("bit_length", _, Some(it)) => {
            Value::Int(i128::from(128 - it.unsigned_abs().leading_zeros()))
        }
        ("bit_count", _, Some(it)) => Value::Int(i128::from(it.unsigned_abs().count_ones())),
        ("as_integer_ratio", _, Some(it)) => Value::tuple(vec![Value::Int(it), Value::Int(1)]),
        ("to_bytes", _, Some(it)) => match bytes(it, args) {
            Some(made) => Value::Bytes(made.into()),
            None => return machine.raise("OverflowError", "int too big to convert"),
        },
        _ => machine.unknown(format!("the result of `{name}`")),
    })
}

fn bytes(it: i128, args: &Args<'_>) -> Option<Vec<u8>> {
    let count = args.get("length", 0).map_or(Some(1), Value::as_int)?;
    let count = usize::try_from(count).ok().filter(|it| *it <= 16)?;
    let whole = it.to_be_bytes();
    let (extra, kept) = whole.split_at(16 - count);
    if it < 0 || extra.iter().any(|it| *it != 0) {
        return None;
    }
    let mut out = kept.to_vec();
    if args.text("byteorder", 1).as_deref() == Some("little") {
        out.reverse();
    }
    Some(out)
}
