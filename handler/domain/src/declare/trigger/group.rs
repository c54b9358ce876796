//! Triggers of type `compound` and `sequence`.

use serde_json::{Map, Value, json};

use super::super::Context;
use super::{duration, place, trigger, whole};
use crate::diagnostic::Diagnostic;
use crate::yaml::Node;

/// The group with its triggers, each with every default filled in.
pub(super) fn read(
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
        let require = require(node, inner.len());
        if require.is_none() {
            let at = place(node, "require");
            let message = "`require` must be `any`, `all`, or a number up to that of the triggers";
            found.push(context.error("trigger", at, message));
        }
        out.insert("require".into(), require.into());
    }
    (found.len() == before).then(|| out.into())
}

/// `any`, `all` or how many of the triggers.
fn require(node: &Node, most: usize) -> Option<Value> {
    let node = node.get("require")?;
    if let Some(word @ ("any" | "all")) = node.as_str() {
        return Some(word.into());
    }
    let number = whole(node).and_then(|it| usize::try_from(it).ok());
    number.filter(|it| (1..=most).contains(it)).map(Value::from)
}
