//! `datetime(…)`, `date(…)`, `time(…)`, `timedelta(…)`, `timezone(…)`, and what their classes give.

use jiff::civil;

use super::arguments::{date, datetime, fixed, span, time, zone};
use super::present::{current, stamp};
use super::{Moment, Zone, of_micros, packages, strftime};
use crate::evaluate::call::Args;
use crate::evaluate::machine::{Eval, Machine};
use crate::evaluate::value::Value;

/// What is a value of itself: `timezone.utc`.
pub(in crate::evaluate) fn constant<'a>(dotted: &str) -> Option<Value<'a>> {
    Some(match dotted {
        "datetime.datetime.min" => {
            Moment::DateTime(civil::date(1, 1, 1).to_datetime(civil::Time::midnight()), None).into()
        }
        "datetime.date.min" => Moment::Date(civil::date(1, 1, 1)).into(),
        "datetime.datetime.max" => {
            let last = civil::Time::new(23, 59, 59, 999_999_000).ok()?;
            Moment::DateTime(civil::date(9999, 12, 31).to_datetime(last), None).into()
        }
        "datetime.date.max" => Moment::Date(civil::date(9999, 12, 31)).into(),
        "datetime.time.min" => Moment::Time(civil::Time::midnight()).into(),
        "datetime.time.max" => Moment::Time(civil::Time::new(23, 59, 59, 999_999_000).ok()?).into(),
        "datetime.timedelta.max" => Moment::Span(86_399_999_999_999_999_999).into(),
        "datetime.timedelta.min" => Moment::Span(-86_399_999_913_600_000_000).into(),
        "dateutil.tz.UTC"
        | "datetime.timezone.utc"
        | "datetime.UTC"
        | "pytz.utc"
        | "pytz.UTC"
        | "pendulum.UTC" => Moment::Zone(Zone::Fixed(0)).into(),
        _ => return None,
    })
}

/// A moment; `None` where the arguments do not make one; an error for what is none.
pub(super) type Answer<'a> = Result<Option<Moment>, Eval<'a>>;

/// What the call `dotted(…)` gives; `None` when it is none of times.
pub(in crate::evaluate) fn make<'a>(
    machine: &mut Machine<'a>,
    dotted: &str,
    args: &Args<'a>,
) -> Option<Eval<'a>> {
    let is_own = dotted.starts_with("datetime.");
    if !is_own && !packages::has(dotted) {
        return None;
    }
    if let Some(unknown) = args.unknown() {
        return Some(Ok(unknown.clone()));
    }
    let made = if is_own {
        of_datetime(machine, dotted, args)
    } else {
        packages::make(machine, dotted, args)
    };
    Some(match made {
        Ok(Some(it)) => Ok(it.into()),
        Ok(None) => machine.raise("ValueError", refusal(dotted, args)),
        Err(other) => other,
    })
}

fn of_datetime<'a>(machine: &Machine<'a>, dotted: &str, args: &Args<'a>) -> Answer<'a> {
    Ok(match dotted {
        "datetime.datetime" => datetime(args),
        "datetime.date" => date(args).map(Moment::Date),
        "datetime.time" => time(args, 0).map(Moment::Time),
        "datetime.timedelta" => span(args).map(Moment::Span),
        "datetime.timezone" => match args.get("offset", 0) {
            Some(Value::Moment(it)) => fixed(it),
            _ => None,
        },
        "datetime.datetime.now"
        | "datetime.datetime.utcnow"
        | "datetime.datetime.today"
        | "datetime.date.today" => current(now(machine)?, dotted, args),
        "datetime.date.fromordinal" => from_ordinal(args).map(Moment::Date),
        "datetime.datetime.fromordinal" => from_ordinal(args)
            .map(|it| Moment::DateTime(it.to_datetime(civil::Time::midnight()), None)),
        "datetime.date.fromisocalendar" | "datetime.datetime.fromisocalendar" => {
            let number = |at: usize| args.positional.get(at).and_then(Value::as_int);
            of_week(number(0), number(1), number(2)).map(Moment::Date)
        }
        "datetime.datetime.fromisoformat" => args.text("date_string", 0).and_then(|it| of_iso(&it)),
        "datetime.date.fromisoformat" => {
            args.text("date_string", 0).and_then(|it| it.parse().ok()).map(Moment::Date)
        }
        "datetime.time.fromisoformat" => {
            args.text("time_string", 0).and_then(|it| it.parse().ok()).map(Moment::Time)
        }
        "datetime.datetime.strptime" => return by_format(machine, args),
        "datetime.datetime.combine" => combined(args),
        "datetime.datetime.fromtimestamp" | "datetime.datetime.utcfromtimestamp" => stamp(args),
        _ => return Err(Ok(machine.unknown(format!("the result of `{dotted}`")))),
    })
}

/// `datetime.strptime(text, format)`
fn by_format<'a>(machine: &Machine<'a>, args: &Args<'a>) -> Answer<'a> {
    let (text, format) = (args.text("date_string", 0), args.text("format", 1));
    let Some((text, format)) = text.zip(format) else { return Ok(None) };
    match strftime::unread(&format) {
        Ok(None) => Ok(strftime::parse(&text, &format)),
        Ok(Some(it)) => Err(Ok(machine.unknown(format!("`%{it}` of a time")))),
        Err(message) => Err(machine.raise("ValueError", message)),
    }
}

/// The clock, in microseconds.
///
/// # Errors
/// With what stands for the time where there is none.
pub(super) fn now<'a>(machine: &Machine<'a>) -> Result<i128, Eval<'a>> {
    let now = machine.settings.now.map(|it| it.as_microsecond().into());
    now.ok_or_else(|| Ok(machine.unknown_with("the time", "give one by --now")))
}

/// Source: the messages of `datetime`.
fn refusal(dotted: &str, args: &Args<'_>) -> String {
    let text = args.positional.first().and_then(Value::as_text);
    let number = |name: &str, at: usize| args.get(name, at).and_then(Value::as_int);
    match (dotted, text) {
        (_, Some(text)) if dotted.ends_with("fromisoformat") => {
            format!("Invalid isoformat string: '{text}'")
        }
        ("datetime.datetime.strptime", Some(text)) => {
            let format = args.text("format", 1).unwrap_or_default();
            format!("time data '{text}' does not match format '{format}'")
        }
        _ if number("month", 1).is_some_and(|it| !(1..=12).contains(&it)) => {
            "month must be in 1..12".to_owned()
        }
        _ if number("day", 2).is_some() => "day is out of range for month".to_owned(),
        _ => format!("{dotted} does not take these values"),
    }
}

/// Days from the first of January of the year 1, which is day 1.
const FIRST: i128 = 719_163;

fn from_ordinal(args: &Args<'_>) -> Option<civil::Date> {
    let it = args.get("n", 0).and_then(Value::as_int)?;
    of_micros(it.checked_sub(FIRST)?.checked_mul(86_400_000_000)?).map(civil::DateTime::date)
}

/// The number of a day.
pub(super) fn ordinal(it: civil::Date) -> i128 {
    super::micros(it.to_datetime(civil::Time::midnight())).div_euclid(86_400_000_000) + FIRST
}

fn of_week(year: Option<i128>, week: Option<i128>, day: Option<i128>) -> Option<civil::Date> {
    let day = civil::Weekday::from_monday_one_offset(i8::try_from(day?).ok()?).ok()?;
    let it =
        civil::ISOWeekDate::new(i16::try_from(year?).ok()?, i8::try_from(week?).ok()?, day).ok()?;
    Some(it.date())
}

/// `2026-01-02`, `2026-01-02T03:04:05+00:00`
pub(super) fn of_iso(text: &str) -> Option<Moment> {
    if let Ok(date) = text.parse::<civil::Date>()
        && text.len() <= 10
    {
        return Some(Moment::DateTime(date.to_datetime(civil::Time::midnight()), None));
    }
    let (plain, seconds) = match text.rfind(['Z', 'z', '+', '-']).filter(|at| *at > 10) {
        Some(at) => {
            let (plain, zone) = text.split_at(at);
            (plain, Some(strftime::offset_seconds(zone)?))
        }
        None => (text, None),
    };
    let at = plain.parse::<civil::DateTime>().ok()?;
    Some(Moment::DateTime(at, seconds.map(Zone::Fixed)))
}

fn combined(args: &Args<'_>) -> Option<Moment> {
    let part = |name: &str, at: usize| match args.get(name, at) {
        Some(Value::Moment(it)) => Some((**it).clone()),
        _ => None,
    };
    let date = match part("date", 0)? {
        Moment::Date(it) => it,
        Moment::DateTime(it, _) => it.date(),
        _ => return None,
    };
    let Moment::Time(time) = part("time", 1)? else { return None };
    Some(Moment::DateTime(date.to_datetime(time), zone(args.get("tzinfo", 2))?))
}
