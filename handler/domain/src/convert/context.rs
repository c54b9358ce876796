//! `prefect.context.get("logger")` -> `get_run_logger()`, and what else a run knows of itself.

use ruff_python_ast::Expr;
use ruff_text_size::{Ranged, TextRange};

use super::flow::Flow;
use super::pass::Pass;
use super::source::span;
use crate::diagnostic::rules;

/// Keys of the context, and where Prefect 3 has them.
const KEYS: [(&str, &str); 9] = [
    ("flow_run_id", "runtime.flow_run.id"),
    ("flow_run_name", "runtime.flow_run.name"),
    ("flow_name", "runtime.flow_run.flow_name"),
    ("parameters", "runtime.flow_run.parameters"),
    ("scheduled_start_time", "runtime.flow_run.scheduled_start_time"),
    ("task_run_id", "runtime.task_run.id"),
    ("task_run_name", "runtime.task_run.name"),
    ("task_run_count", "runtime.task_run.run_count"),
    ("task_name", "runtime.task_run.task_name"),
];

/// Whether `origin` is a read of the context that only Prefect 1 has.
pub(super) fn is_old(origin: &str) -> bool {
    let key = origin.strip_prefix("prefect.context.");
    key.is_some_and(|it| {
        matches!(it, "get" | "logger" | "parameters" | "today")
            || KEYS.iter().any(|key| key.0 == it)
    })
}

/// Converts the reads of the context.
pub(super) fn convert(pass: &mut Pass<'_>, flows: &[Flow<'_>]) {
    let facts = pass.facts;
    for it in &facts.nodes.calls {
        if pass.origin(&it.node.func) == "prefect.context.get" {
            let key = it.node.arguments.args.first();
            one(pass, it.node, key.and_then(text), it.in_function, flows);
        }
    }
    for it in &facts.nodes.subscripts {
        if pass.origin(&it.node.value) == "prefect.context" {
            one(pass, it.node, text(&it.node.slice), it.in_function, flows);
        }
    }
    for it in &facts.nodes.attributes {
        let base = pass.origin(&it.node.value);
        let origin = format!("{base}.{}", it.node.attr.as_str());
        if base == "prefect.context" && is_old(&origin) && it.node.attr.as_str() != "get" {
            one(pass, it.node, Some(it.node.attr.as_str()), it.in_function, flows);
        }
    }
}

fn text(expr: &Expr) -> Option<&str> {
    expr.as_string_literal_expr().map(|it| it.value.to_str())
}

fn one(
    pass: &mut Pass<'_>,
    node: &impl Ranged,
    key: Option<&str>,
    in_function: bool,
    flows: &[Flow<'_>],
) {
    let range: TextRange = node.range();
    let inside = in_function || flows.iter().any(|it| it.body().contains_range(range));
    let found = KEYS.iter().find(|it| Some(it.0) == key).map(|it| it.1);
    let new = if key == Some("logger") { Some("get_run_logger()") } else { found };
    let Some(new) = new.filter(|_| inside || key != Some("logger")) else {
        let (message, hint) = match key {
            Some("logger") => {
                ("there is no run here to log to", "call `get_run_logger()` in the task or flow")
            }
            _ => (
                "this part of the context is not there any more",
                "`prefect.runtime` knows the run and its parameters",
            ),
        };
        pass.left(rules::PREFECT_1_CONTEXT, node, message, hint);
        return;
    };
    let need = if key == Some("logger") { "get_run_logger" } else { "runtime" };
    pass.edits.replace(span(node), new);
    pass.needs.insert(("prefect", need));
    pass.done(rules::PREFECT_1_CONTEXT, node, format!("it is `{new}`"));
}
