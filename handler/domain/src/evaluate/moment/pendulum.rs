//! What times of `pendulum` have besides those of `datetime`.

use jiff::civil;
use jiff::{Span, ToSpan as _};

use super::present::in_zone;
use super::{Maker, Moment, Zone, micros};
use crate::evaluate::call::Args;
use crate::evaluate::value::Value;

pub(super) const METHODS: [&str; 11] = [
    "add",
    "end_of",
    "format",
    "in_timezone",
    "in_tz",
    "naive",
    "start_of",
    "subtract",
    "to_date_string",
    "to_datetime_string",
    "to_iso8601_string",
];

/// `duration.in_words()`: the units that there are, in English.
pub(super) fn words(micros: i128) -> String {
    const SECONDS: [(&str, i128); 5] =
        [("week", 604_800), ("day", 86_400), ("hour", 3600), ("minute", 60), ("second", 1)];
    let sign = if micros < 0 { "-" } else { "" };
    let mut left = (micros / 1_000_000).abs();
    let mut parts = Vec::new();
    for (name, size) in SECONDS {
        let count = left / size;
        left %= size;
        if count > 0 {
            let ending = if count == 1 { "" } else { "s" };
            parts.push(format!("{sign}{count} {name}{ending}"));
        }
    }
    if parts.is_empty() { "0 microseconds".to_owned() } else { parts.join(" ") }
}

/// What `time.name(…)` gives; `None` when it is not known.
pub(super) fn method<'a>(it: &Moment, name: &str, args: &Args<'a>) -> Option<Value<'a>> {
    let Moment::DateTime(at, zone) = it else { return None };
    let same = |at: civil::DateTime| Some(Moment::DateTime(at, zone.clone()).into());
    match name {
        "naive" => Some(Moment::DateTime(*at, None).into()),
        "to_date_string" => Some(Value::text(at.date().to_string())),
        "to_datetime_string" => Some(Value::text(it.formatted("%Y-%m-%d %H:%M:%S")?)),
        "to_iso8601_string" => {
            let text = it.iso('T');
            let is_utc = zone.as_ref().is_some_and(|it| it.name() == "UTC");
            Some(Value::text(match text.strip_suffix("+00:00") {
                Some(plain) if is_utc => format!("{plain}Z"),
                _ => text,
            }))
        }
        "format" => Some(Value::text(formatted(it, &args.text("fmt", 0)?)?)),
        "add" | "subtract" => same(moved(*at, args, name == "add")?),
        "start_of" => same(start(*at, &args.text("unit", 0)?)?),
        "end_of" => same(end(*at, &args.text("unit", 0)?)?),
        _ => {
            let to = match args.get("tz", 0)? {
                Value::Moment(it) => match &**it {
                    Moment::Zone(it) => it.clone(),
                    _ => return None,
                },
                other => Zone::Region(other.as_text()?.to_string(), Maker::Pendulum),
            };
            let instant = if zone.is_some() { it.instant()? } else { micros(*at) };
            in_zone(instant, Some(to)).map(Into::into)
        }
    }
}

/// `at.add(months=1, days=-1)`; times of a zone are moved on its clock.
fn moved(at: civil::DateTime, args: &Args<'_>, later: bool) -> Option<civil::DateTime> {
    if args.named.iter().any(|(name, _)| !UNITS.contains(&&**name)) {
        return None;
    }
    let sign = if later { 1 } else { -1 };
    by_units(at, |name| args.named(name).map_or(Some(0), Value::as_int), sign)
}

/// Units of spans, those that come first in an addition first.
pub(super) const UNITS: [&str; 8] =
    ["years", "months", "weeks", "days", "hours", "minutes", "seconds", "microseconds"];

/// `at`, moved by so many of each unit, one after the other, as the signs of units may differ.
pub(super) fn by_units(
    at: civil::DateTime,
    count: impl Fn(&str) -> Option<i128>,
    sign: i128,
) -> Option<civil::DateTime> {
    let number = |name: &str| i64::try_from(count(name)?.checked_mul(sign)?).ok();
    let months = number("years")?.checked_mul(12)?.checked_add(number("months")?)?;
    let mut out = at.checked_add(Span::new().try_months(months).ok()?).ok()?;
    for unit in UNITS.iter().skip(2) {
        let count = number(unit)?;
        let span = match *unit {
            "weeks" => Span::new().try_weeks(count),
            "days" => Span::new().try_days(count),
            "hours" => Span::new().try_hours(count),
            "minutes" => Span::new().try_minutes(count),
            "seconds" => Span::new().try_seconds(count),
            _ => Span::new().try_microseconds(count),
        };
        out = out.checked_add(span.ok()?).ok()?;
    }
    Some(out)
}

fn start(at: civil::DateTime, unit: &str) -> Option<civil::DateTime> {
    let date = at.date();
    let (hour, minute) = (at.hour(), at.minute());
    let midnight = |it: civil::Date| Some(it.to_datetime(civil::Time::midnight()));
    match unit {
        "second" => Some(date.at(hour, minute, at.second(), 0)),
        "minute" => Some(date.at(hour, minute, 0, 0)),
        "hour" => Some(date.at(hour, 0, 0, 0)),
        "day" => midnight(date),
        "week" => midnight(
            date.checked_sub(i64::from(date.weekday().to_monday_zero_offset()).days()).ok()?,
        ),
        "month" => midnight(date.first_of_month()),
        "year" => midnight(date.first_of_year()),
        _ => None,
    }
}

/// The last microsecond of the unit.
fn end(at: civil::DateTime, unit: &str) -> Option<civil::DateTime> {
    let first = start(at, unit)?;
    let next = match unit {
        "second" => 1.second(),
        "minute" => 1.minute(),
        "hour" => 1.hour(),
        "day" => 1.day(),
        "week" => 1.week(),
        "month" => 1.month(),
        _ => 1.year(),
    };
    first.checked_add(next).ok()?.checked_sub(1.microsecond()).ok()
}

/// The tokens of `format` that are known.
fn formatted(it: &Moment, format: &str) -> Option<String> {
    const TOKENS: [(&str, &str); 19] = [
        ("YYYY", "%Y"),
        ("YY", "%y"),
        ("MMMM", "%B"),
        ("MMM", "%b"),
        ("MM", "%m"),
        ("M", "%-m"),
        ("DDDD", "%j"),
        ("DD", "%d"),
        ("D", "%-d"),
        ("dddd", "%A"),
        ("ddd", "%a"),
        ("HH", "%H"),
        ("H", "%-H"),
        ("hh", "%I"),
        ("mm", "%M"),
        ("ss", "%S"),
        ("A", "%p"),
        ("SSSSSS", "%f"),
        ("ZZ", "%z"),
    ];
    let (mut out, mut rest) = (String::new(), format);
    while let Some(first) = rest.chars().next() {
        if let Some((literal, after)) = rest.strip_prefix('[').and_then(|it| it.split_once(']')) {
            out.push_str(literal);
            rest = after;
            continue;
        }
        let token = TOKENS.iter().find(|(token, _)| rest.starts_with(token));
        match token {
            Some((token, directive)) => {
                out.push_str(&it.formatted(directive)?);
                rest = rest.get(token.len()..)?;
            }
            None if first.is_ascii_alphabetic() => return None,
            None => {
                out.push(first);
                rest = rest.get(first.len_utf8()..)?;
            }
        }
    }
    Some(out)
}
