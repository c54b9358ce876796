//! The time that it is, and times at a zone.

use jiff::civil;

use super::arguments::zone;
use super::arithmetic::rounded;
use super::{Maker, Moment, Zone, of_micros};
use crate::evaluate::call::Args;
use crate::evaluate::machine::Machine;
use crate::evaluate::value::Value;

/// `time.strftime(format)`: of the time that it is, at UTC.
pub(super) fn shown_now<'a>(machine: &Machine<'a>, args: &Args<'a>) -> Value<'a> {
    let now = machine.settings.now.map(|it| it.as_microsecond().into());
    let there = now.and_then(|it| in_zone(it, Some(utc())));
    let form = args.text("format", 0).filter(|_| args.positional.len() == 1);
    match there.zip(form).and_then(|(at, form)| at.formatted(&form)) {
        Some(text) => Value::text(text),
        None => machine.unknown("the result of `time.strftime`"),
    }
}

pub(super) fn utc() -> Zone {
    Zone::Region("UTC".to_owned(), Maker::Pendulum)
}

/// The zone of that name, if there is one.
pub(super) fn region(name: &str) -> Option<Zone> {
    jiff::tz::TimeZone::get(name).ok().map(|_| Zone::Region(name.to_owned(), Maker::Pendulum))
}

/// A time of `pendulum` is at UTC when no zone is given.
pub(super) fn in_default(it: Moment, args: &Args<'_>) -> Moment {
    let given =
        args.named("tz").or_else(|| args.positional.get(7)).and_then(|it| zone(Some(it))).flatten();
    match it {
        Moment::DateTime(at, own) => Moment::DateTime(at, Some(own.or(given).unwrap_or_else(utc))),
        other => other,
    }
}

pub(super) fn midnight(it: Moment) -> Moment {
    match it {
        Moment::DateTime(at, zone) => {
            Moment::DateTime(at.date().to_datetime(civil::Time::midnight()), zone)
        }
        other => other,
    }
}

#[expect(clippy::case_sensitive_file_extension_comparisons, reason = "names of Python's own")]
pub(super) fn current(now: i128, dotted: &str, args: &Args<'_>) -> Option<Moment> {
    let utc = of_micros(now)?;
    if dotted.ends_with("date.today") {
        return Some(Moment::Date(utc.date()));
    }
    if !dotted.ends_with(".now") {
        return Some(Moment::DateTime(utc, None));
    }
    in_zone(now, zone(args.get("tz", 0))?)
}

/// The instant, as a clock in `zone` shows it; without one at UTC.
pub(super) fn in_zone(instant: i128, zone: Option<Zone>) -> Option<Moment> {
    let utc = of_micros(instant)?;
    let Some(zone) = zone else { return Some(Moment::DateTime(utc, None)) };
    let seconds = match &zone {
        Zone::Fixed(it) => *it,
        Zone::Region(name, _) => {
            let at = jiff::Timestamp::from_microsecond(i64::try_from(instant).ok()?).ok()?;
            jiff::tz::TimeZone::get(name).ok()?.to_offset(at).seconds()
        }
    };
    Some(Moment::DateTime(of_micros(instant + i128::from(seconds) * 1_000_000)?, Some(zone)))
}

pub(super) fn stamp(args: &Args<'_>) -> Option<Moment> {
    let seconds = args.get("timestamp", 0)?.as_float()?;
    in_zone(rounded(seconds * 1e6)?, zone(args.get("tz", 1))?)
}
