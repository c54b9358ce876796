//! `+`, `-`, `*` and `/` of dates, times and spans.

use ruff_python_ast::Operator;

use super::{Moment, micros, of_micros};
use crate::evaluate::machine::{Eval, Machine};
use crate::evaluate::value::Value;

const DAY: i128 = 86_400_000_000;

/// `left op right`, one of which is of `datetime`.
pub(in crate::evaluate) fn binary<'a>(
    machine: &mut Machine<'a>,
    op: Operator,
    left: &Value<'a>,
    right: &Value<'a>,
) -> Eval<'a> {
    let made = match (left, op, right) {
        (Value::Moment(a), _, Value::Moment(b)) => both(op, a, b),
        (Value::Moment(a), _, _) => right.as_float().and_then(|b| scaled(op, a, b, right.as_int())),
        (_, Operator::Mult, Value::Moment(b)) => {
            left.as_float().and_then(|a| scaled(op, b, a, left.as_int()))
        }
        _ => None,
    };
    if let Some(made) = made {
        return Ok(made);
    }
    if let (Value::Moment(a), Operator::Add | Operator::Sub, Value::Moment(b)) = (left, op, right)
        && is_dated(a, op, b)
    {
        return machine.raise("OverflowError", "date value out of range");
    }
    if matches!(
        (left, right),
        (Value::Object(_) | Value::Outside(_), _) | (_, Value::Object(_) | Value::Outside(_))
    ) {
        return Ok(machine.unknown("a time"));
    }
    let (a, b) = (left.type_name(), right.type_name());
    let message = format!("unsupported operand type(s) for {}: '{a}' and '{b}'", op.as_str());
    machine.raise("TypeError", message)
}

/// Whether this moves a date by a span.
fn is_dated(a: &Moment, op: Operator, b: &Moment) -> bool {
    use Moment::{Date, DateTime, Span};
    match (a, b) {
        (Date(_) | DateTime(..), Span(_)) => true,
        (Span(_), Date(_) | DateTime(..)) => op == Operator::Add,
        _ => false,
    }
}

fn both<'a>(op: Operator, a: &Moment, b: &Moment) -> Option<Value<'a>> {
    use Moment::{Date, DateTime, Span};
    Some(match (a, op, b) {
        (Span(a), Operator::Add, Span(b)) => Span(a.checked_add(*b)?).into(),
        (Span(a), Operator::Sub, Span(b)) => Span(a.checked_sub(*b)?).into(),
        (Span(a), Operator::FloorDiv, Span(b)) => Value::Int(a.checked_div_euclid(*b)?),
        (Span(a), Operator::Mod, Span(b)) => Span(a.checked_rem_euclid(*b)?).into(),
        #[expect(clippy::cast_precision_loss, reason = "as Python divides")]
        (Span(a), Operator::Div, Span(b)) if *b != 0 => Value::Float(*a as f64 / *b as f64),
        (DateTime(at, zone), Operator::Add, Span(it))
        | (Span(it), Operator::Add, DateTime(at, zone)) => {
            DateTime(of_micros(micros(*at).checked_add(*it)?)?, zone.clone()).into()
        }
        (DateTime(at, zone), Operator::Sub, Span(it)) => {
            DateTime(of_micros(micros(*at).checked_sub(*it)?)?, zone.clone()).into()
        }
        (DateTime(a, None), Operator::Sub, DateTime(b, None)) => {
            Span(micros(*a) - micros(*b)).into()
        }
        (DateTime(a, x), Operator::Sub, DateTime(b, y)) if x == y => {
            Span(micros(*a) - micros(*b)).into()
        }
        (DateTime(..), Operator::Sub, DateTime(..)) => Span(a.instant()? - b.instant()?).into(),
        (Date(at), Operator::Add | Operator::Sub, Span(it)) => {
            let days = it.div_euclid(DAY) * if op == Operator::Add { 1 } else { -1 };
            let at = micros(at.to_datetime(jiff::civil::Time::midnight()))
                .checked_add(days.checked_mul(DAY)?)?;
            Date(of_micros(at)?.date()).into()
        }
        (Date(a), Operator::Sub, Date(b)) => {
            let at = |it: &jiff::civil::Date| micros(it.to_datetime(jiff::civil::Time::midnight()));
            Span(at(a) - at(b)).into()
        }
        _ => return None,
    })
}

/// A span times or by a number.
fn scaled<'a>(op: Operator, it: &Moment, by: f64, whole: Option<i128>) -> Option<Value<'a>> {
    let Moment::Span(it) = it else { return None };
    let span = match (op, whole) {
        (Operator::Mult, Some(by)) => it.checked_mul(by)?,
        (Operator::FloorDiv, Some(by)) => it.checked_div_euclid(by)?,
        (Operator::Mult, None) => rounded(as_real(*it) * by)?,
        (Operator::Div, _) if by != 0.0 => rounded(as_real(*it) / by)?,
        _ => return None,
    };
    Some(Moment::Span(span).into())
}

#[expect(clippy::cast_precision_loss, reason = "as Python does")]
fn as_real(it: i128) -> f64 {
    it as f64
}

/// To the nearest even microsecond; `None` beyond what a `timedelta` holds.
pub(super) fn rounded(it: f64) -> Option<i128> {
    #[expect(clippy::cast_possible_truncation, reason = "within the bounds")]
    (it.abs() < 9e22).then(|| it.round_ties_even() as i128)
}
