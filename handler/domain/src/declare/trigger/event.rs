//! Triggers of type `event`.

use serde_json::{Value, json};

use super::super::{Context, typed};
use super::{as_text, duration, errors, matching, place, waits};
use crate::diagnostic::{Diagnostic, rules};
use crate::yaml::Node;

/// The trigger with every default filled in.
pub(super) fn read(
    context: &Context<'_>,
    node: &Node,
    found: &mut Vec<Diagnostic>,
) -> Option<Value> {
    let before = errors(found);
    let posture = posture(context, node, found);
    let within = within(context, node, posture, found);
    let threshold = threshold(context, node, found);
    let mut set = |key: &str| names(context, node, key, found);
    let (after, expect, each) = (set("after"), set("expect"), set("for_each"));
    let mut labels = |key: &str| matching::read(context, node, key, found);
    let (matched, related) = (labels("match"), labels("match_related"));
    (errors(found) == before).then(|| {
        json!({
            "type": "event", "match": matched, "match_related": related,
            "after": after, "expect": expect, "for_each": each, "posture": posture,
            "threshold": threshold, "within": within,
        })
    })
}

fn posture<'a>(
    context: &Context<'_>,
    node: &'a Node,
    found: &mut Vec<Diagnostic>,
) -> Option<&'a str> {
    let posture = node.get("posture").map_or(Some("Reactive"), Node::as_str);
    let posture = posture.filter(|it| ["Reactive", "Proactive"].contains(it));
    if posture.is_none() {
        let at = place(node, "posture");
        found.push(context.error(rules::TRIGGER, at, "`posture` must be Reactive or Proactive"));
    }
    posture
}

fn within(
    context: &Context<'_>,
    node: &Node,
    posture: Option<&str>,
    found: &mut Vec<Diagnostic>,
) -> f64 {
    if let Some(empty) = node.get("within").filter(|it| it.is_null()) {
        let message = "`within` of a trigger of type `event` must not be empty";
        found.push(context.error(rules::FIELD_TYPE, empty.at, message).hint("remove the key"));
    }
    let least = if posture == Some("Proactive") { 10.0 } else { 0.0 };
    let within = duration(context, node, "within", found).filter(|it| *it > 0.0).unwrap_or(least);
    if within < least {
        let message = "`within` of a Proactive trigger is at least 10 s";
        found.push(context.error(rules::TRIGGER, place(node, "within"), message));
    }
    within
}

fn threshold(context: &Context<'_>, node: &Node, found: &mut Vec<Diagnostic>) -> Option<i64> {
    let Some(node) = node.get("threshold").filter(|it| !waits(context, it)) else { return Some(1) };
    let threshold = typed::whole(node);
    if threshold.is_none() {
        found.push(context.error(rules::FIELD_TYPE, node.at, "`threshold` must be a whole number"));
    }
    threshold
}

/// A set of names, sorted: the server gives them in any order.
fn names(
    context: &Context<'_>,
    node: &Node,
    key: &str,
    found: &mut Vec<Diagnostic>,
) -> Vec<String> {
    let Some(node) = node.get(key).filter(|it| !waits(context, it)) else { return Vec::new() };
    let texts: Option<Vec<String>> = match node.to_json() {
        Value::Array(items) => items.iter().map(|it| as_text(context, it)).collect(),
        _ => None,
    };
    let Some(mut texts) = texts else {
        let message = format!("`{key}` must be a list of texts");
        found.push(
            context
                .error(rules::FIELD_TYPE, node.at, message)
                .hint("quote each, and put `- ` before it"),
        );
        return Vec::new();
    };
    texts.sort();
    texts.dedup();
    texts
}
