//! `raise signals.FAIL("why")` -> `raise RuntimeError("why")`.

use ruff_python_ast::Expr;
use ruff_text_size::Ranged as _;

use super::pass::{Pass, keyword};
use super::source::span;
use crate::diagnostic::rules;

/// Converts the failures that are raised; other signals have no counterpart that is raised.
pub(super) fn convert(pass: &mut Pass<'_>) {
    let facts = pass.facts;
    for it in &facts.nodes.calls {
        let raised = it.stmt.as_raise_stmt().and_then(|it| it.exc.as_deref());
        let whole = raised.is_some_and(|exc| exc.range() == it.node.range());
        let fails = pass.origin(&it.node.func) == "prefect.engine.signals.FAIL";
        if !fails || !whole || keyword(it.node, "result").is_some() {
            continue;
        }
        pass.edits.replace(span(it.node.func.as_ref() as &Expr), "RuntimeError");
        if let Some(message) = keyword(it.node, "message") {
            pass.edits.remove(span(message).start..message.value.start().to_usize());
        }
        pass.done(rules::PREFECT_1_SIGNAL, it.node, "a task that raises an error has failed");
    }
}
