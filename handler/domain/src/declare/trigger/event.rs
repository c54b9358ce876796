//! Triggers of type `event`.

use serde_json::{Value, json};

use super::super::Context;
use super::{duration, place};
use crate::diagnostic::Diagnostic;
use crate::yaml::{Kind, Node};

/// The trigger with every default filled in.
pub(super) fn read(
    context: &Context<'_>,
    node: &Node,
    found: &mut Vec<Diagnostic>,
) -> Option<Value> {
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
