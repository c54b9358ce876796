//! `decimal.Decimal`: what is written, added, subtracted and multiplied exactly.

use std::cmp::Ordering;

use ruff_python_ast::Operator;

use super::Made;
use crate::evaluate::call::Args;
use crate::evaluate::files;
use crate::evaluate::machine::Machine;
use crate::evaluate::value::{Object, Value};

pub(super) const CLASS: &str = "decimal.Decimal";

/// Most digits: Python's context rounds to as many.
const DIGITS: i128 = 10_i128.pow(28);

/// What such a call gives; `None` for other names.
#[expect(clippy::unnecessary_wraps, reason = "all modules are asked the same way")]
pub(super) fn call<'a>(machine: &mut Machine<'a>, dotted: &str, args: &Args<'a>) -> Made<'a> {
    if dotted != CLASS {
        return Ok(None);
    }
    let text = match args.get("value", 0) {
        None => Some("0".to_owned()),
        Some(it) if it.as_unknown().is_some() => return Ok(Some(it.clone())),
        Some(it) => match (it.as_int(), it.as_text()) {
            (Some(it), _) => Some(it.to_string()),
            (None, Some(it)) => Some(it.trim().replace('_', "")),
            (None, None) => text(it),
        },
    };
    let number = text.and_then(|it| Number::read(&it));
    Ok(Some(match number {
        Some(it) => it.value(machine),
        None => machine.unknown("a decimal number"),
    }))
}

/// The text of a decimal number.
fn text(it: &Value<'_>) -> Option<String> {
    let Value::Object(it) = it else { return None };
    own_text(it)
}

/// The text of a decimal number.
pub(super) fn own_text(it: &Object<'_>) -> Option<String> {
    let fields = it.fields.borrow();
    fields.get("text").filter(|_| &*it.class == CLASS)?.as_text().map(ToString::to_string)
}

/// `digits` times ten to the power of `-places`.
#[derive(Debug, Clone, Copy)]
struct Number {
    digits: i128,
    places: u32,
}

impl Number {
    fn read(text: &str) -> Option<Self> {
        let (sign, rest) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, part) = rest.split_once('.').unwrap_or((rest, ""));
        let digits = format!("{whole}{part}");
        if digits.is_empty() || !digits.bytes().all(|it| it.is_ascii_digit()) {
            return None;
        }
        let places = u32::try_from(part.len()).ok()?;
        Self { digits: digits.parse::<i128>().ok()?.checked_mul(sign)?, places }.known()
    }

    fn known(self) -> Option<Self> {
        (self.digits.abs() < DIGITS && self.places < 28).then_some(self)
    }

    fn of(it: &Value<'_>) -> Option<Self> {
        match it.as_int() {
            Some(digits) => Self { digits, places: 0 }.known(),
            None => Self::read(&text(it)?),
        }
    }

    /// The digits of both with as many places.
    fn level(self, other: Self) -> Option<(i128, i128, u32)> {
        let places = self.places.max(other.places);
        let at = |it: Self| it.digits.checked_mul(10_i128.checked_pow(places - it.places)?);
        Some((at(self)?, at(other)?, places))
    }

    fn shown(self) -> String {
        let width = usize::try_from(self.places).unwrap_or(0) + 1;
        let digits = format!("{:0width$}", self.digits.abs());
        let sign = if self.digits < 0 { "-" } else { "" };
        match digits.split_at(digits.len() + 1 - width) {
            (whole, "") => format!("{sign}{whole}"),
            (whole, part) => format!("{sign}{whole}.{part}"),
        }
    }

    fn value<'a>(self, machine: &Machine<'a>) -> Value<'a> {
        files::object(machine.at, CLASS, [("text", Value::text(self.shown()))])
    }
}

/// `left op right`; `None` for what is not exact here.
pub(super) fn operator<'a>(
    machine: &Machine<'a>,
    op: Operator,
    left: &Value<'a>,
    right: &Value<'a>,
) -> Option<Value<'a>> {
    if text(left).is_none() && text(right).is_none() {
        return None;
    }
    let (a, b) = (Number::of(left)?, Number::of(right)?);
    let made = match op {
        Operator::Mult => {
            Number { digits: a.digits.checked_mul(b.digits)?, places: a.places + b.places }
        }
        Operator::Add | Operator::Sub => {
            let (x, y, places) = a.level(b)?;
            let digits = if op == Operator::Add { x.checked_add(y) } else { x.checked_sub(y) };
            Number { digits: digits?, places }
        }
        _ => return None,
    };
    Some(made.known()?.value(machine))
}

/// How two decimal numbers are ordered.
pub(super) fn order(a: &Object<'_>, b: &Object<'_>) -> Option<Ordering> {
    let (x, y, _) = Number::read(&own_text(a)?)?.level(Number::read(&own_text(b)?)?)?;
    Some(x.cmp(&y))
}
