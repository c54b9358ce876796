//! `datetime`: dates, times, spans and zones.

mod arguments;
mod arithmetic;
mod call;
mod make;
mod packages;
mod pendulum;
mod present;
pub(super) mod recurrence;
pub(super) mod relative;
mod strftime;
mod text;
mod written;
mod zone;

use std::cmp::Ordering;
use std::fmt;

use jiff::civil;

pub(super) use self::arithmetic::binary;
pub(super) use self::call::{attribute, call, has};
pub(super) use self::make::{constant, make};
pub(super) use self::text::of_text;
pub(super) use self::zone::{Maker, Zone};

use self::text::{clock, duration, parts};
use self::zone::offset;
use super::value::Value;

/// A value of `datetime`.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Moment {
    /// `datetime`; without a zone it is naive.
    DateTime(civil::DateTime, Option<Zone>),
    /// `date`
    Date(civil::Date),
    /// `time`
    Time(civil::Time),
    /// `timedelta`, in microseconds.
    Span(i128),
    /// `timezone`, `ZoneInfo`
    Zone(Zone),
}

impl Moment {
    /// What `type(…).__name__` gives.
    pub(super) fn type_name(&self) -> &'static str {
        match self {
            Self::DateTime(..) => "datetime",
            Self::Date(_) => "date",
            Self::Time(_) => "time",
            Self::Span(_) => "timedelta",
            Self::Zone(_) => "timezone",
        }
    }

    /// `bool(…)`
    pub(super) fn truth(&self) -> bool {
        !matches!(self, Self::Span(0))
    }

    /// The instant, in microseconds since 1970, of a time with a zone.
    pub(super) fn instant(&self) -> Option<i128> {
        let Self::DateTime(at, Some(zone)) = self else { return None };
        Some(micros(*at) - i128::from(zone.offset(*at)?) * 1_000_000)
    }

    /// Whether a date or time knows its zone; `None` for other kinds.
    pub(super) fn is_aware(&self) -> Option<bool> {
        if let Self::DateTime(_, zone) = self { Some(zone.is_some()) } else { None }
    }

    /// Whether two are equal: times with zones are when they are the same instant.
    pub(super) fn equals(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::DateTime(_, Some(_)), Self::DateTime(_, Some(_))) => {
                self.instant().is_some() && self.instant() == other.instant()
            }
            _ => self == other,
        }
    }

    /// How two are ordered; `None` for different kinds.
    pub(super) fn order(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::DateTime(a, None), Self::DateTime(b, None)) => Some(a.cmp(b)),
            (Self::DateTime(..), Self::DateTime(..)) => {
                Some(self.instant()?.cmp(&other.instant()?))
            }
            (Self::Date(a), Self::Date(b)) => Some(a.cmp(b)),
            (Self::Time(a), Self::Time(b)) => Some(a.cmp(b)),
            (Self::Span(a), Self::Span(b)) => Some(a.cmp(b)),
            _ => None,
        }
    }

    /// `abs(span)`
    pub(super) fn absolute<'a>(&self) -> Option<Value<'a>> {
        if let Self::Span(it) = self { Some(Self::Span(it.checked_abs()?).into()) } else { None }
    }

    /// `-span`
    pub(super) fn negated<'a>(&self) -> Option<Value<'a>> {
        if let Self::Span(it) = self { Some(Self::Span(-it).into()) } else { None }
    }

    /// What `format(…, spec)` gives.
    pub(super) fn formatted(&self, spec: &str) -> Option<String> {
        strftime::format(self, spec)
    }

    /// What `isoformat()` gives, with `separator` between date and time.
    pub(super) fn iso(&self, separator: char) -> String {
        match self {
            Self::DateTime(at, zone) => {
                let zone =
                    zone.as_ref().and_then(|it| it.offset(*at)).map(offset).unwrap_or_default();
                format!("{}{separator}{}{zone}", at.date(), clock(at.time()))
            }
            Self::Date(it) => it.to_string(),
            Self::Time(it) => clock(*it),
            Self::Span(_) | Self::Zone(_) => self.to_string(),
        }
    }

    /// What `isoformat(timespec=…)` gives.
    pub(super) fn iso_to(&self, separator: char, parts: &str) -> Option<String> {
        let clock = match parts {
            "auto" => return Some(self.iso(separator)),
            "hours" => "%H",
            "minutes" => "%H:%M",
            "seconds" => "%H:%M:%S",
            "milliseconds" | "microseconds" => "%H:%M:%S.%f",
            _ => return None,
        };
        let mut clock = self.formatted(clock)?;
        if parts == "milliseconds" {
            clock.truncate(clock.len().saturating_sub(3));
        }
        match self {
            Self::DateTime(at, zone) => {
                let zone =
                    zone.as_ref().and_then(|it| it.offset(*at)).map(offset).unwrap_or_default();
                Some(format!("{}{separator}{clock}{zone}", at.date()))
            }
            Self::Time(_) => Some(clock),
            _ => None,
        }
    }

    /// `total_seconds()` of a span.
    #[expect(clippy::cast_precision_loss, reason = "as Python's total_seconds")]
    pub(super) fn seconds(&self) -> Option<f64> {
        if let Self::Span(it) = self { Some(*it as f64 / 1e6) } else { None }
    }

    /// As pydantic 2 writes it, or else the encoder of Prefect 2's own client.
    pub(super) fn to_json(&self, new: bool) -> serde_json::Value {
        match self {
            Self::DateTime(at, Some(zone)) if new && zone.offset(*at) == Some(0) => {
                let text = self.iso('T');
                format!("{}Z", text.strip_suffix("+00:00").unwrap_or(&text)).into()
            }
            #[expect(clippy::cast_precision_loss, reason = "as Python's total_seconds")]
            Self::Span(it) if !new => (*it as f64 / 1e6).into(),
            Self::Span(it) => duration(*it).into(),
            other => other.iso('T').into(),
        }
    }

    /// What `repr(…)` gives.
    pub(super) fn repr(&self) -> String {
        match self {
            Self::Span(0) => "datetime.timedelta(0)".to_owned(),
            Self::Span(it) => {
                let parts = [
                    ("days", it.div_euclid(86_400_000_000)),
                    ("seconds", it.rem_euclid(86_400_000_000) / 1_000_000),
                    ("microseconds", it.rem_euclid(1_000_000)),
                ];
                let shown = parts.iter().filter(|(_, it)| *it != 0);
                let shown: Vec<String> = shown.map(|(name, it)| format!("{name}={it}")).collect();
                format!("datetime.timedelta({})", shown.join(", "))
            }
            Self::Zone(Zone::Fixed(0)) => "datetime.timezone.utc".to_owned(),
            Self::Zone(Zone::Fixed(it)) => {
                let span = Self::Span(i128::from(*it) * 1_000_000).repr();
                format!("datetime.timezone({span})")
            }
            Self::Zone(Zone::Region(it, _)) => format!("zoneinfo.ZoneInfo(key='{it}')"),
            Self::Date(it) => format!("datetime.date({}, {}, {})", it.year(), it.month(), it.day()),
            Self::Time(it) => format!("datetime.time({})", parts(*it)),
            Self::DateTime(at, zone) => {
                let (date, clock) = (at.date(), parts(at.time()));
                let zone = zone.clone().map(|it| format!(", tzinfo={}", Self::Zone(it).repr()));
                let (year, month, day) = (date.year(), date.month(), date.day());
                let zone = zone.unwrap_or_default();
                format!("datetime.datetime({year}, {month}, {day}, {clock}{zone})")
            }
        }
    }
}

/// The start of 1970.
const EPOCH: civil::DateTime = civil::datetime(1970, 1, 1, 0, 0, 0, 0);

/// Microseconds since 1970, as if at UTC.
pub(super) fn micros(at: civil::DateTime) -> i128 {
    at.duration_since(EPOCH).as_micros()
}

/// The time of so many microseconds since 1970; `None` before the year 1 and after 9999, which Python has not.
fn of_micros(it: i128) -> Option<civil::DateTime> {
    let since = jiff::SignedDuration::from_micros(i64::try_from(it).ok()?);
    EPOCH.checked_add(since).ok().filter(|it| it.year() >= 1)
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Span(it) => {
                let (days, rest) = (it.div_euclid(86_400_000_000), it.rem_euclid(86_400_000_000));
                let plural = if days.abs() == 1 { "" } else { "s" };
                if days != 0 {
                    write!(f, "{days} day{plural}, ")?;
                }
                let (seconds, micros) = (rest / 1_000_000, rest % 1_000_000);
                write!(f, "{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)?;
                if micros == 0 { Ok(()) } else { write!(f, ".{micros:06}") }
            }
            Self::Zone(it) => f.write_str(&it.name()),
            other => f.write_str(&other.iso(' ')),
        }
    }
}

impl From<Moment> for Value<'_> {
    fn from(it: Moment) -> Self {
        Self::Moment(std::rc::Rc::new(it))
    }
}
