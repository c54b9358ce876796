//! Attributes and methods of dates, times and spans.

use std::rc::Rc;

use jiff::civil;

use super::present::in_zone;
use super::{Moment, Zone, micros};
use crate::evaluate::call::Args;
use crate::evaluate::class;
use crate::evaluate::machine::{Eval, Machine};
use crate::evaluate::value::Value;

const METHODS: [&str; 31] = [
    "add",
    "ctime",
    "end_of",
    "format",
    "in_timezone",
    "in_words",
    "in_tz",
    "localize",
    "naive",
    "start_of",
    "subtract",
    "to_date_string",
    "to_datetime_string",
    "to_iso8601_string",
    "astimezone",
    "date",
    "isoformat",
    "isoweekday",
    "replace",
    "strftime",
    "time",
    "timestamp",
    "timetuple",
    "total_seconds",
    "toordinal",
    "utcoffset",
    "weekday",
    "isocalendar",
    "tzname",
    "dst",
    "timetz",
];

const PARTS: [&str; 15] = [
    "name",
    "timezone_name",
    "year",
    "month",
    "day",
    "hour",
    "minute",
    "second",
    "microsecond",
    "tzinfo",
    "days",
    "seconds",
    "microseconds",
    "key",
    "zone",
];

/// Whether it has `name`.
pub(in crate::evaluate) fn has(it: &Moment, name: &str) -> bool {
    METHODS.contains(&name) || PARTS.contains(&name) && attribute(it, name).is_some()
}

/// A part: `at.year`, `span.days`.
pub(in crate::evaluate) fn attribute<'a>(it: &Moment, name: &str) -> Option<Value<'a>> {
    let whole = |it: i128| Value::Int(it);
    match it {
        Moment::DateTime(at, zone) => match name {
            "timezone_name" => zone.as_ref().map(|it| Value::text(it.name())),
            "tzinfo" => Some(zone.clone().map_or(Value::None, |it| Moment::Zone(it).into())),
            _ => of_date(at.date(), name).or_else(|| of_time(at.time(), name)).map(whole),
        },
        Moment::Date(at) => of_date(*at, name).map(whole),
        Moment::Time(at) if name == "tzinfo" => Some(Value::None).filter(|_| at.hour() >= 0),
        Moment::Time(at) => of_time(*at, name).map(whole),
        Moment::Span(it) => Some(whole(match name {
            "days" => it.div_euclid(86_400_000_000),
            "seconds" => it.rem_euclid(86_400_000_000) / 1_000_000,
            "microseconds" => it.rem_euclid(1_000_000),
            _ => return None,
        })),
        Moment::Zone(it) => matches!(name, "key" | "zone" | "name").then(|| Value::text(it.name())),
    }
}

fn of_date(it: civil::Date, name: &str) -> Option<i128> {
    Some(match name {
        "year" => it.year().into(),
        "month" => it.month().into(),
        "day" => it.day().into(),
        _ => return None,
    })
}

fn of_time(it: civil::Time, name: &str) -> Option<i128> {
    Some(match name {
        "hour" => it.hour().into(),
        "minute" => it.minute().into(),
        "second" => it.second().into(),
        "microsecond" => (it.subsec_nanosecond() / 1000).into(),
        _ => return None,
    })
}

/// What `moment.name(…)` gives.
pub(in crate::evaluate) fn call<'a>(
    machine: &mut Machine<'a>,
    it: &Moment,
    name: &Rc<str>,
    args: Args<'a>,
) -> Eval<'a> {
    if let Some(unknown) = args.unknown() {
        return Ok(unknown.clone());
    }
    if let ("isocalendar", Some(date)) = (&**name, date_of(it)) {
        return week(machine, date);
    }
    match made(it, name, &args) {
        Some(value) => Ok(value),
        None => Ok(machine.unknown(format!("the result of `{}.{name}`", it.type_name()))),
    }
}

fn date_of(it: &Moment) -> Option<civil::Date> {
    match it {
        Moment::DateTime(at, _) => Some(at.date()),
        Moment::Date(at) => Some(*at),
        _ => None,
    }
}

fn made<'a>(it: &Moment, name: &str, args: &Args<'a>) -> Option<Value<'a>> {
    let date = date_of(it);
    Some(match (it, name) {
        (_, "toordinal") => Value::Int(super::make::ordinal(date?)),
        (_, "ctime") => Value::text(it.formatted("%a %b %e %H:%M:%S %Y")?),
        (Moment::DateTime(at, None), "timetz") => Moment::Time(at.time()).into(),
        (Moment::Time(_) | Moment::DateTime(_, None), "utcoffset" | "tzname" | "dst") => {
            Value::None
        }
        (Moment::DateTime(..), _) if super::pendulum::METHODS.contains(&name) => {
            super::pendulum::method(it, name, args)?
        }
        (Moment::Zone(zone), "localize") => localized(zone, args)?,
        (_, "isoformat") => Value::text(iso(it, args)?),
        (_, "strftime") => Value::text(it.formatted(&args.text("format", 0)?)?),
        (_, "replace") => replaced(it, args)?,
        (_, "weekday") => Value::Int((date?.weekday().to_monday_zero_offset()).into()),
        (_, "isoweekday") => Value::Int((date?.weekday().to_monday_one_offset()).into()),
        (Moment::DateTime(at, _), "date") => Moment::Date(at.date()).into(),
        (Moment::DateTime(at, _), "time") => Moment::Time(at.time()).into(),
        #[expect(clippy::cast_precision_loss, reason = "as Python does")]
        (Moment::DateTime(at, _), "timestamp") => {
            Value::Float(it.instant().unwrap_or_else(|| micros(*at)) as f64 / 1e6)
        }
        (Moment::DateTime(at, zone), "astimezone") => {
            let instant = if zone.is_some() { it.instant()? } else { micros(*at) };
            in_zone(instant, Some(zone_of(args.get("tz", 0))?.clone()))?.into()
        }
        (Moment::DateTime(at, Some(zone)), "utcoffset") => {
            Moment::Span(i128::from(zone.offset(*at)?) * 1_000_000).into()
        }
        (Moment::DateTime(at, Some(zone)), "tzname") => Value::text(zone.abbreviation(*at)?),
        #[expect(clippy::cast_precision_loss, reason = "as Python does")]
        (Moment::Span(it), "total_seconds") => Value::Float(*it as f64 / 1e6),
        (Moment::Span(it), "in_words") => Value::text(super::pendulum::words(*it)),
        _ => return None,
    })
}

/// `date.isocalendar()`
fn week<'a>(machine: &mut Machine<'a>, date: civil::Date) -> Eval<'a> {
    let week = date.iso_week_date();
    let day = week.weekday().to_monday_one_offset();
    let parts =
        [("year", week.year().into()), ("week", week.week().into()), ("weekday", day.into())];
    let parts = parts.map(|(name, it)| (name, Value::Int(it)));
    class::named_tuple(machine, "datetime.IsoCalendarDate", parts)
}

/// `zone.localize(time)`
fn localized<'a>(zone: &Zone, args: &Args<'a>) -> Option<Value<'a>> {
    match args.positional.first()? {
        Value::Moment(it) => match &**it {
            Moment::DateTime(at, None) => Some(Moment::DateTime(*at, Some(zone.clone())).into()),
            _ => None,
        },
        _ => None,
    }
}

fn iso(it: &Moment, args: &Args<'_>) -> Option<String> {
    let separator = args.text("sep", 0).and_then(|it| it.chars().next()).unwrap_or('T');
    match args.get("timespec", 1) {
        Some(_) => it.iso_to(separator, &args.text("timespec", 1)?),
        None => Some(it.iso(separator)),
    }
}

fn zone_of<'i>(value: Option<&'i Value<'_>>) -> Option<&'i Zone> {
    match value? {
        Value::Moment(it) => match &**it {
            Moment::Zone(it) => Some(it),
            _ => None,
        },
        _ => None,
    }
}

/// `at.replace(hour=0)`
fn replaced<'a>(it: &Moment, args: &Args<'a>) -> Option<Value<'a>> {
    let part = |name: &str, own: i128| args.named(name).map_or(Some(own), Value::as_int);
    let date = |it: civil::Date| {
        let year = i16::try_from(part("year", it.year().into())?).ok()?;
        let month = i8::try_from(part("month", it.month().into())?).ok()?;
        civil::Date::new(year, month, i8::try_from(part("day", it.day().into())?).ok()?).ok()
    };
    let time = |it: civil::Time| {
        let small = |name: &str, own: i8| i8::try_from(part(name, own.into())?).ok();
        let micros = part("microsecond", (it.subsec_nanosecond() / 1000).into())?;
        let nanos = i32::try_from(micros.checked_mul(1000)?).ok()?;
        civil::Time::new(
            small("hour", it.hour())?,
            small("minute", it.minute())?,
            small("second", it.second())?,
            nanos,
        )
        .ok()
    };
    Some(match it {
        Moment::Date(it) => Moment::Date(date(*it)?).into(),
        Moment::Time(it) => Moment::Time(time(*it)?).into(),
        Moment::DateTime(at, zone) => {
            let zone = match args.named("tzinfo") {
                None => zone.clone(),
                Some(Value::None) => None,
                Some(Value::Moment(it)) => match &**it {
                    Moment::Zone(it) => Some(it.clone()),
                    _ => return None,
                },
                Some(_) => return None,
            };
            Moment::DateTime(date(at.date())?.to_datetime(time(at.time())?), zone).into()
        }
        _ => return None,
    })
}
