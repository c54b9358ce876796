//! `triggers` of a deployment: automations that run it. Source: Prefect's `DeploymentTriggerTypes` and their defaults.

mod event;
mod group;
mod guard;
mod jinja;
mod matching;

use serde_json::{Map, Value};

use super::duration::{Reader, seconds};
use super::python_str::python_str;
use super::template::{Found, Place, is_open, resolve};
use super::{Context, keys, typed};
use crate::desired::Automation;
use crate::diagnostic::{Diagnostic, Severity, rules};
use crate::yaml::{Entry, Kind, Mark, Node};

/// What an automation has besides its trigger.
const AROUND: [&str; 6] =
    ["name", "description", "enabled", "parameters", "job_variables", "schedule_after"];
const EVENT: [&str; 9] = [
    "type",
    "match",
    "match_related",
    "after",
    "expect",
    "for_each",
    "posture",
    "threshold",
    "within",
];
const GROUP: [&str; 4] = ["type", "triggers", "require", "within"];

/// The automations that the `triggers` of the deployment `name` ask for.
pub(super) fn read(
    context: &Context<'_>,
    name: &str,
    entry: &Node,
    found: &mut Found<'_>,
) -> Vec<Automation> {
    let Some(node) = entry.get("triggers").filter(|it| !it.is_null()) else { return Vec::new() };
    if !matches!(node.kind, Kind::Sequence(_)) {
        let message = format!("`triggers` must be a list, this is {}", node.type_name());
        let error = context.error(rules::FIELD_TYPE, node.at, message);
        found.diagnostics.push(error.hint("put `- ` before the trigger"));
        return Vec::new();
    }
    let numbered = (1..).zip(node.items());
    numbered.filter_map(|(number, it)| one(context, name, number, it, found)).collect()
}

fn one(
    context: &Context<'_>,
    deployment: &str,
    number: usize,
    raw: &Node,
    found: &mut Found<'_>,
) -> Option<Automation> {
    if !matches!(raw.kind, Kind::Mapping(_)) {
        let message = format!("a trigger must be a mapping, this is {}", raw.type_name());
        found.diagnostics.push(context.error(rules::FIELD_TYPE, raw.at, message));
        return None;
    }
    let node = templated(context, raw, found);
    let said = &mut *found.diagnostics;
    let text = |key: &str, found: &mut Vec<Diagnostic>| {
        node.get(key).and_then(|it| typed::text(context, key, it, found))
    };
    let map = |key: &str, found: &mut Vec<Diagnostic>| {
        let given = node.get(key).filter(|it| !it.is_null());
        given.and_then(|it| typed::mapping(context, key, it, found))
    };
    let name = text("name", said).filter(|it| !it.is_empty());
    let enabled = node.get("enabled").and_then(|it| typed::flag(context, "enabled", it, said));
    if let Some(parameters) = node.get("parameters") {
        jinja::check(context, parameters, said);
    }
    Some(Automation {
        at: context.at(raw.at),
        name: name.unwrap_or_else(|| format!("{deployment}__automation_{number}")),
        description: text("description", said).unwrap_or_default(),
        enabled,
        parameters: map("parameters", said),
        job_variables: map("job_variables", said),
        schedule_after: duration(context, &node, "schedule_after", said).unwrap_or_default(),
        trigger: guarded(context, &node, enabled, said)?,
    })
}

/// Everything but `parameters`, which are templates of the event's time.
fn templated(context: &Context<'_>, raw: &Node, found: &mut Found<'_>) -> Node {
    let one = |it: &Entry| {
        let value = match it.key.as_str() {
            "parameters" => it.value.clone(),
            "job_variables" => resolve(context, &it.value, Place::JobVariables, found),
            _ => resolve(context, &it.value, Place::Plain, found),
        };
        Entry { value, ..it.clone() }
    };
    Node { at: raw.at, kind: Kind::Mapping(raw.entries().iter().map(one).collect()) }
}

/// The trigger, unless the server would refuse it for its loop.
fn guarded(
    context: &Context<'_>,
    node: &Node,
    enabled: Option<bool>,
    found: &mut Vec<Diagnostic>,
) -> Option<Value> {
    let trigger = trigger(context, node, &AROUND, found)?;
    if enabled != Some(false) && guard::loops(&trigger) {
        let message = "every run of the deployment would set this trigger off again";
        let error = context.error(rules::TRIGGER_LOOP, place(node, "expect"), message);
        found.push(
            error.hint("narrow it by `match` or `match_related`; Prefect refuses it as it is"),
        );
        return None;
    }
    Some(trigger)
}

/// The trigger with every default filled in, as Prefect's own client sends it.
fn trigger(
    context: &Context<'_>,
    node: &Node,
    around: &[&str],
    found: &mut Vec<Diagnostic>,
) -> Option<Value> {
    if !matches!(node.kind, Kind::Mapping(_)) {
        let message = format!("a trigger must be a mapping, this is {}", node.type_name());
        found.push(context.error(rules::FIELD_TYPE, node.at, message));
        return None;
    }
    let kind = kind(node);
    if kind == "metric" && context.settings.dialect.is_cloud() {
        return Some(metric(node));
    }
    let known: &[&str] = match kind.as_str() {
        "event" => &EVENT,
        "compound" | "sequence" => &GROUP,
        other => {
            found.push(unknown_type(context, node, other));
            return None;
        }
    };
    let all: Vec<&str> = known.iter().chain(around).copied().collect();
    keys::unknown(context, &format!("a trigger of type `{kind}`"), node, &all, found);
    match kind.as_str() {
        "event" => event::read(context, node, found),
        _ => group::read(context, node, &kind, found),
    }
}

fn unknown_type(context: &Context<'_>, node: &Node, kind: &str) -> Diagnostic {
    if kind == "metric" {
        let message = "metric triggers exist on Prefect Cloud only";
        return context.error(rules::TRIGGER, node.at, message).hint("use an event trigger");
    }
    let message = format!("`{kind}` is no type of trigger");
    context.error(rules::TRIGGER, node.at, message).hint("`event`, `compound` or `sequence`")
}

/// How many errors were found; a warning costs no trigger.
fn errors(found: &[Diagnostic]) -> usize {
    found.iter().filter(|it| it.severity == Severity::Error).count()
}

/// Where the value of `key` stands, or else the trigger.
fn place(node: &Node, key: &str) -> Mark {
    node.get(key).map_or(node.at, |it| it.at)
}

fn kind(node: &Node) -> String {
    let given = node.get("type").and_then(Node::as_str);
    let guessed = match (node.get("triggers"), node.get("require")) {
        _ if node.get("posture").and_then(Node::as_str) == Some("Metric") => "metric",
        (Some(_), Some(_)) => "compound",
        (Some(_), None) => "sequence",
        (None, _) => "event",
    };
    given.unwrap_or(guessed).to_owned()
}

fn metric(node: &Node) -> Value {
    let kept = node.entries().iter().filter(|it| !AROUND.contains(&it.key.as_str()));
    let mut out: Map<String, Value> = kept.map(|it| (it.key.clone(), it.value.to_json())).collect();
    out.insert("type".into(), "metric".into());
    out.into()
}

/// A text; Prefect 2 makes one of a number or a boolean too.
fn as_text(context: &Context<'_>, value: &Value) -> Option<String> {
    let converted =
        !context.settings.dialect.is_three() && (value.is_number() || value.is_boolean());
    (value.is_string() || converted).then(|| python_str(value))
}

/// Whether `node` waits for a variable of the server.
fn waits(context: &Context<'_>, node: &Node) -> bool {
    node.as_str().is_some_and(|it| is_open(context, it))
}

/// Seconds, `PT1M` or `00:01:00`.
fn duration(
    context: &Context<'_>,
    node: &Node,
    key: &str,
    found: &mut Vec<Diagnostic>,
) -> Option<f64> {
    let node = node.get(key).filter(|it| !it.is_null() && !waits(context, it))?;
    let reader = if context.settings.dialect.is_three() { Reader::Two } else { Reader::One };
    let seconds = seconds(node, reader).filter(|it| *it >= 0.0);
    if seconds.is_none() {
        let message = format!("`{key}` must be a number of seconds, `PT1H` or `01:00:00`");
        found.push(context.error(rules::FIELD_TYPE, node.at, message));
    }
    seconds
}
