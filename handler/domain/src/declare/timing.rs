//! When a schedule runs: `cron`, `interval` or `rrule`.

use serde_json::Value;

use super::duration::{Reader, seconds};
use super::template::is_open;
use super::{Context, timezone, typed};
use crate::desired::Timing;
use crate::diagnostic::{Diagnostic, rules};
use crate::recurrence::{cron, rrule};
use crate::yaml::Node;

/// The one timing of the schedule `node`; `None` with a finding, or when it waits for a variable of the server.
pub(super) fn read(
    context: &Context<'_>,
    node: &Node,
    found: &mut Vec<Diagnostic>,
) -> Option<Timing> {
    let keys = ["cron", "interval", "rrule"];
    let given: Vec<(&str, &Node)> = keys
        .into_iter()
        .filter_map(|it| Some((it, node.get(it)?)))
        .filter(|(_, it)| !it.is_null())
        .collect();
    let &[(kind, value)] = given.as_slice() else {
        let message = format!(
            "a schedule has exactly one of `cron`, `interval` and `rrule`, this has {}",
            given.len()
        );
        found.push(context.error(rules::SCHEDULE_KIND, node.at, message));
        return None;
    };
    let timezone = timezone::read(context, node, found);
    match kind {
        "cron" => cron_timing(context, node, value, timezone, found),
        "interval" => interval_timing(context, node, value, timezone, found),
        _ => rrule_timing(context, value, timezone, found),
    }
}

fn cron_timing(
    context: &Context<'_>,
    node: &Node,
    value: &Node,
    timezone: Option<String>,
    found: &mut Vec<Diagnostic>,
) -> Option<Timing> {
    let Some(text) = value.as_str() else {
        let message = format!("`cron` must be a text, this is {}", value.type_name());
        found.push(context.error(rules::FIELD_TYPE, value.at, message).hint("quote it"));
        return None;
    };
    if !is_open(context, text)
        && let Some(fault) = cron::fault(text)
    {
        found.push(context.error(rules::CRON, value.at, format!("invalid cron string: {fault}")));
        return None;
    }
    if text.split_whitespace().count() > 5 {
        let message = "a sixth field is seconds, and comes last";
        found.push(context.warning(rules::CRON_SECONDS, value.at, message));
    }
    timezone::missing(context, node, value, found);
    let day_or = node.get("day_or").and_then(|it| typed::flag(context, "day_or", it, found));
    Some(Timing::Cron { cron: text.to_owned(), timezone, day_or: day_or.unwrap_or(true) })
}

fn interval_timing(
    context: &Context<'_>,
    node: &Node,
    value: &Node,
    timezone: Option<String>,
    found: &mut Vec<Diagnostic>,
) -> Option<Timing> {
    if value.as_str().is_some_and(|it| is_open(context, it)) {
        return None;
    }
    let Some(seconds) = seconds(value, Reader::Two).filter(|it| *it > 0.0 && it.is_finite()) else {
        let message = "`interval` must be a positive number of seconds, `PT1H` or `01:00:00`";
        found.push(context.error(rules::INTERVAL, value.at, message));
        return None;
    };
    let anchor = match node.get("anchor_date").filter(|it| !it.is_null()) {
        None => None,
        Some(node) => Some(anchor(context, node, found)?),
    };
    Some(Timing::Interval { seconds, anchor, timezone })
}

/// The anchor as the server's own client sends it: a missing zone is UTC.
fn anchor(context: &Context<'_>, node: &Node, found: &mut Vec<Diagnostic>) -> Option<String> {
    let text = node.as_str().unwrap_or_default();
    if is_open(context, text) || text.parse::<jiff::Timestamp>().is_ok() {
        return Some(text.to_owned());
    }
    let Ok(plain) = text.parse::<jiff::civil::DateTime>() else {
        let message = "`anchor_date` must be a date or date-time";
        let found_at = context.error(rules::ANCHOR_DATE, node.at, message);
        found.push(found_at.hint("2026-01-01T00:00:00+00:00"));
        return None;
    };
    let utc = if context.settings.dialect.is_three() { "Z" } else { "+00:00" };
    Some(format!("{}{utc}", plain.strftime("%Y-%m-%dT%H:%M:%S")))
}

fn rrule_timing(
    context: &Context<'_>,
    value: &Node,
    timezone: Option<String>,
    found: &mut Vec<Diagnostic>,
) -> Option<Timing> {
    let text = value.as_str().unwrap_or_default();
    if is_open(context, text) {
        return Some(Timing::RRule { rrule: text.to_owned(), timezone });
    }
    let as_json = in_json(text);
    let (rule, zone) = as_json.as_ref().map_or((text, ""), |it| (it.0.as_str(), it.1.as_str()));
    let timezone = timezone.or_else(|| timezone::named(context, zone, value.at, found));
    match rrule::read(rule) {
        Ok(facts) if facts.started => {}
        Ok(facts) => not_started(context, value, facts, found)?,
        Err(fault) => {
            found.push(context.error(rules::RRULE, value.at, format!("invalid rrule: {fault}")));
            return None;
        }
    }
    Some(Timing::RRule { rrule: rule.to_owned(), timezone })
}

/// Rule and time zone of `{"rrule": "FREQ=DAILY", "timezone": "Europe/Oslo"}`: so the command line of Prefect takes them,
/// and its reader of this key too.
fn in_json(text: &str) -> Option<(String, String)> {
    let map: Value = serde_json::from_str(text).ok().filter(Value::is_object)?;
    let text = |key| map.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    Some((text("rrule"), text("timezone")))
}

/// What a rule without DTSTART leads to; `None` when it cannot be registered.
fn not_started(
    context: &Context<'_>,
    value: &Node,
    facts: rrule::Facts,
    found: &mut Vec<Diagnostic>,
) -> Option<()> {
    if facts.counted {
        let message =
            "`COUNT` counts from DTSTART; without one Prefect starts at 2020, long before now";
        found.push(context.warning(rules::RRULE_COUNT, value.at, message).hint("add a DTSTART"));
    }
    if facts.fine && !context.settings.dialect.is_three() {
        let message = "a rule finer than hourly without DTSTART stops a whole Prefect 2 server";
        let error = context.error(rules::RRULE_WITHOUT_START, value.at, message);
        found.push(error.hint("add a DTSTART near now, or use `interval`"));
        return None;
    }
    Some(())
}
