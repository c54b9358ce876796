//! What operators give of numbers, and of what is repeated or combined.

use ruff_python_ast::Operator;

use super::dict::Shared;
use super::limits::MAX_TEXT;
use super::machine::{Eval, Machine, Stop};
use super::value::Value;

pub(super) fn sets<'a>(
    machine: &mut Machine<'a>,
    op: Operator,
    a: &[Value<'a>],
    b: &[Value<'a>],
) -> Eval<'a> {
    machine.spend_size((a.len() + b.len()) * 8)?;
    let (left, right) = (Value::set(a.to_vec()), Value::set(b.to_vec()));
    let (Value::Set(in_a), Value::Set(in_b)) = (&left, &right) else { return Ok(left) };
    let has = |set: &Shared<'a>, it: &Value<'a>| set.borrow().contains(it);
    let picked: Vec<Value<'a>> = match op {
        Operator::BitOr => a.iter().chain(b).cloned().collect(),
        Operator::BitAnd => a.iter().filter(|it| has(in_b, it)).cloned().collect(),
        Operator::Sub => a.iter().filter(|it| !has(in_b, it)).cloned().collect(),
        Operator::BitXor => {
            let only_b = b.iter().filter(|it| !has(in_a, it));
            a.iter().filter(|it| !has(in_b, it)).chain(only_b).cloned().collect()
        }
        _ => return machine.raise("TypeError", "unsupported operand types of sets"),
    };
    Ok(Value::set(picked))
}

/// `"-" * 20`, `[0] * 3`
pub(super) fn repeat<'a>(
    machine: &mut Machine<'a>,
    it: &Value<'a>,
    count: i128,
) -> Result<Option<Value<'a>>, Stop<'a>> {
    let count = usize::try_from(count.max(0)).unwrap_or(usize::MAX);
    let size = |one: usize| one.saturating_mul(count);
    Ok(Some(match it {
        Value::Text(text) => {
            machine.spend_size(size(text.len()).min(MAX_TEXT + 1))?;
            Value::text(text.repeat(count))
        }
        Value::Bytes(bytes) => {
            machine.spend_size(size(bytes.len()).min(MAX_TEXT + 1))?;
            Value::Bytes(bytes.repeat(count).into())
        }
        Value::List(list) => {
            let list = list.borrow();
            let total = size(list.len());
            machine.spend_items(total)?;
            Value::list(list.iter().cloned().cycle().take(total).collect())
        }
        Value::Tuple(tuple) => {
            let total = size(tuple.len());
            machine.spend_items(total)?;
            Value::tuple(tuple.iter().cloned().cycle().take(total).collect())
        }
        _ => return Ok(None),
    }))
}

pub(super) fn whole<'a>(
    machine: &Machine<'a>,
    op: Operator,
    a: i128,
    b: i128,
    flags: bool,
) -> Eval<'a> {
    let zero = matches!(op, Operator::Div | Operator::FloorDiv | Operator::Mod) && b == 0;
    if zero {
        return machine.raise("ZeroDivisionError", "division by zero");
    }
    let flag = |it: i128| if flags { Value::Bool(it != 0) } else { Value::Int(it) };
    let shift = || u32::try_from(b).ok();
    let known = match op {
        Operator::Add => a.checked_add(b).map(Value::Int),
        Operator::Sub => a.checked_sub(b).map(Value::Int),
        Operator::Mult => a.checked_mul(b).map(Value::Int),
        Operator::FloorDiv => floor(a, b).map(|it| Value::Int(it.0)),
        Operator::Mod => floor(a, b).map(|it| Value::Int(it.1)),
        Operator::Div | Operator::MatMult => None,
        Operator::Pow if b < 0 => None,
        Operator::Pow => u32::try_from(b).ok().and_then(|b| a.checked_pow(b)).map(Value::Int),
        Operator::LShift => shift()
            .filter(|it| *it < 100)
            .and_then(|it| a.checked_mul(1_i128.checked_shl(it)?))
            .map(Value::Int),
        Operator::RShift => shift().map(|it| Value::Int(a.checked_shr(it).unwrap_or(0))),
        Operator::BitOr => Some(flag(a | b)),
        Operator::BitXor => Some(flag(a ^ b)),
        Operator::BitAnd => Some(flag(a & b)),
    };
    #[expect(clippy::cast_precision_loss, reason = "as Python divides")]
    match (op, known) {
        (Operator::Div, _) | (Operator::Pow, None) if op == Operator::Div || b < 0 => {
            real(machine, op, a as f64, b as f64)
        }
        (_, Some(known)) => Ok(known),
        (_, None) => Ok(machine.unknown("a number that is too large")),
    }
}

/// Quotient and remainder, rounded as Python does.
pub(super) fn floor(a: i128, b: i128) -> Option<(i128, i128)> {
    let (quotient, rest) = (a.checked_div(b)?, a.checked_rem(b)?);
    let down = rest != 0 && (rest < 0) != (b < 0);
    Some(if down { (quotient - 1, rest + b) } else { (quotient, rest) })
}

pub(super) fn real<'a>(machine: &Machine<'a>, op: Operator, a: f64, b: f64) -> Eval<'a> {
    if matches!(op, Operator::Div | Operator::FloorDiv | Operator::Mod) && b == 0.0 {
        return machine.raise("ZeroDivisionError", "float division by zero");
    }
    Ok(Value::Float(match op {
        Operator::Add => a + b,
        Operator::Sub => a - b,
        Operator::Mult => a * b,
        Operator::Div => a / b,
        Operator::FloorDiv => (a / b).floor(),
        Operator::Mod => a - (a / b).floor() * b,
        Operator::Pow => a.powf(b),
        _ => return machine.raise("TypeError", "unsupported operand types of floats"),
    }))
}
