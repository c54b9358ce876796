//! Dates, times and durations, as pydantic writes them. Source: pydantic 2.13 and the golden rows.

use jiff::tz::{AmbiguousOffset, TimeZone};
use serde_json::Value;

use super::call::Given;
use super::default::Evaluated;

const SECOND: i128 = 1_000_000;
const DAY: i128 = 86_400 * SECOND;

/// The parameters of `timedelta`, in order, and their microseconds.
const UNITS: [(&str, i32, i32); 7] = [
    ("days", 86_400, 1_000_000),
    ("seconds", 1, 1_000_000),
    ("microseconds", 1, 1),
    ("milliseconds", 1, 1000),
    ("minutes", 60, 1_000_000),
    ("hours", 3600, 1_000_000),
    ("weeks", 604_800, 1_000_000),
];

/// `timedelta(1, hours=-0.5)`.
pub(super) fn timedelta(given: &Given) -> Option<Evaluated> {
    let given = given.within(&UNITS.map(|(name, ..)| name))?;
    let (mut whole, mut part) = (0_i128, 0.0);
    for (at, (name, units, each)) in UNITS.into_iter().enumerate() {
        match given.get(name, at) {
            None => {}
            Some(Evaluated::Json(Value::Number(it))) => match it.as_i64() {
                Some(it) => whole += i128::from(it) * i128::from(units) * i128::from(each),
                None => part += it.as_f64()? * f64::from(units) * f64::from(each),
            },
            Some(_) => return None,
        }
    }
    let total = whole + rounded(part)?;
    (total.abs() / DAY <= 999_999_999).then_some(Evaluated::Span(total))
}

/// Half to even; as text, since a cast of what is too large would give another number.
fn rounded(microseconds: f64) -> Option<i128> {
    format!("{:.0}", microseconds.round_ties_even()).parse().ok()
}

/// ISO 8601: `P1DT2H`, `-PT0.5S`; a year is 365 days.
pub(super) fn iso(microseconds: i128) -> String {
    let sign = if microseconds < 0 { "-" } else { "" };
    let total = microseconds.abs();
    let (days, clock) = (total / DAY, total % DAY);
    let part = |count: i128, unit: char| {
        if count == 0 { String::new() } else { format!("{count}{unit}") }
    };
    let date = [part(days / 365, 'Y'), part(days % 365, 'D')].concat();
    let seconds = clock / SECOND;
    let time = [
        part(seconds / 3600, 'H'),
        part(seconds / 60 % 60, 'M'),
        fraction(seconds % 60, clock % SECOND),
    ];
    match (date.is_empty(), time.concat()) {
        (true, time) if time.is_empty() => "PT0S".to_owned(),
        (_, time) if time.is_empty() => format!("{sign}P{date}"),
        (_, time) => format!("{sign}P{date}T{time}"),
    }
}

fn fraction(seconds: i128, microseconds: i128) -> String {
    match (seconds, microseconds) {
        (0, 0) => String::new(),
        (seconds, 0) => format!("{seconds}S"),
        _ => format!("{}S", format!("{seconds}.{microseconds:06}").trim_end_matches('0')),
    }
}

/// `date(2024, 1, 2)`.
pub(super) fn date(given: &Given) -> Option<Evaluated> {
    let given = given.within(&["year", "month", "day"])?;
    Some(Evaluated::Text(day(given)?))
}

/// `datetime(2024, 1, 2, 3, 4, tzinfo=timezone.utc)`.
pub(super) fn datetime(given: &Given) -> Option<Evaluated> {
    let names =
        ["year", "month", "day", "hour", "minute", "second", "microsecond", "tzinfo", "fold"];
    let given = given.within(&names)?;
    let (day, clock) = (day(given)?, clock(given, 3)?);
    let zone = match given.get("tzinfo", 7) {
        Some(Evaluated::Region(name)) => offset(name, &format!("{day}T{clock}"), given)?,
        other => zone(other)?,
    };
    Some(Evaluated::Shown(format!("{day}T{clock}{zone}").into()))
}

/// `time(3, 4)`.
pub(super) fn time(given: &Given) -> Option<Evaluated> {
    let given = given.within(&["hour", "minute", "second", "microsecond", "tzinfo", "fold"])?;
    let text = format!("{}{}", clock(given, 0)?, zone(given.get("tzinfo", 4))?);
    Some(Evaluated::Shown(text.into()))
}

/// `timezone(timedelta(hours=2))`.
pub(super) fn timezone(given: &Given) -> Option<Evaluated> {
    let Evaluated::Span(offset) = given.within(&["offset", "name"])?.get("offset", 0)? else {
        return None;
    };
    let valid = offset.abs() < DAY && offset % SECOND == 0;
    i64::try_from(offset / SECOND).ok().filter(|_| valid).map(Evaluated::Zone)
}

/// `ZoneInfo("Europe/Oslo")`.
pub(super) fn region(key: &Evaluated) -> Option<Evaluated> {
    let Evaluated::Json(Value::String(name)) = key else { return None };
    TimeZone::get(name).ok()?;
    Some(Evaluated::Region(name.clone()))
}

/// The offset of the zone `name` at a local time; `fold` decides when there are two, or none.
fn offset(name: &str, local: &str, given: &Given) -> Option<String> {
    let local: jiff::civil::DateTime = local.parse().ok()?;
    let late = given.get("fold", 8).is_some_and(|it| *it == Evaluated::Json(1.into()));
    let offset = match TimeZone::get(name).ok()?.to_ambiguous_timestamp(local).offset() {
        AmbiguousOffset::Unambiguous { offset } => offset,
        AmbiguousOffset::Gap { before, after } | AmbiguousOffset::Fold { before, after } => {
            if late { after } else { before }
        }
    };
    Some(east(offset.seconds().into()))
}

fn day(given: &Given) -> Option<String> {
    let year = whole(given.get("year", 0)?, 1, 9999)?;
    let month = whole(given.get("month", 1)?, 1, 12)?;
    let day = whole(given.get("day", 2)?, 1, 31)?;
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    let date = jiff::civil::Date::new(i16::try_from(year).ok()?, month, day).ok()?;
    Some(date.to_string())
}

/// `03:04:00`, of the parameters from the one at `first` on.
fn clock(given: &Given, first: usize) -> Option<String> {
    let part = |name: &str, at: usize, most: i64| {
        given.get(name, first + at).map_or(Some(0), |it| whole(it, 0, most))
    };
    let (hour, minute) = (part("hour", 0, 23)?, part("minute", 1, 59)?);
    let (second, microsecond) = (part("second", 2, 59)?, part("microsecond", 3, 999_999)?);
    let rest = if microsecond == 0 { String::new() } else { format!(".{microsecond:06}") };
    Some(format!("{hour:02}:{minute:02}:{second:02}{rest}"))
}

fn zone(zone: Option<&Evaluated>) -> Option<String> {
    match zone {
        Some(Evaluated::Region(name)) if name == "UTC" || name.starts_with("Etc/") => {
            let offset = TimeZone::get(name).ok()?.to_offset(jiff::Timestamp::UNIX_EPOCH);
            Some(east(offset.seconds().into()))
        }
        // other regions have no offset without a day
        None | Some(Evaluated::Json(Value::Null) | Evaluated::Region(_)) => Some(String::new()),
        Some(Evaluated::Zone(offset)) => Some(east(*offset)),
        Some(_) => None,
    }
}

/// `Z`, `+02:00`, of seconds east of UTC.
fn east(seconds: i64) -> String {
    if seconds == 0 {
        return "Z".to_owned();
    }
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.abs() / 60;
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

fn whole(it: &Evaluated, least: i64, most: i64) -> Option<i64> {
    let Evaluated::Json(it) = it else { return None };
    it.as_i64().filter(|it| (least..=most).contains(it))
}
