//! Dates, times, zones and spans of the arguments of a call.

use jiff::civil;

use super::arithmetic::rounded;
use super::present::region;
use super::{Moment, Zone};
use crate::evaluate::call::Args;
use crate::evaluate::value::Value;

pub(super) fn number<T: TryFrom<i128>>(
    args: &Args<'_>,
    name: &str,
    place: usize,
    default: i128,
) -> Option<T> {
    let it = args.get(name, place).map_or(Some(default), Value::as_int)?;
    T::try_from(it).ok()
}

pub(super) fn date(args: &Args<'_>) -> Option<civil::Date> {
    let year = number(args, "year", 0, 0).filter(|it| *it > 0)?;
    civil::Date::new(year, number(args, "month", 1, 0)?, number(args, "day", 2, 0)?).ok()
}

pub(super) fn time(args: &Args<'_>, first: usize) -> Option<civil::Time> {
    let micros: i32 = number(args, "microsecond", first + 3, 0)?;
    let hour = number(args, "hour", first, 0)?;
    let (minute, second) =
        (number(args, "minute", first + 1, 0)?, number(args, "second", first + 2, 0)?);
    civil::Time::new(hour, minute, second, micros.checked_mul(1000)?).ok()
}

#[expect(clippy::option_option, reason = "not known, or known to be none")]
pub(super) fn zone(value: Option<&Value<'_>>) -> Option<Option<Zone>> {
    match value {
        None | Some(Value::None) => Some(None),
        Some(Value::Moment(it)) => match &**it {
            Moment::Zone(it) => Some(Some(it.clone())),
            _ => None,
        },
        // pendulum takes a name
        Some(other) => other.as_text().map(|it| region(it)),
    }
}

pub(super) fn datetime(args: &Args<'_>) -> Option<Moment> {
    let at = date(args)?.to_datetime(time(args, 3)?);
    Some(Moment::DateTime(at, zone(args.get("tzinfo", 7))?))
}

pub(super) fn fixed(it: &Moment) -> Option<Moment> {
    let Moment::Span(it) = it else { return None };
    let seconds = i32::try_from(it / 1_000_000).ok().filter(|it| it.abs() < 86_400)?;
    Some(Moment::Zone(Zone::Fixed(seconds)))
}

/// Source: parameters of `timedelta`, in their order, in microseconds.
pub(super) fn span(args: &Args<'_>) -> Option<i128> {
    const UNITS: [(&str, i128); 7] = [
        ("days", 86_400_000_000),
        ("seconds", 1_000_000),
        ("microseconds", 1),
        ("milliseconds", 1_000),
        ("minutes", 60_000_000),
        ("hours", 3_600_000_000),
        ("weeks", 604_800_000_000),
    ];
    let known = |it: &str| UNITS.iter().any(|(name, _)| *name == it);
    if !args.named.iter().all(|(it, _)| known(it)) {
        return None;
    }
    let mut total = 0_i128;
    for (at, (name, unit)) in UNITS.iter().enumerate() {
        let Some(it) = args.get(name, at) else { continue };
        #[expect(clippy::cast_precision_loss, reason = "as Python does")]
        let part = match it.as_int() {
            Some(it) => it.checked_mul(*unit)?,
            None => rounded(it.as_float()? * *unit as f64)?,
        };
        total = total.checked_add(part)?;
    }
    (total.abs() < 86_400_000_000 * 1_000_000_000).then_some(total)
}
