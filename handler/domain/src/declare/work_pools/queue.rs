//! The queues of a declared work pool.

use serde_json::Value;

use super::{FORBIDDEN, FORBIDDEN_TEXT, common};
use crate::declare::strict::Strict;
use crate::desired::Queue;
use crate::diagnostic::Diagnostic;
use crate::yaml::{Kind, Node};

const QUEUE: [&str; 5] = ["name", "priority", "concurrency_limit", "description", "paused"];

/// The queues of `node`, by priority, those without one last.
pub(super) fn list(strict: Strict<'_, '_>, node: &Node, found: &mut Vec<Diagnostic>) -> Vec<Queue> {
    if !matches!(node.kind, Kind::Sequence(_)) {
        found.push(strict.wrong("`queues`", node, "a list"));
        return Vec::new();
    }
    let mut queues: Vec<Queue> = Vec::new();
    for it in node.items() {
        let Some(queue) = one(strict, it, found) else { continue };
        if let Some(twin) = queues.iter().find(|it| it.name == queue.name) {
            let message =
                format!("queue `{}` is declared in line {}, too", queue.name, twin.at.line);
            found.push(strict.error(it.at, message).hint("keep one of them"));
        } else if let Some(twin) = queues.iter().find(|it| is_rival(it, &queue)) {
            let message = format!("queue `{}` has the priority of `{}`", queue.name, twin.name);
            let hint = "give each queue of a pool a priority of its own: the server does, too";
            found.push(strict.error(it.at, message).hint(hint));
        } else {
            queues.push(queue);
        }
    }
    queues.sort_by_key(|it| it.priority().unwrap_or(i64::MAX));
    queues
}

fn is_rival(a: &Queue, b: &Queue) -> bool {
    a.priority().is_some() && a.priority() == b.priority()
}

fn one(strict: Strict<'_, '_>, node: &Node, found: &mut Vec<Diagnostic>) -> Option<Queue> {
    if !strict.mapping(("a queue", node), &QUEUE, found) {
        return None;
    }
    let name = node.get("name").and_then(|it| strict.text(("name", it), found));
    let Some(name) = name else {
        found.push(strict.error(node.at, "a queue needs a `name`"));
        return None;
    };
    if name.contains(FORBIDDEN) {
        let message = format!("`{name}` is no name of a queue: it must not have {FORBIDDEN_TEXT}");
        found.push(strict.error(node.at, message));
        return None;
    }
    let mut fields = common(strict, node, found);
    if let Some(it) = node.get("priority").and_then(|it| strict.whole(("priority", it), 1, found)) {
        fields.insert("priority", it.into());
    }
    if let Some(it) = node.get("description") {
        // the server takes no null here
        let text = strict.text(("description", it), found).unwrap_or_default();
        fields.insert("description", Value::from(text));
    }
    Some(Queue { at: strict.context.at(node.at), name, fields })
}
