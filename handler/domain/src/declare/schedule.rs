//! `schedule` and `schedules` of a deployment.

use super::entry::is_empty_mapping;
use super::{Context, timing, typed};
use crate::desired::Schedule;
use crate::diagnostic::{Diagnostic, Severity, near_miss, rules};
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

/// Where a schedule is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// In a prefect.yaml, which Prefect 3 reads by a model of its own.
    Plain,
    /// As an object of Prefect, in Python or as a file that was made from it.
    Object,
}

/// The schedules that `entry` declares; `None` when it has neither key.
pub(super) fn read(
    context: &Context<'_>,
    (entry, written): (&Node, Written),
    found: &mut Vec<Diagnostic>,
) -> Option<Vec<Schedule>> {
    let single = entry.get("schedule").filter(|it| !it.is_null() && !is_empty_mapping(it));
    let many = entry.get("schedules");
    match (single, many) {
        (Some(node), Some(_)) => {
            let message = "`schedule` and `schedules` exclude each other";
            found.push(
                context.error(rules::SCHEDULE_TWICE, node.at, message).hint("keep `schedules`"),
            );
            None
        }
        (Some(node), None) => Some(one(context, (node, written), found).into_iter().collect()),
        (None, Some(node)) if node.is_null() => None,
        (None, Some(node)) => list(context, (node, written), found),
        (None, None) => None,
    }
}

fn list(
    context: &Context<'_>,
    (node, written): (&Node, Written),
    found: &mut Vec<Diagnostic>,
) -> Option<Vec<Schedule>> {
    if !matches!(node.kind, Kind::Sequence(_)) {
        let message = format!("`schedules` must be a list, this is {}", node.type_name());
        found.push(
            context.error(rules::FIELD_TYPE, node.at, message).hint("put `- ` before the schedule"),
        );
        return None;
    }
    let schedules: Vec<Schedule> =
        node.items().iter().filter_map(|it| one(context, (it, written), found)).collect();
    for (at, it) in schedules.iter().enumerate() {
        let twin =
            schedules.iter().take(at).find(|other| it.slug.is_some() && other.slug == it.slug);
        if let Some(twin) = twin {
            let message = format!(
                "slug `{}` is used twice, here and in line {}",
                it.slug.as_deref().unwrap_or_default(),
                twin.at.line
            );
            found.push(Diagnostic::error(rules::DUPLICATE_SLUG, it.at.clone(), message));
        }
    }
    Some(schedules)
}

fn one(
    context: &Context<'_>,
    (node, written): (&Node, Written),
    found: &mut Vec<Diagnostic>,
) -> Option<Schedule> {
    if !matches!(node.kind, Kind::Mapping(_)) {
        let message = format!("a schedule must be a mapping, this is {}", node.type_name());
        found.push(
            context
                .error(rules::FIELD_TYPE, node.at, message)
                .hint("write `cron: \"…\"`, `interval: 3600` or `rrule: …`"),
        );
        return None;
    }
    let before = found.len();
    let strict = written == Written::Plain && context.settings.dialect.is_three();
    node.entries().iter().for_each(|it| key(context, (it, strict), found));
    let active = node.get("active").and_then(|it| typed::flag(context, "active", it, found));
    let slug = node.get("slug").and_then(|it| typed::text(context, "slug", it, found));
    let slug = slug.filter(|it| !it.is_empty());
    let parameters = node.get("parameters").filter(|it| strict || !it.is_null());
    let parameters = parameters.and_then(|it| typed::mapping(context, "parameters", it, found));
    let timing = timing::read(context, node, found)?;
    let sound = !found.iter().skip(before).any(|it| it.severity == Severity::Error);
    sound.then(|| Schedule {
        timing,
        active,
        slug,
        parameters: parameters.unwrap_or_default(),
        at: context.at(node.at),
    })
}

/// What is said of a key; `strict` are the schedules whose keys Prefect 3 checks. Source: `RawScheduleConfig` of 3.9.
fn key(context: &Context<'_>, (entry, strict): (&Entry, bool), found: &mut Vec<Diagnostic>) {
    let name = entry.key.as_str();
    let dropped = matches!(name, "max_scheduled_runs" | "max_active_runs" | "catchup");
    if !KNOWN.contains(&name) || (strict && dropped) {
        let near = near_miss(name, KNOWN).filter(|_| !dropped);
        let hint =
            near.map_or_else(|| "remove it".to_owned(), |it| format!("did you mean `{it}`?"));
        let message = format!("a schedule has no key `{name}`; Prefect would skip the whole file");
        found.push(context.error(rules::UNKNOWN_SCHEDULE_KEY, entry.at, message).hint(hint));
    } else if dropped {
        let message = format!("`{name}` has no effect: Prefect's server drops it");
        found.push(
            context.warning(rules::DROPPED_SCHEDULE_KEY, entry.at, message).hint("remove it"),
        );
    } else if matches!(name, "slug" | "parameters") && !context.settings.dialect.slugs() {
        let message =
            format!("this server has no `{name}` of a schedule (3.2 and later); it is left out");
        found.push(context.warning(rules::NOT_ON_THIS_SERVER, entry.at, message));
    }
}
