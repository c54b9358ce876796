//! Time zones of schedules.

use super::Context;
use super::template::is_open;
use crate::diagnostic::{Diagnostic, near_miss, rules};
use crate::recurrence::is_zone;
use crate::yaml::{Mark, Node};

/// The zone that the schedule `node` names.
pub(super) fn read(
    context: &Context<'_>,
    node: &Node,
    found: &mut Vec<Diagnostic>,
) -> Option<String> {
    let zone = node.get("timezone").filter(|it| !it.is_null())?;
    named(context, zone.as_str().unwrap_or_default(), zone.at, found)
}

/// A schedule at a fixed hour without a zone; an hourly one is the same in most.
pub(super) fn missing(
    context: &Context<'_>,
    schedule: &Node,
    cron: &Node,
    found: &mut Vec<Diagnostic>,
) {
    let named = schedule.get("timezone").and_then(Node::as_str).unwrap_or_default();
    if named.is_empty() && cron.as_str().is_some_and(has_hour) {
        let at = context.at(cron.at);
        let hint = if context.file.rsplit_once('.').is_some_and(|(_, it)| it == "py") {
            "give the schedule one: `CronSchedule(cron=…, timezone=\"Europe/Oslo\")`, or `\"UTC\"` when that is meant"
        } else {
            "write `timezone: Europe/Oslo`, or `timezone: UTC` when that is meant"
        };
        let message = "this schedule names no `timezone`: its hours are those of UTC";
        found.push(Diagnostic::info(rules::SCHEDULE_WITHOUT_TIMEZONE, at, message).hint(hint));
    }
}

/// Whether the cron string `text` names hours of the day.
fn has_hour(text: &str) -> bool {
    match text.split_whitespace().nth(1) {
        Some(hour) => !hour.starts_with('*'),
        None => text.starts_with('@') && !text.eq_ignore_ascii_case("@hourly"),
    }
}

/// The name as the server takes it; an empty one is none.
pub(super) fn named(
    context: &Context<'_>,
    name: &str,
    at: Mark,
    found: &mut Vec<Diagnostic>,
) -> Option<String> {
    if name.is_empty() {
        return None;
    }
    if is_open(context, name) {
        return Some(name.to_owned());
    }
    if is_zone(name) {
        return Some(name.to_owned());
    }
    let names: Vec<String> = jiff::tz::db().available().map(|it| it.to_string()).collect();
    let near = near_miss(name, names.iter().map(String::as_str));
    let hint = near.map_or_else(
        || "use an IANA name, `Europe/Oslo`".to_owned(),
        |it| format!("did you mean `{it}`?"),
    );
    found.push(context.error(rules::TIMEZONE, at, format!("`{name}` is no time zone")).hint(hint));
    None
}
