//! `dateutil.relativedelta`: spans of months and years.

use jiff::civil;
use ruff_python_ast::Operator;

use super::Moment;
use super::pendulum::UNITS;
use crate::evaluate::call::Args;
use crate::evaluate::files;
use crate::evaluate::machine::{Eval, Machine};
use crate::evaluate::value::{Object, Value};

/// Parts that are set.
const SET: [&str; 7] = ["year", "month", "day", "hour", "minute", "second", "microsecond"];

/// `relativedelta(months=1, day=1)`
pub(in crate::evaluate) fn make<'a>(
    machine: &mut Machine<'a>,
    dotted: &str,
    args: &Args<'a>,
) -> Option<Eval<'a>> {
    if dotted != "dateutil.relativedelta.relativedelta" {
        return None;
    }
    if let Some(unknown) = args.unknown() {
        return Some(Ok(unknown.clone()));
    }
    let is_known = |name: &str| UNITS.contains(&name) || SET.contains(&name);
    let known = args.positional.is_empty()
        && args.named.iter().all(|(name, it)| is_known(name) && it.as_int().is_some());
    if !known {
        return Some(Ok(machine.unknown("a `relativedelta`")));
    }
    let made = files::object(machine.at, dotted, []);
    if let Value::Object(it) = &made {
        it.fields.borrow_mut().extend(args.named.iter().cloned());
    }
    Some(Ok(made))
}

/// `time + delta`, `time - delta`; `None` for other operators.
pub(in crate::evaluate) fn operator<'a>(
    op: Operator,
    left: &Value<'a>,
    right: &Value<'a>,
) -> Option<Value<'a>> {
    let (at, delta, sign) = match (left, op, right) {
        (Value::Moment(at), Operator::Add, Value::Object(it))
        | (Value::Object(it), Operator::Add, Value::Moment(at)) => (at, it, 1),
        (Value::Moment(at), Operator::Sub, Value::Object(it)) => (at, it, -1),
        _ => return None,
    };
    if &*delta.class != "dateutil.relativedelta.relativedelta" {
        return None;
    }
    match &**at {
        Moment::DateTime(at, zone) => {
            Some(Moment::DateTime(moved(*at, delta, sign)?, zone.clone()).into())
        }
        Moment::Date(at) => {
            let at = moved(at.to_datetime(civil::Time::midnight()), delta, sign)?;
            Some(Moment::Date(at.date()).into())
        }
        _ => None,
    }
}

/// Source: `relativedelta.__radd__`: parts are set first, then added.
fn moved(at: civil::DateTime, delta: &Object<'_>, sign: i128) -> Option<civil::DateTime> {
    let fields = delta.fields.borrow();
    let part = |name: &str| fields.get(name).and_then(Value::as_int);
    let small = |name: &str, own: i8| part(name).map_or(Some(own), |it| i8::try_from(it).ok());
    let year = part("year").map_or(Some(at.year()), |it| i16::try_from(it).ok())?;
    let month = small("month", at.month())?;
    let last = civil::Date::new(year, month, 1).ok()?.days_in_month();
    let date = civil::Date::new(year, month, small("day", at.day())?.min(last)).ok()?;
    let micros = part("microsecond")
        .map_or(i128::from(at.subsec_nanosecond()), |it| it.saturating_mul(1000));
    let time = civil::Time::new(
        small("hour", at.hour())?,
        small("minute", at.minute())?,
        small("second", at.second())?,
        i32::try_from(micros).ok()?,
    )
    .ok()?;
    let count = |name: &str| Some(part(name).unwrap_or(0));
    super::pendulum::by_units(date.to_datetime(time), count, sign)
}
