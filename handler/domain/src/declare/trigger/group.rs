//! Triggers of type `compound` and `sequence`.

use serde_json::{Map, Value, json};

use super::super::Context;
use super::{duration, place, trigger};
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
