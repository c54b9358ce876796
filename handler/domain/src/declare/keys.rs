//! Keys that have no effect where they stand.

use super::Context;
use crate::diagnostic::{Diagnostic, near_miss, rules};
use crate::yaml::{Entry, Node};

const TOP: [&str; 9] = [
    "name",
    "prefect-version",
    "description",
    "definitions",
    "build",
    "push",
    "pull",
    "deployments",
    "required_inputs",
];

const DEPLOYMENT: [&str; 19] = [
    "name",
    "version",
    "version_type",
    "tags",
    "description",
    "entrypoint",
    "flow_name",
    "parameters",
    "schedule",
    "schedules",
    "paused",
    "concurrency_limit",
    "enforce_parameter_schema",
    "work_pool",
    "build",
    "push",
    "pull",
    "triggers",
    "sla",
];

/// Keys at the top of the file. Any name may hold anchors there, so only what looks like a slip is named.
pub(super) fn top(context: &Context<'_>, root: &Node, found: &mut Vec<Diagnostic>) {
    for it in root.entries().iter().filter(|it| !TOP.contains(&it.key.as_str())) {
        let key = it.key.as_str();
        if DEPLOYMENT.contains(&key) {
            let message = format!("`{key}` at the top of the file has no effect");
            found.push(
                context
                    .warning(rules::MISPLACED_KEY, it.at, message)
                    .hint("move it into a deployment"),
            );
        } else if let Some(near) = near_miss(key, ["deployments", "build", "push", "pull"]) {
            let message = format!("`{key}` at the top of the file has no effect");
            let hint = format!("did you mean `{near}`?");
            found.push(context.warning(rules::UNKNOWN_KEY, it.at, message).hint(hint));
        }
    }
}

/// Keys of a deployment.
pub(super) fn deployment(context: &Context<'_>, node: &Node, found: &mut Vec<Diagnostic>) {
    for it in node.entries() {
        let key = it.key.as_str();
        if key == "sla" {
            let message = "`sla` is a feature of Prefect Cloud and is not registered";
            found.push(context.warning(rules::NOT_ON_THIS_SERVER, it.at, message));
        } else if !DEPLOYMENT.contains(&key) {
            found.push(no_effect(context, it, "here", misplaced(key), &DEPLOYMENT));
        }
    }
}

fn misplaced(key: &str) -> Option<String> {
    match key {
        "job_variables" | "work_queue_name" => Some(format!("move it: `work_pool: {{{key}: …}}`")),
        "env" => Some("move it: `work_pool: {job_variables: {env: …}}`".to_owned()),
        "image" => Some("move it: `work_pool: {job_variables: {image: …}}`".to_owned()),
        "infra_overrides" => Some("write it as `work_pool: {job_variables: …}`".to_owned()),
        "work_pool_name" => Some("write it as `work_pool: {name: …}`".to_owned()),
        "cron" | "interval" | "rrule" | "timezone" => {
            Some(format!("move it into a schedule: `schedules: [{{{key}: …}}]`"))
        }
        "is_schedule_active" | "active" => {
            Some("use `paused`, or `active` of a schedule".to_owned())
        }
        _ => None,
    }
}

/// Keys of `node` that are not among `known`.
pub(super) fn unknown(
    context: &Context<'_>,
    place: &str,
    node: &Node,
    known: &[&str],
    found: &mut Vec<Diagnostic>,
) {
    let place = format!("in {place}");
    for it in node.entries().iter().filter(|it| !known.contains(&it.key.as_str())) {
        found.push(no_effect(context, it, &place, None, known));
    }
}

fn no_effect(
    context: &Context<'_>,
    entry: &Entry,
    place: &str,
    hint: Option<String>,
    known: &[&str],
) -> Diagnostic {
    let near = || near_miss(&entry.key, known.iter().copied());
    let hint = hint.or_else(|| near().map(|it| format!("did you mean `{it}`?")));
    let message = format!("`{}` has no effect {place}", entry.key);
    let found = context.warning(rules::UNKNOWN_KEY, entry.at, message);
    found.hint(hint.unwrap_or_else(|| "remove it".to_owned()))
}
