//! `triggers` of a deployment: automations that run it. Source: Prefect's `DeploymentTriggerTypes` and their defaults.

use serde_json::{Map, Value, json};

use super::template::{Found, Place, resolve};
use super::timing::seconds;
use super::{Context, keys, typed};
use crate::desired::Automation;
use crate::diagnostic::Diagnostic;
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
        let error = context.error("field-type", node.at, message);
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
        found.diagnostics.push(context.error("field-type", raw.at, message));
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
    Some(Automation {
        at: context.at(raw.at),
        name: name.unwrap_or_else(|| format!("{deployment}__automation_{number}")),
        description: text("description", said).unwrap_or_default(),
        enabled: node.get("enabled").and_then(|it| typed::flag(context, "enabled", it, said)),
        parameters: map("parameters", said),
        job_variables: map("job_variables", said),
        schedule_after: duration(context, &node, "schedule_after", said).unwrap_or_default(),
        trigger: trigger(context, &node, &AROUND, said)?,
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

/// The trigger with every default filled in, as Prefect's own client sends it.
fn trigger(
    context: &Context<'_>,
    node: &Node,
    around: &[&str],
    found: &mut Vec<Diagnostic>,
) -> Option<Value> {
    if !matches!(node.kind, Kind::Mapping(_)) {
        let message = format!("a trigger must be a mapping, this is {}", node.type_name());
        found.push(context.error("field-type", node.at, message));
        return None;
    }
    let kind = kind(node);
    let known: &[&str] = match kind.as_str() {
        "event" => &EVENT,
        "compound" | "sequence" => &GROUP,
        "metric" if context.settings.dialect.is_cloud() => return Some(metric(node)),
        "metric" => {
            let message = "metric triggers exist on Prefect Cloud only";
            found.push(context.error("trigger", node.at, message).hint("use an event trigger"));
            return None;
        }
        other => {
            let message = format!("`{other}` is no type of trigger");
            let error = context.error("trigger", node.at, message);
            found.push(error.hint("`event`, `compound` or `sequence`"));
            return None;
        }
    };
    let all: Vec<&str> = known.iter().chain(around).copied().collect();
    keys::unknown(context, &format!("a trigger of type `{kind}`"), node, &all, found);
    if kind == "event" { event(context, node, found) } else { group(context, node, &kind, found) }
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

fn event(context: &Context<'_>, node: &Node, found: &mut Vec<Diagnostic>) -> Option<Value> {
    let before = found.len();
    let posture = node.get("posture").map_or(Some("Reactive"), Node::as_str);
    let posture = posture.filter(|it| ["Reactive", "Proactive"].contains(it));
    if posture.is_none() {
        let at = place(node, "posture");
        found.push(context.error("trigger", at, "`posture` must be Reactive or Proactive"));
    }
    let least = if posture == Some("Proactive") { 10.0 } else { 0.0 };
    let within = duration(context, node, "within", found).filter(|it| *it > 0.0).unwrap_or(least);
    if within < least {
        let at = place(node, "within");
        found.push(context.error(
            "trigger",
            at,
            "`within` of a Proactive trigger is at least 10 s",
        ));
    }
    let threshold = node.get("threshold").map_or(Some(1), |it| it.to_json().as_i64());
    if threshold.is_none() {
        let at = place(node, "threshold");
        found.push(context.error("field-type", at, "`threshold` must be a whole number"));
    }
    let mut set = |key: &str| names(context, node, key, found);
    let (after, expect, each) = (set("after"), set("expect"), set("for_each"));
    let matched = |key: &str| node.get(key).map_or_else(|| json!({}), Node::to_json);
    (found.len() == before).then(|| {
        json!({
            "type": "event", "match": matched("match"), "match_related": matched("match_related"),
            "after": after, "expect": expect, "for_each": each, "posture": posture,
            "threshold": threshold, "within": within,
        })
    })
}

/// A set of names, sorted: the server gives them in any order.
fn names(
    context: &Context<'_>,
    node: &Node,
    key: &str,
    found: &mut Vec<Diagnostic>,
) -> Vec<String> {
    let Some(node) = node.get(key).filter(|it| !it.is_null()) else { return Vec::new() };
    let texts: Option<Vec<String>> = match &node.kind {
        Kind::Sequence(items) => items.iter().map(|it| it.as_str().map(str::to_owned)).collect(),
        _ => None,
    };
    let Some(mut texts) = texts else {
        let message = format!("`{key}` must be a list of texts");
        found.push(
            context
                .error("field-type", node.at, message)
                .hint("quote each, and put `- ` before it"),
        );
        return Vec::new();
    };
    texts.sort();
    texts.dedup();
    texts
}

/// `compound` and `sequence`.
fn group(
    context: &Context<'_>,
    node: &Node,
    kind: &str,
    found: &mut Vec<Diagnostic>,
) -> Option<Value> {
    let before = found.len();
    let inner: Vec<Value> = node
        .get("triggers")
        .map(Node::items)
        .unwrap_or_default()
        .iter()
        .filter_map(|it| trigger(context, it, &[], found))
        .collect();
    if inner.is_empty() && found.len() == before {
        let message = format!("a trigger of type `{kind}` has a list of `triggers`");
        found.push(context.error("trigger", node.at, message));
    }
    let within = duration(context, node, "within", found);
    let mut out = Map::from_iter([
        ("type".to_owned(), json!(kind)),
        ("triggers".to_owned(), json!(inner)),
        ("within".to_owned(), json!(within)),
    ]);
    if kind == "compound" {
        let require = node.get("require").map(Node::to_json).unwrap_or_default();
        let fits = require.as_u64().is_some_and(|it| (1..=inner.len() as u64).contains(&it))
            || matches!(require.as_str(), Some("any" | "all"));
        if !fits {
            let at = place(node, "require");
            let message = "`require` must be `any`, `all`, or a number up to that of the triggers";
            found.push(context.error("trigger", at, message));
        }
        out.insert("require".into(), require);
    }
    (found.len() == before).then(|| out.into())
}

/// Seconds, `PT1M` or `00:01:00`.
fn duration(
    context: &Context<'_>,
    node: &Node,
    key: &str,
    found: &mut Vec<Diagnostic>,
) -> Option<f64> {
    let node = node.get(key).filter(|it| !it.is_null())?;
    let seconds = seconds(node).filter(|it| *it >= 0.0);
    if seconds.is_none() {
        let message = format!("`{key}` must be a number of seconds, `PT1H` or `01:00:00`");
        found.push(context.error("field-type", node.at, message));
    }
    seconds
}
