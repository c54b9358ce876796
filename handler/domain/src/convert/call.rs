//! What Prefect 1 takes when a task is called in a flow: `upstream_tasks`, `task_args`, `mapped`.

use ruff_python_ast::{Expr, ExprCall};

use super::flow::Flow;
use super::pass::{Pass, keyword};
use super::source::span;
use super::walk::inside;
use crate::diagnostic::rules;

/// Converts the calls in the body of `flow`.
pub(super) fn convert(pass: &mut Pass<'_>, flow: &Flow<'_>) {
    let facts = pass.facts;
    for it in inside(&facts.nodes.calls, flow.body()) {
        upstream(pass, it.node);
        task_args(pass, it.node);
    }
}

fn upstream(pass: &mut Pass<'_>, call: &ExprCall) {
    let Some(it) = keyword(call, "upstream_tasks") else { return };
    pass.rename(it, "wait_for");
    pass.done(rules::PREFECT_1_UPSTREAM, it, "`upstream_tasks` is `wait_for`");
    let Expr::List(list) = &it.value else { return };
    for it in &list.elts {
        if let Expr::Call(call) = it
            && pass.origin(&call.func) == "prefect.unmapped"
            && let [inner] = &*call.arguments.args
        {
            pass.edits.remove(span(call).start..span(inner).start);
            pass.edits.remove(span(inner).end..span(call).end);
        }
    }
}

fn task_args(pass: &mut Pass<'_>, call: &ExprCall) {
    if let Some(it) = keyword(call, "task_args") {
        let message = "`task_args` of a call is not converted";
        pass.left(rules::PREFECT_1_TASK_ARGS, it, message, "call `task.with_options(name=…)(…)`");
    }
}
