//! `strftime` and `strptime`.

use jiff::civil;

use super::{Moment, Zone};

/// What `strftime(format)` gives; `None` for a directive that is not known here.
#[expect(clippy::format_push_string, reason = "a short text in pieces")]
pub(super) fn format(it: &Moment, format: &str) -> Option<String> {
    let (at, zone) = match it {
        Moment::DateTime(at, zone) => (*at, zone.as_ref()),
        Moment::Date(at) => (at.to_datetime(civil::Time::midnight()), None),
        Moment::Time(at) => (civil::date(1900, 1, 1).to_datetime(*at), None),
        Moment::Span(_) | Moment::Zone(_) => return None,
    };
    let mut out = String::new();
    let mut chars = format.chars();
    while let Some(it) = chars.next() {
        if it != '%' {
            out.push(it);
            continue;
        }
        match chars.next()? {
            '%' => out.push('%'),
            'f' => out.push_str(&format!("{:06}", at.subsec_nanosecond() / 1000)),
            'z' => {
                if let Some(seconds) = zone.and_then(|it| it.offset(at)) {
                    out.push_str(&super::offset(seconds).replace(':', ""));
                }
            }
            'Z' => out.push_str(&zone.map(Zone::name).unwrap_or_default()),
            '-' => {
                let padded = at.strftime(&format!("%{}", chars.next()?)).to_string();
                let trimmed = padded.trim_start_matches('0');
                out.push_str(if trimmed.is_empty() { "0" } else { trimmed });
            }
            it if "aAbBdHIjmMpSUwWxXyYcGuVDFTRe".contains(it) => match it {
                'c' => out.push_str(&at.strftime("%a %b %e %H:%M:%S %Y").to_string()),
                'x' => out.push_str(&at.strftime("%m/%d/%y").to_string()),
                'X' => out.push_str(&at.strftime("%H:%M:%S").to_string()),
                it => out.push_str(&at.strftime(&format!("%{it}")).to_string()),
            },
            _ => return None,
        }
    }
    Some(out)
}

/// The first directive of `strptime` that is not read here, if any; else why Python refuses the format.
///
/// Source: `_strptime` of Python 3.11.
pub(super) fn unread(format: &str) -> Result<Option<char>, String> {
    const READ: &str = "aAbBdfHImMpSyYz%";
    const KNOWN: &str = "cGjuUVwWxXZ";
    let mut chars = format.chars();
    let mut found = None;
    while let Some(it) = chars.next() {
        if it != '%' {
            continue;
        }
        match chars.next() {
            Some(it) if READ.contains(it) => {}
            Some(it) if KNOWN.contains(it) => found = found.or(Some(it)),
            Some(it) => return Err(format!("'{it}' is a bad directive in format '{format}'")),
            None => return Err(format!("stray % in format '{format}'")),
        }
    }
    Ok(found)
}

/// What `strptime(text, format)` gives.
pub(super) fn parse(text: &str, format: &str) -> Option<Moment> {
    let broken = jiff::fmt::strtime::parse(format, text).ok()?;
    let zone = broken.offset().map(|it| Zone::Fixed(it.seconds()));
    let date = match (broken.year(), broken.month(), broken.day()) {
        (None, None, None) => civil::date(1900, 1, 1),
        (year, month, day) => {
            civil::Date::new(year.unwrap_or(1900), month.unwrap_or(1), day.unwrap_or(1)).ok()?
        }
    };
    let time = broken.to_time().unwrap_or(civil::Time::midnight());
    Some(Moment::DateTime(date.to_datetime(time), zone))
}

/// Seconds of `Z`, `+02:00`, `-0130`.
pub(super) fn offset_seconds(text: &str) -> Option<i32> {
    if text.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let part = |at: usize| digits.get(at..at + 2).map_or(Some(0), |it| it.parse::<i32>().ok());
    digits.get(..2)?;
    Some(sign * (part(0)? * 3600 + part(2)? * 60 + part(4)?))
}
