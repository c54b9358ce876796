//! Durations as the two Prefect versions read them. Source: pydantic 2 (speedate) and pydantic 1, measured.

use serde_json::Value;

use crate::yaml::{Kind, Node};

const DAY: f64 = 86_400.0;
/// Python's `timedelta` ends here.
const MOST: f64 = DAY * 1e9;

/// Which pydantic reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    /// Prefect 3, and the schedules of Prefect 2: `01:30` is an hour and a half.
    Two,
    /// The automations of Prefect 2: `01:30` is a minute and a half.
    One,
}

/// The seconds of a number, an ISO duration or a clock time; below 0 for a negative one.
pub(super) fn seconds(node: &Node, reader: Reader) -> Option<f64> {
    let Kind::Scalar { value, .. } = &node.kind else { return None };
    let seconds = match (value, reader) {
        (Value::Number(number), _) => number.as_f64(),
        (Value::String(text), Reader::Two) => two(text),
        (Value::String(text), Reader::One) => one(text),
        _ => None,
    };
    seconds.filter(|it| it.abs() < MOST)
}

fn two(text: &str) -> Option<f64> {
    let (sign, rest) = signed(text, ['+', '-']);
    let seconds = match rest.strip_prefix('P') {
        Some(parts) => iso(parts)?,
        None => clock(rest).or_else(|| days(rest))?,
    };
    Some(sign * seconds)
}

fn signed(text: &str, signs: [char; 2]) -> (f64, &str) {
    let rest = text.strip_prefix(signs).unwrap_or(text);
    (if text.starts_with('-') { -1.0 } else { 1.0 }, rest)
}

/// `1DT2H`, each part in any order of its half; only the last may have a fraction.
fn iso(parts: &str) -> Option<f64> {
    if parts.split(|it: char| !it.is_ascii_digit()).any(|it| it.len() > 10) {
        return None;
    }
    let (date, time) = parts.split_once('T').unwrap_or((parts, ""));
    let date_units = [('Y', 365.0 * DAY), ('M', 30.0 * DAY), ('W', 7.0 * DAY), ('D', DAY)];
    let time_units = [('H', 3600.0), ('M', 60.0), ('S', 1.0)];
    let date = units(date, &date_units)?;
    let time = units(time, &time_units)?;
    let all: Vec<(f64, bool)> = date.into_iter().chain(time).collect();
    let (_, before) = all.split_last()?;
    let whole = before.iter().all(|(_, fraction)| !fraction);
    whole.then(|| all.iter().map(|(seconds, _)| seconds).sum())
}

/// The seconds of each part, and whether it has a fraction.
fn units(text: &str, known: &[(char, f64)]) -> Option<Vec<(f64, bool)>> {
    let mut out = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|it: char| !it.is_ascii_digit() && !matches!(it, '.' | ','))?;
        let (number, after) = rest.split_at_checked(end)?;
        let unit = after.chars().next()?;
        let (_, seconds) = known.iter().find(|(it, _)| *it == unit)?;
        let whole = number.split(['.', ',']).next().unwrap_or_default();
        if whole.is_empty() {
            return None;
        }
        let amount: f64 = number.replace(',', ".").parse().ok()?;
        out.push((amount * seconds, number.contains(['.', ','])));
        rest = after.get(1..)?;
    }
    Some(out)
}

/// `01:30`, `01:30:15` or `01:30:15.5`: hours first, of at least five characters.
fn clock(text: &str) -> Option<f64> {
    let (hours, rest) = text.split_once(':')?;
    let (minutes, rest) = rest.split_once(':').unwrap_or((rest, "00"));
    let (seconds, fraction) = rest.split_once(['.', ',']).unwrap_or((rest, "0"));
    let digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    let sixty = |it: &str| it.len() == 2 && digits(it) && it < "60";
    let fits = text.len() >= 5 && hours.len() <= 10 && digits(hours) && digits(fraction);
    if !fits || !sixty(minutes) || !sixty(seconds) {
        return None;
    }
    let number = |it: &str| it.parse::<f64>().ok();
    let fraction: String = fraction.chars().take(6).collect();
    let whole = number(hours)? * 3600.0 + number(minutes)? * 60.0 + number(seconds)?;
    Some(whole + number(&format!("0.{fraction}"))?)
}

/// `2 days`, `1d, 01:00:00`
fn days(text: &str) -> Option<f64> {
    let end = text.find(|it: char| !it.is_ascii_digit())?;
    let (number, rest) = text.split_at_checked(end)?;
    let rest = rest.trim_start_matches(' ').to_lowercase();
    let rest = ["days", "day", "d"].iter().find_map(|it| rest.strip_prefix(it))?;
    let rest = rest.trim_start_matches([' ', ',']);
    let time = if rest.is_empty() { 0.0 } else { clock(rest)? };
    Some(number.parse::<f64>().ok()? * DAY + time)
}

fn one(text: &str) -> Option<f64> {
    standard(text).or_else(|| {
        let (sign, rest) = signed(text, ['+', '-']);
        Some(sign * iso_of_one(rest.strip_prefix('P')?)?)
    })
}

/// `5`, `01:30` (a minute and a half), `1 00:00:00`, `2 days, 01:00:00`; every number may be negative.
fn standard(text: &str) -> Option<f64> {
    let (days, rest) = match text.split_once(' ') {
        Some((days, rest)) => {
            let named = rest.strip_prefix("days, ").or_else(|| rest.strip_prefix("day, "));
            (whole(days)?, named.unwrap_or(rest))
        }
        None => (0.0, text),
    };
    let parts: Vec<&str> = rest.split(':').collect();
    let (last, before) = parts.split_last()?;
    let (last, fraction) = last.split_once('.').unwrap_or((last, "0"));
    if before.len() > 2 || fraction.is_empty() || !fraction.bytes().all(|it| it.is_ascii_digit()) {
        return None;
    }
    let mut seconds = 0.0;
    for part in before.iter().chain([&last]) {
        seconds = seconds * 60.0 + whole(part)?;
    }
    let fraction: String = fraction.chars().take(6).collect();
    Some(days * DAY + seconds + format!("0.{fraction}").parse::<f64>().ok()?)
}

fn whole(text: &str) -> Option<f64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let fits = !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit());
    fits.then(|| text.parse().ok()).flatten()
}

/// Days, hours, minutes and seconds in this order, any of them with a fraction, or none at all.
fn iso_of_one(parts: &str) -> Option<f64> {
    let (date, time) = parts.split_once('T').unwrap_or((parts, ""));
    let part = |text: &str, known: &[(char, f64)]| {
        let order: String =
            text.chars().filter(|it| known.iter().any(|(unit, _)| unit == it)).collect();
        let mut units_left = known.iter().map(|(unit, _)| *unit);
        let ordered = order.chars().all(|it| units_left.any(|unit| unit == it));
        let found = units(text, known).filter(|_| ordered && !text.contains(','))?;
        Some(found.iter().map(|(seconds, _)| seconds).sum::<f64>())
    };
    Some(part(date, &[('D', DAY)])? + part(time, &[('H', 3600.0), ('M', 60.0), ('S', 1.0)])?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_as_by_the_two_versions() {
        let rows: Vec<(String, Option<f64>, Option<f64>)> =
            serde_json::from_str(include_str!("tests/durations.json")).unwrap();
        let wrong = rows.iter().filter(|(text, by_two, by_one)| {
            let read = |seconds: Option<f64>| seconds.filter(|it| it.abs() < MOST);
            (read(two(text)), read(one(text))) != (*by_two, *by_one)
        });
        let wrong = wrong.map(|(text, _, _)| (text, two(text), one(text)));
        assert_eq!(wrong.collect::<Vec<_>>(), []);
    }
}
