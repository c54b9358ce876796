//! Unquoted dates and times. Source: `timestamp` in `PyYAML`'s resolver.py and constructor.py; the ISO text is pydantic's.

use jiff::civil::{Date, DateTime};

/// The ISO text of `2024-01-02`, or of `2024-1-2 3:04:05.6 +02:00` with two digits each and six of a fraction; `None` for
/// anything else, which is a text.
pub(super) fn read(text: &str) -> Option<String> {
    if text.len() == 10 && !text.contains(['T', 't', ' ', '\t']) {
        return day(text, 2).map(|it| it.to_string());
    }
    let (date, clock) = match text.split_once(['T', 't']) {
        Some(parts) => parts,
        None => text.split_once([' ', '\t']).map(|(date, it)| (date, it.trim_start()))?,
    };
    let end = clock.find(|it: char| !it.is_ascii_digit() && !":.".contains(it));
    let (clock, zone) = clock.split_at_checked(end.unwrap_or(clock.len()))?;
    Some(format!("{}{}", moment(day(date, 1)?, clock)?, offset(zone.trim_start())?))
}

/// `2024-01-02`, where month and day have at least `least` digits.
fn day(text: &str, least: usize) -> Option<Date> {
    let mut parts = text.split('-');
    let year = number(parts.next()?, 4, 4)?;
    let [month, day] = [number(parts.next()?, least, 2)?, number(parts.next()?, least, 2)?];
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
    date.filter(|_| parts.next().is_none())
}

/// `3:04:05.6` of that day; what is finer than a microsecond is cut off.
fn moment(date: Date, clock: &str) -> Option<String> {
    let (whole, fraction) = clock.split_once('.').unwrap_or((clock, ""));
    let mut parts = whole.split(':');
    let mut next = |least| number(parts.next()?, least, 2).and_then(|it| i8::try_from(it).ok());
    let (hour, minute, second) = (next(1)?, next(2)?, next(2)?);
    if parts.next().is_some() || !fraction.bytes().all(|it| it.is_ascii_digit()) {
        return None;
    }
    let micros = format!("{fraction:0<6}").get(..6)?.to_owned();
    // jiff takes the leap second, Python does not
    let time = date.to_datetime(jiff::civil::Time::new(hour, minute, second, 0).ok()?);
    let part = if micros == "000000" { String::new() } else { format!(".{micros}") };
    Some(format!("{}{part}", written(time)))
}

fn written(time: DateTime) -> impl std::fmt::Display {
    time.strftime("%Y-%m-%dT%H:%M:%S")
}

/// Nothing, `Z`, `+2` or `-05:30`; no offset at all is `Z` too.
fn offset(text: &str) -> Option<String> {
    if text.is_empty() {
        return Some(String::new());
    }
    let sign = text.chars().next().filter(|it| "+-".contains(*it));
    let Some(sign) = sign else { return (text == "Z").then(|| "Z".to_owned()) };
    let (hours, minutes) = text.get(1..)?.split_once(':').unwrap_or((text.get(1..)?, "00"));
    match (number(hours, 1, 2)?, number(minutes, 2, 2)?) {
        (0, 0) => Some("Z".to_owned()),
        (hours, minutes) => Some(format!("{sign}{hours:02}:{minutes:02}")),
    }
}

/// A number of `least` to `most` digits.
fn number(text: &str, least: usize, most: usize) -> Option<i16> {
    let fits = (least..=most).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_digit());
    fits.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_timestamp_is_written_as_prefect_registers_it() {
        for (text, want) in [
            ("2024-01-02", "2024-01-02"),
            ("2024-01-02 03:04:05", "2024-01-02T03:04:05"),
            ("2024-1-2T3:04:05.5+02:00", "2024-01-02T03:04:05.500000+02:00"),
            ("2024-01-02t03:04:05.1234567Z", "2024-01-02T03:04:05.123456Z"),
            ("2024-01-02  03:04:05. +5", "2024-01-02T03:04:05+05:00"),
            ("2024-01-02 03:04:05 -00:00", "2024-01-02T03:04:05Z"),
        ] {
            assert_eq!(read(text).as_deref(), Some(want), "{text}");
        }
    }

    #[test]
    fn what_pyyaml_takes_for_no_timestamp_is_a_text() {
        for text in [
            "2024-1-2",
            "2024-01-02 03:04",
            "2024-01-02T 03:04:05",
            "2024-01-02 03:04:05 UTC",
            "2024-13-02",
            "2024-01-02 25:00:00",
            "20240102",
            "2024-01-02 03:04:05 +02:00:00",
            "größer-wert-1",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
