//! `dateutil.rrule`: rules of recurrence and their text.

use crate::evaluate::call::Args;
use crate::evaluate::files;
use crate::evaluate::machine::{Eval, Machine};
use crate::evaluate::value::{Object, Value};

const FREQUENCIES: [&str; 7] =
    ["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY"];

const DAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/// `dateutil.rrule.DAILY`, `dateutil.rrule.MO`
pub(in crate::evaluate) fn constant<'a>(machine: &Machine<'a>, dotted: &str) -> Option<Value<'a>> {
    let name = dotted.strip_prefix("dateutil.")?;
    let name = name.strip_prefix("rrule.").or_else(|| name.strip_prefix("relativedelta."))?;
    let number = |it: usize| i128::try_from(it).ok().map(Value::Int);
    if let Some(at) = FREQUENCIES.iter().position(|it| *it == name) {
        return number(at);
    }
    DAYS.contains(&name).then(|| day(machine, name))
}

fn day<'a>(machine: &Machine<'a>, name: &str) -> Value<'a> {
    files::object(machine.at, "dateutil.rrule.weekday", [("text", Value::text(name))])
}

/// The day of the week, from Monday, and which of them: `MO` is the first one.
pub(super) fn weekday(it: &Value<'_>) -> Option<(i64, i64)> {
    let Value::Object(it) = it else {
        return it.as_int().and_then(|it| Some((i64::try_from(it).ok()?, 1)));
    };
    let text = text(it)?;
    let (nth, name) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let day = DAYS.iter().position(|it| *it == name)?;
    let nth = if nth.is_empty() { Some(1) } else { nth.parse().ok().filter(|it| *it != 0) };
    Some((i64::try_from(day).ok()?, nth?))
}

/// `MO(-1)`: the last Monday.
pub(in crate::evaluate) fn nth<'a>(
    machine: &Machine<'a>,
    it: &Object<'a>,
    args: &Args<'a>,
) -> Value<'a> {
    let text = it.fields.borrow().get("text").and_then(Value::as_text).cloned().unwrap_or_default();
    match args.get("n", 0).and_then(Value::as_int) {
        Some(count) => day(machine, &format!("{count:+}{text}")),
        None => machine.unknown("a day of the week"),
    }
}

/// `rrule(…)`, `rrulestr(…)`
pub(in crate::evaluate) fn make<'a>(
    machine: &mut Machine<'a>,
    dotted: &str,
    args: &Args<'a>,
) -> Option<Eval<'a>> {
    let name = dotted.strip_prefix("dateutil.rrule.")?;
    if let Some(unknown) = args.unknown() {
        return Some(Ok(unknown.clone()));
    }
    let text = match name {
        "rrule" => rule(machine, args),
        "rrulestr" => args.text("s", 0).and_then(|it| read(&it, args)),
        _ => return None,
    };
    Some(Ok(match text {
        Some(text) => {
            files::object(machine.at, "dateutil.rrule.rrule", [("text", Value::text(text))])
        }
        None => machine.unknown(format!("the result of `{dotted}`")),
    }))
}

/// The text of a rule, as `str(rule)` writes it.
pub(in crate::evaluate) fn text(it: &Object<'_>) -> Option<String> {
    it.fields.borrow().get("text").and_then(Value::as_text).map(ToString::to_string)
}

fn stamp(it: &Value<'_>) -> Option<String> {
    let Value::Moment(it) = it else { return None };
    it.formatted("%Y%m%dT%H%M%S")
}

/// Parts that are lists: parameter, name, place.
const LISTS: [(&str, &str, usize); 9] = [
    ("bysetpos", "BYSETPOS", 6),
    ("bymonth", "BYMONTH", 7),
    ("bymonthday", "BYMONTHDAY", 8),
    ("byyearday", "BYYEARDAY", 9),
    ("byweekno", "BYWEEKNO", 11),
    ("byweekday", "BYDAY", 12),
    ("byhour", "BYHOUR", 13),
    ("byminute", "BYMINUTE", 14),
    ("bysecond", "BYSECOND", 15),
];

/// Source: `rrule.__str__`: the parts in this order, those that are not given left out.
fn rule(machine: &Machine<'_>, args: &Args<'_>) -> Option<String> {
    let frequency = args.get("freq", 0)?.as_int().and_then(|it| usize::try_from(it).ok())?;
    let mut parts = vec![format!("FREQ={}", FREQUENCIES.get(frequency)?)];
    let number = |name: &str, at: usize| args.get(name, at).and_then(Value::as_int);
    if let Some(it) = number("interval", 2).filter(|it| *it != 1) {
        parts.push(format!("INTERVAL={it}"));
    }
    if let Some(it) = args.get("wkst", 3).filter(|it| !it.is_none()) {
        // dateutil leaves out the Monday that is the default
        let day = day_name(it)?;
        parts.extend(Some(format!("WKST={day}")).filter(|_| day != "MO"));
    }
    if let Some(it) = number("count", 4) {
        parts.push(format!("COUNT={it}"));
    }
    if let Some(it) = args.get("until", 5).filter(|it| !it.is_none()) {
        parts.push(format!("UNTIL={}", stamp(it)?));
    }
    for (name, shown, at) in LISTS {
        let Some(it) = args.get(name, at).filter(|it| !it.is_none()) else { continue };
        parts.push(format!("{shown}={}", list(it, name == "byweekday")?));
    }
    let start = if let Some(it) = args.get("dtstart", 1).filter(|it| !it.is_none()) {
        stamp(it)?
    } else {
        let now = machine.settings.now?.as_microsecond();
        let now = super::present::in_zone(i128::from(now), None)?;
        now.formatted("%Y%m%dT%H%M%S")?
    };
    Some(format!("DTSTART:{start}\nRRULE:{}", parts.join(";")))
}

fn list(it: &Value<'_>, days: bool) -> Option<String> {
    let all = match it {
        Value::List(it) => it.borrow().clone(),
        Value::Tuple(it) => it.to_vec(),
        other => vec![other.clone()],
    };
    let shown =
        |it: &Value<'_>| if days { day_name(it) } else { it.as_int().map(|it| it.to_string()) };
    Some(all.iter().map(shown).collect::<Option<Vec<_>>>()?.join(","))
}

fn day_name(it: &Value<'_>) -> Option<String> {
    match it {
        Value::Object(it) => text(it),
        other => {
            let at = usize::try_from(other.as_int()?).ok()?;
            DAYS.get(at).map(|it| (*it).to_owned())
        }
    }
}

/// The rule of a text, in the order that a rule is written in; `None` for sets of rules.
fn read(text: &str, args: &Args<'_>) -> Option<String> {
    const ORDER: [&str; 14] = [
        "FREQ",
        "INTERVAL",
        "WKST",
        "COUNT",
        "UNTIL",
        "BYSETPOS",
        "BYMONTH",
        "BYMONTHDAY",
        "BYYEARDAY",
        "BYWEEKNO",
        "BYDAY",
        "BYHOUR",
        "BYMINUTE",
        "BYSECOND",
    ];
    let (mut start, mut rule) = (args.get("dtstart", 1).and_then(stamp), None);
    for line in text.lines().map(str::trim).filter(|it| !it.is_empty()) {
        match line.split_once(':') {
            Some(("DTSTART", it)) => start = Some(it.to_owned()),
            Some(("RRULE", it)) if rule.is_none() => rule = Some(it),
            None if rule.is_none() => rule = Some(line),
            _ => return None,
        }
    }
    let given: Vec<(&str, &str)> =
        rule?.split(';').map(|it| it.split_once('=')).collect::<Option<_>>()?;
    if given.iter().any(|(name, _)| !ORDER.contains(name)) {
        return None;
    }
    let parts: Vec<String> = ORDER
        .iter()
        .filter_map(|name| given.iter().find(|(it, _)| it == name))
        .filter(|it| !matches!(it, ("INTERVAL", "1") | ("WKST", "MO")))
        .map(|(name, it)| format!("{name}={it}"))
        .collect();
    Some(format!("DTSTART:{}\nRRULE:{}", start?, parts.join(";")))
}
