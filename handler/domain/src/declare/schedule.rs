//! `schedule` and `schedules` of a deployment.

use super::{Context, cron};
use crate::desired::{Schedule, Timing};
use crate::diagnostic::Diagnostic;
use crate::yaml::{Entry, Kind, Node};

const KNOWN: [&str; 13] = [
    "cron",
    "interval",
    "rrule",
    "timezone",
    "day_or",
    "anchor_date",
    "active",
    "slug",
    "parameters",
    "max_scheduled_runs",
    "max_active_runs",
    "catchup",
    "replaces",
];

/// The schedules that `entry` declares; `None` when it has neither key.
pub(super) fn read(
    context: &Context<'_>,
    entry: &Node,
    found: &mut Vec<Diagnostic>,
) -> Option<Vec<Schedule>> {
    let single = entry.get("schedule").filter(|it| !it.is_null() && !is_empty_mapping(it));
    let many = entry.get("schedules");
    match (single, many) {
        (Some(node), Some(_)) => {
            let message = "`schedule` and `schedules` exclude each other";
            found.push(context.error("schedule-twice", node.at, message).hint("keep `schedules`"));
            None
        }
        (Some(node), None) => Some(one(context, node, found).into_iter().collect()),
        (None, Some(node)) if node.is_null() => None,
        (None, Some(node)) => list(context, node, found),
        (None, None) => None,
    }
}

fn is_empty_mapping(node: &Node) -> bool {
    matches!(&node.kind, Kind::Mapping(entries) if entries.is_empty())
}

fn list(context: &Context<'_>, node: &Node, found: &mut Vec<Diagnostic>) -> Option<Vec<Schedule>> {
    if !matches!(node.kind, Kind::Sequence(_)) {
        let message = format!("`schedules` must be a list, this is {}", node.type_name());
        found.push(
            context.error("field-type", node.at, message).hint("put `- ` before the schedule"),
        );
        return None;
    }
    let schedules: Vec<Schedule> =
        node.items().iter().filter_map(|it| one(context, it, found)).collect();
    for (at, it) in schedules.iter().enumerate() {
        let twin =
            schedules.iter().take(at).find(|other| it.slug.is_some() && other.slug == it.slug);
        if let Some(twin) = twin {
            let message = format!(
                "slug `{}` is used twice, here and in line {}",
                it.slug.as_deref().unwrap_or_default(),
                twin.at.line
            );
            found.push(Diagnostic::error("duplicate-slug", it.at.clone(), message));
        }
    }
    Some(schedules)
}

fn one(context: &Context<'_>, node: &Node, found: &mut Vec<Diagnostic>) -> Option<Schedule> {
    if !matches!(node.kind, Kind::Mapping(_)) {
        let message = format!("a schedule must be a mapping, this is {}", node.type_name());
        found.push(
            context
                .error("field-type", node.at, message)
                .hint("write `cron: \"…\"`, `interval: 3600` or `rrule: …`"),
        );
        return None;
    }
    let before = found.len();
    node.entries().iter().for_each(|it| key(context, it, found));
    let timing = timing(context, node, found)?;
    let active = match node.get("active") {
        Some(Node { kind: Kind::Scalar { value, .. }, .. }) if value.is_boolean() => {
            value.as_bool()
        }
        Some(other) if !other.is_null() => {
            let message = format!("`active` must be true or false, this is {}", other.type_name());
            found.push(context.error("field-type", other.at, message));
            None
        }
        _ => None,
    };
    let slug = node.get("slug").and_then(Node::as_str).map(str::to_owned);
    let parameters =
        node.get("parameters").map(Node::to_json).and_then(|it| it.as_object().cloned());
    let sound =
        !found.iter().skip(before).any(|it| it.severity == crate::diagnostic::Severity::Error);
    sound.then(|| Schedule {
        timing,
        active,
        slug,
        parameters: parameters.unwrap_or_default(),
        at: context.at(node.at),
    })
}

fn key(context: &Context<'_>, entry: &Entry, found: &mut Vec<Diagnostic>) {
    let name = entry.key.as_str();
    if !KNOWN.contains(&name) {
        let near = crate::diagnostic::near_miss(name, KNOWN);
        let hint =
            near.map_or_else(|| "remove it".to_owned(), |it| format!("did you mean `{it}`?"));
        let message = format!("a schedule has no key `{name}`; Prefect would skip the whole file");
        found.push(context.error("unknown-schedule-key", entry.at, message).hint(hint));
    } else if matches!(name, "max_scheduled_runs" | "max_active_runs" | "catchup") {
        let message = format!("`{name}` has no effect: Prefect's server drops it");
        found.push(context.warning("dropped-schedule-key", entry.at, message).hint("remove it"));
    }
}

fn timing(context: &Context<'_>, node: &Node, found: &mut Vec<Diagnostic>) -> Option<Timing> {
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
        found.push(context.error("schedule-kind", node.at, message));
        return None;
    };
    let timezone = timezone(context, node, found);
    match kind {
        "cron" => cron_timing(context, node, value, timezone, found),
        "interval" => interval_timing(context, node, value, timezone, found),
        _ => rrule_timing(context, value, timezone, found),
    }
}

fn timezone(context: &Context<'_>, node: &Node, found: &mut Vec<Diagnostic>) -> Option<String> {
    let zone = node.get("timezone").filter(|it| !it.is_null())?;
    let name = zone.as_str().unwrap_or_default();
    // the database answers names in any case, the server only in their own
    let known = jiff::tz::db().get(name).ok().and_then(|it| it.iana_name().map(str::to_owned));
    if known.as_deref() == Some(name) {
        return Some(name.to_owned());
    }
    let names: Vec<String> = jiff::tz::db().available().map(|it| it.to_string()).collect();
    let near = crate::diagnostic::near_miss(name, names.iter().map(String::as_str));
    let hint = near.map_or_else(
        || "use an IANA name, `Europe/Oslo`".to_owned(),
        |it| format!("did you mean `{it}`?"),
    );
    found.push(context.error("timezone", zone.at, format!("`{name}` is no time zone")).hint(hint));
    None
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
        found.push(context.error("field-type", value.at, message).hint("quote it"));
        return None;
    };
    if let Some(fault) = cron::fault(text) {
        found.push(context.error("cron", value.at, format!("invalid cron string: {fault}")));
        return None;
    }
    if text.split_whitespace().count() > 5 {
        let message = "a sixth field is seconds, and comes last";
        found.push(context.warning("cron-seconds", value.at, message));
    }
    let day_or = node.get("day_or").map(Node::to_json).and_then(|it| it.as_bool()).unwrap_or(true);
    Some(Timing::Cron { cron: text.to_owned(), timezone, day_or })
}

fn interval_timing(
    context: &Context<'_>,
    node: &Node,
    value: &Node,
    timezone: Option<String>,
    found: &mut Vec<Diagnostic>,
) -> Option<Timing> {
    let Some(seconds) = seconds(value).filter(|it| *it > 0.0 && it.is_finite()) else {
        let message = "`interval` must be a positive number of seconds, `PT1H` or `01:00:00`";
        found.push(context.error("interval", value.at, message));
        return None;
    };
    let anchor = match node.get("anchor_date").filter(|it| !it.is_null()) {
        None => None,
        Some(node) => {
            let text = node.as_str().and_then(|it| anchor(it, context.settings.dialect.is_three()));
            if text.is_none() {
                found.push(
                    context
                        .error("anchor-date", node.at, "`anchor_date` must be a date or date-time")
                        .hint("2026-01-01T00:00:00+00:00"),
                );
            }
            Some(text?)
        }
    };
    Some(Timing::Interval { seconds, anchor, timezone })
}

fn seconds(node: &Node) -> Option<f64> {
    let Kind::Scalar { value, .. } = &node.kind else { return None };
    if let Some(number) = value.as_f64() {
        return Some(number);
    }
    let text = value.as_str()?;
    if text.starts_with(['P', 'p']) {
        let span: jiff::Span = text.parse().ok()?;
        let days = jiff::SpanRelativeTo::days_are_24_hours();
        return span.total((jiff::Unit::Second, days)).ok();
    }
    let parts: Option<Vec<f64>> = text.split(':').map(|it| it.trim().parse().ok()).collect();
    match parts?.as_slice() {
        [hours, minutes, seconds] => Some(hours * 3600.0 + minutes * 60.0 + seconds),
        [hours, minutes] => Some(hours * 3600.0 + minutes * 60.0),
        _ => None,
    }
}

/// The anchor as the server's own client sends it: a missing zone is UTC.
fn anchor(text: &str, three: bool) -> Option<String> {
    let utc = if three { "Z" } else { "+00:00" };
    if text.parse::<jiff::Timestamp>().is_ok() {
        return Some(text.to_owned());
    }
    let plain: jiff::civil::DateTime = text.parse().ok()?;
    Some(format!("{}{utc}", plain.strftime("%Y-%m-%dT%H:%M:%S")))
}

fn rrule_timing(
    context: &Context<'_>,
    value: &Node,
    timezone: Option<String>,
    found: &mut Vec<Diagnostic>,
) -> Option<Timing> {
    let rule = value.as_str().unwrap_or_default();
    let upper = rule.to_uppercase();
    let frequency = upper.split(['\n', ';', ':']).find_map(|it| it.trim().strip_prefix("FREQ="));
    let known = ["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY"];
    let Some(frequency) = frequency.filter(|it| known.contains(it)) else {
        let message = "`rrule` must have `FREQ=` with YEARLY, MONTHLY, WEEKLY, DAILY, HOURLY, MINUTELY or SECONDLY";
        found.push(context.error("rrule", value.at, message));
        return None;
    };
    let fine = matches!(frequency, "MINUTELY" | "SECONDLY");
    if fine && !upper.contains("DTSTART") && !context.settings.dialect.is_three() {
        let message = "a rule finer than hourly without DTSTART stops a whole Prefect 2 server";
        found.push(
            context
                .error("rrule-without-start", value.at, message)
                .hint("add a DTSTART near now, or use `interval`"),
        );
        return None;
    }
    Some(Timing::RRule { rrule: rule.to_owned(), timezone })
}
