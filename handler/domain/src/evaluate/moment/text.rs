//! Times and spans as texts.

use jiff::civil;

use super::{Moment, make};
use crate::evaluate::value::Value;

/// Hour and minute, and what follows as far as it is not zero.
pub(super) fn parts(it: civil::Time) -> String {
    let micros = it.subsec_nanosecond() / 1000;
    let mut out = format!("{}, {}", it.hour(), it.minute());
    if it.second() != 0 || micros != 0 {
        out = format!("{out}, {}", it.second());
    }
    if micros != 0 {
        out = format!("{out}, {micros}");
    }
    out
}

/// The date, time or both that a text is, as documents write them.
pub(in crate::evaluate) fn of_text<'a>(text: &str) -> Option<Value<'a>> {
    if let Ok(it) = text.parse::<civil::Date>()
        && text.len() <= 10
    {
        return Some(Moment::Date(it).into());
    }
    if let (Ok(it), false) = (text.parse::<civil::Time>(), text.contains('-')) {
        return Some(Moment::Time(it).into());
    }
    make::of_iso(text).map(Into::into)
}

/// `HH:MM:SS[.ffffff]`
pub(super) fn clock(it: civil::Time) -> String {
    let micros = it.subsec_nanosecond() / 1000;
    let rest = if micros == 0 { String::new() } else { format!(".{micros:06}") };
    format!("{:02}:{:02}:{:02}{rest}", it.hour(), it.minute(), it.second())
}

/// An ISO 8601 duration, as pydantic writes it.
#[expect(clippy::format_push_string, reason = "a short text in pieces")]
pub(super) fn duration(micros: i128) -> String {
    let sign = if micros < 0 { "-" } else { "" };
    let all = micros.unsigned_abs();
    let (days, rest) = (all / 86_400_000_000, all % 86_400_000_000);
    let (seconds, micros) = (rest / 1_000_000, rest % 1_000_000);
    let mut out = format!("{sign}P");
    if days > 0 {
        out.push_str(&format!("{days}D"));
    }
    if rest > 0 || days == 0 {
        out.push('T');
        for (count, unit) in [(seconds / 3600, 'H'), (seconds / 60 % 60, 'M')] {
            if count > 0 {
                out.push_str(&format!("{count}{unit}"));
            }
        }
        let fraction = format!(".{micros:06}");
        let fraction = if micros == 0 { "" } else { fraction.trim_end_matches('0') };
        if seconds % 60 > 0 || micros > 0 || rest == 0 {
            out.push_str(&format!("{}{fraction}S", seconds % 60));
        }
    }
    out
}
