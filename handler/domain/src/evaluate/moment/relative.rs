//! `dateutil.relativedelta`: spans of months and years.

use jiff::civil;
use ruff_python_ast::Operator;

use super::Moment;
use super::pendulum::UNITS;
use super::recurrence;
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
    if let [Value::Moment(to), Value::Moment(from)] = args.positional.as_slice() {
        let made = between(to, from).map(|parts| {
            let named = parts.map(|(name, it)| (name.into(), Value::Int(it)));
            Args { named: named.into(), ..Args::none() }
        });
        return match made {
            Some(args) => make(machine, dotted, &args),
            None => Some(Ok(machine.unknown("a `relativedelta`"))),
        };
    }
    let is_known = |name: &str, it: &Value<'_>| match name {
        "weekday" => recurrence::weekday(it).is_some(),
        _ => (UNITS.contains(&name) || SET.contains(&name)) && it.as_int().is_some(),
    };
    let known =
        args.positional.is_empty() && args.named.iter().all(|(name, it)| is_known(name, it));
    if !known {
        return Some(Ok(machine.unknown("a `relativedelta`")));
    }
    let nothing = UNITS.map(|name| (name, Value::Int(0)));
    let made = files::object(machine.at, dotted, nothing);
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
    let at = super::pendulum::by_units(date.to_datetime(time), count, sign)?;
    match fields.get("weekday").and_then(recurrence::weekday) {
        Some((day, nth)) => at.checked_add(jiff::Span::new().days(jump(at, day, nth))).ok(),
        None => Some(at),
    }
}

/// How many days it is to the `nth` day `day` of the week, counted from Monday; back when `nth` is negative.
fn jump(at: civil::DateTime, day: i64, nth: i64) -> i64 {
    let own = i64::from(at.weekday().to_monday_zero_offset());
    let weeks = (nth.abs() - 1) * 7;
    if nth > 0 { weeks + (day - own).rem_euclid(7) } else { -(weeks + (own - day).rem_euclid(7)) }
}

/// What lies between two times: whole months, and the rest of them.
///
/// Source: `relativedelta.__init__` with two dates.
fn between(to: &Moment, from: &Moment) -> Option<[(&'static str, i128); 6]> {
    let (to, from) = (local(to)?, local(from)?);
    let months = |it: civil::DateTime| i128::from(it.year()) * 12 + i128::from(it.month());
    let mut count = months(to) - months(from);
    let moved = |count: i128| {
        super::pendulum::by_units(from, |it| Some(if it == "months" { count } else { 0 }), 1)
    };
    let (late, back) = if to < from { (false, 1) } else { (true, -1) };
    let mut at = moved(count)?;
    if (late && at > to) || (!late && at < to) {
        count += back;
        at = moved(count)?;
    }
    let seconds = i128::from(at.duration_until(to).as_secs());
    Some([
        ("years", count / 12),
        ("months", count % 12),
        ("days", seconds / 86_400),
        ("hours", seconds % 86_400 / 3600),
        ("minutes", seconds % 3600 / 60),
        ("seconds", seconds % 60),
    ])
}

fn local(it: &Moment) -> Option<civil::DateTime> {
    match it {
        Moment::DateTime(at, None) => Some(*at),
        Moment::Date(at) => Some(at.to_datetime(civil::Time::midnight())),
        _ => None,
    }
}
