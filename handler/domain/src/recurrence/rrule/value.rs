//! The parts of a rule: `FREQ=DAILY;INTERVAL=2`.

use super::Facts;

const FREQUENCIES: [&str; 7] =
    ["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY"];
const DAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/// What is in the rule `text`; `start` is whether its `DTSTART` has a time zone.
pub(super) fn rule(text: &str, start: Option<bool>) -> Result<Facts, String> {
    let mut frequency = None;
    let mut counted = false;
    for part in text.split(';') {
        let pair = part.split_once('=').filter(|(_, value)| !value.contains('='));
        let (name, value) = pair.ok_or_else(|| format!("`{part}` is not `NAME=VALUE`"))?;
        match name {
            "FREQ" => frequency = Some(one_of(name, value, &FREQUENCIES)?),
            "COUNT" => {
                number(name, value)?;
                counted = true;
            }
            "UNTIL" => until(value, start)?,
            other => part_of(other, value)?,
        }
    }
    let wanted = || format!("it has no `FREQ=`: one of {}", FREQUENCIES.join(", "));
    let frequency = frequency.ok_or_else(wanted)?;
    let short = matches!(frequency, "MINUTELY" | "SECONDLY");
    if !short && frequency != "HOURLY" {
        times(text)?;
    }
    let fine = short || starts_a_day(text, frequency) > MOST_A_DAY;
    Ok(Facts { started: start.is_some(), counted, fine })
}

/// More starts a day than this are as fine as minutes: from 2020 on, where a rule without DTSTART begins, a server counts them all.
const MOST_A_DAY: usize = 4 * 24;

/// How often a rule that is not finer than hourly starts on a day that it starts on.
fn starts_a_day(text: &str, frequency: &str) -> usize {
    let count = |wanted: &str| {
        let mut pairs = text.split(';').filter_map(|it| it.split_once('='));
        pairs.find(|(name, _)| *name == wanted).map(|(_, value)| value.split(',').count())
    };
    let hours = count("BYHOUR").unwrap_or(if frequency == "HOURLY" { 24 } else { 1 });
    let one = |wanted: &str| count(wanted).unwrap_or(1);
    hours.saturating_mul(one("BYMINUTE")).saturating_mul(one("BYSECOND"))
}

fn part_of(name: &str, value: &str) -> Result<(), String> {
    match name {
        "INTERVAL" if number(name, value)? < 1 => {
            // both servers take it: then 0 hangs the scheduler, and a negative one stops it with an error (measured)
            Err("`INTERVAL` must be at least 1: any other stops the server's scheduler".to_owned())
        }
        "INTERVAL" => Ok(()),
        "WKST" => one_of(name, value, &DAYS).map(drop),
        "BYDAY" | "BYWEEKDAY" => value.split(',').try_for_each(|it| day(name, it)),
        "BYSETPOS" => value.split(',').try_for_each(|it| match number(name, it)? {
            -366..=-1 | 1..=366 => Ok(()),
            _ => Err(format!("`{name}` must be from 1 to 366 or from -366 to -1, this is `{it}`")),
        }),
        "BYMONTH" | "BYMONTHDAY" | "BYYEARDAY" | "BYEASTER" | "BYWEEKNO" | "BYHOUR"
        | "BYMINUTE" | "BYSECOND" => value.split(',').try_for_each(|it| number(name, it).map(drop)),
        other => Err(format!("`{other}` is no part of a rule")),
    }
}

/// Hours, minutes and seconds of a rule that is not finer than daily.
fn times(text: &str) -> Result<(), String> {
    let bounds = [("BYHOUR", 23), ("BYMINUTE", 59), ("BYSECOND", 59)];
    for (name, value) in text.split(';').filter_map(|it| it.split_once('=')) {
        let Some((_, most)) = bounds.iter().find(|(it, _)| *it == name) else { continue };
        for it in value.split(',') {
            if !(0..=*most).contains(&number(name, it)?) {
                return Err(format!("`{name}` must be from 0 to {most}, this is `{it}`"));
            }
        }
    }
    Ok(())
}

fn one_of<'a>(name: &str, value: &'a str, known: &[&str]) -> Result<&'a str, String> {
    let wrong = || format!("`{name}` must be one of {}, this is `{value}`", known.join(", "));
    known.contains(&value).then_some(value).ok_or_else(wrong)
}

/// As Python's `int` reads it: with a sign, and with `_` between digits.
fn number(name: &str, text: &str) -> Result<i64, String> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let fits =
        digits.split('_').all(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()));
    let number = text.replace('_', "").parse().ok().filter(|_| fits);
    number.ok_or_else(|| format!("`{name}` must be whole numbers, this is `{text}`"))
}

/// `MO`, `-1FR` or `MO(+1)`.
fn day(name: &str, text: &str) -> Result<(), String> {
    let wrong = || format!("`{name}` must be days as `MO` or `-1FR`, this is `{text}`");
    let (day, nth) = if let Some((day, rest)) = text.split_once('(') {
        (day, rest.get(..rest.len().saturating_sub(1)).unwrap_or_default())
    } else {
        let at = text.find(|it: char| !"+-0123456789".contains(it)).ok_or_else(wrong)?;
        let (nth, day) = text.split_at_checked(at).ok_or_else(wrong)?;
        (day, if nth.is_empty() { "1" } else { nth })
    };
    let sound = DAYS.contains(&day) && number(name, nth).is_ok_and(|it| it != 0);
    sound.then_some(()).ok_or_else(wrong)
}

fn until(value: &str, start: Option<bool>) -> Result<(), String> {
    let aware = date("UNTIL", value)?;
    match start {
        Some(true) if !aware => {
            Err("`UNTIL` must end in `Z`, since DTSTART has a time zone".to_owned())
        }
        Some(false) if aware => {
            Err("`UNTIL` must not end in `Z`, since DTSTART has no time zone".to_owned())
        }
        _ => Ok(()),
    }
}

/// Whether the date `text` has a time zone. dateutil reads many ways to write one: only what is surely none is refused.
pub(super) fn date(name: &str, text: &str) -> Result<bool, String> {
    let (plain, aware) = text.strip_suffix('Z').map_or((text, false), |it| (it, true));
    let compact = plain.bytes().all(|it| it.is_ascii_digit() || it == b'T') && plain.len() >= 8;
    let sound = if compact {
        plain.parse::<jiff::civil::Date>().is_ok()
    } else {
        plain.contains(|it: char| it.is_ascii_digit())
    };
    if sound {
        Ok(aware)
    } else {
        Err(format!("`{name}` must be a date as 20260101T000000, this is `{text}`"))
    }
}
