//! Triggers of type `compound` and `sequence`.

use serde_json::{Value, json};

use super::super::{Context, typed};
use super::{duration, errors, place, trigger};
use crate::diagnostic::{Diagnostic, rules};
use crate::yaml::Node;

/// The group with its triggers, each with every default filled in.
pub(super) fn read(
    context: &Context<'_>,
    node: &Node,
    kind: &str,
    found: &mut Vec<Diagnostic>,
) -> Option<Value> {
    let before = errors(found);
    let inner = node.get("triggers").map(Node::items).unwrap_or_default();
    let inner: Vec<Value> =
        inner.iter().filter_map(|it| trigger(context, it, &[], found)).collect();
    if inner.is_empty() && errors(found) == before {
        let message = format!("a trigger of type `{kind}` has a list of `triggers`");
        found.push(context.error(rules::TRIGGER, node.at, message));
    }
    let within = duration(context, node, "within", found);
    let mut out = json!({"type": kind, "triggers": inner, "within": within});
    if kind == "compound" {
        let require = require(node, inner.len());
        if require.is_none() {
            let message = "`require` must be `any`, `all`, or a number up to that of the triggers";
            found.push(context.error(rules::TRIGGER, place(node, "require"), message));
        }
        out.as_object_mut()?.insert("require".into(), require.into());
    }
    (errors(found) == before).then_some(out)
}

/// `any`, `all` or how many of the triggers.
fn require(node: &Node, most: usize) -> Option<Value> {
    let node = node.get("require")?;
    if let Some(word @ ("any" | "all")) = node.as_str() {
        return Some(word.into());
    }
    let number = typed::whole(node).and_then(|it| usize::try_from(it).ok());
    number.filter(|it| (1..=most).contains(it)).map(Value::from)
}
