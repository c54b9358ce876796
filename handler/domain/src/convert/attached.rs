//! What is done with a flow after it is made: `flow.run_config = …`, `flow.register(…)`, `flow.run()`.

use std::collections::BTreeSet;

use ruff_python_ast::{Expr, ExprCall, Stmt};
use ruff_text_size::Ranged as _;

use super::flow::Flow;
use super::parameter::Argument;
use super::pass::{Pass, assigned, keyword};
use super::run;
use super::source::span;
use crate::diagnostic::rules;

/// Takes what is attached to `flow` out, into its settings, and turns its runs into calls.
pub(super) fn take<'a>(pass: &mut Pass<'a>, flow: &mut Flow<'a>) {
    let facts = pass.facts;
    let Some(variable) = flow.variable else { return };
    for (stmt, in_function) in &facts.nodes.statements {
        let start = stmt.start().to_usize();
        if start <= flow.with.start().to_usize() || start >= flow.until {
            continue;
        }
        match stmt {
            Stmt::Assign(it) => {
                if let [Expr::Attribute(target)] = it.targets.as_slice()
                    && is_name(&target.value, variable)
                {
                    attribute(pass, flow, (*stmt, target.attr.as_str(), &it.value), *in_function);
                } else if let Expr::Call(call) = it.value.as_ref() {
                    method(pass, flow, variable, stmt, call);
                }
            }
            Stmt::Expr(it) => {
                if let Expr::Call(call) = it.value.as_ref() {
                    method(pass, flow, variable, stmt, call);
                }
            }
            _ => {}
        }
    }
}

fn is_name(expr: &Expr, name: &str) -> bool {
    matches!(expr, Expr::Name(it) if it.id == name)
}

/// `flow.run_config = …`
fn attribute<'a>(
    pass: &mut Pass<'a>,
    flow: &mut Flow<'a>,
    (stmt, name, value): (&'a Stmt, &str, &'a Expr),
    in_function: bool,
) {
    if in_function || !flow.settings.set(name, value) {
        let hint = "say it in `@flow(…)` or in the deployment of prefect.yaml";
        pass.left(
            rules::PREFECT_1_FLOW_SETTING,
            stmt,
            format!("`{name}` of a flow is not converted"),
            hint,
        );
    } else {
        pass.removed.add(stmt);
    }
}

/// `flow.register(…)` and others that are statements of their own.
fn method<'a>(
    pass: &mut Pass<'a>,
    flow: &mut Flow<'a>,
    variable: &str,
    stmt: &'a Stmt,
    call: &'a ExprCall,
) {
    let Expr::Attribute(func) = call.func.as_ref() else { return };
    if !is_name(&func.value, variable) {
        return;
    }
    match func.attr.as_str() {
        "register" => register(pass, flow, stmt, call),
        "set_reference_tasks" => {
            pass.removed.add(stmt);
            let hint = "a task that fails ends the flow unless its error is caught; return a state to decide otherwise";
            pass.look(
                rules::PREFECT_1_REFERENCE_TASKS,
                stmt,
                "a flow has no reference tasks any more",
                hint,
            );
        }
        "visualize" => run::guard(pass, stmt),
        _ => {}
    }
}

fn register<'a>(pass: &mut Pass<'a>, flow: &mut Flow<'a>, stmt: &'a Stmt, call: &'a ExprCall) {
    flow.settings.register(call, &pass.facts.constants);
    if let Stmt::Assign(it) = stmt {
        let name = it.targets.first().and_then(Expr::as_name_expr);
        let read = |name: &str| pass.facts.nodes.reads.iter().any(|it| it.node.id == name);
        if name.is_none_or(|it| read(it.id.as_str())) {
            let hint = "the id of a deployment is that of `flow/name` on the server";
            pass.left(
                rules::PREFECT_1_REGISTER,
                stmt,
                "the id that `register` gives is used",
                hint,
            );
            return;
        }
    }
    pass.removed.add(stmt);
    pass.done(rules::PREFECT_1_REGISTER, stmt, "the deployment in prefect.yaml registers the flow");
    if let Some(it) = keyword(call, "labels") {
        flow.settings.labels.push(&it.value);
    }
}

/// Every `flow.run(…)`, and the flow's variable wherever else it stands.
pub(super) fn uses(pass: &mut Pass<'_>, flow: &Flow<'_>, arguments: &[Argument]) {
    let facts = pass.facts;
    let Some(variable) = flow.variable else { return };
    let mut states: BTreeSet<&str> = BTreeSet::new();
    let after = |at: usize| at > flow.with.start().to_usize() && at < flow.until;
    for it in facts.nodes.calls.iter().filter(|it| after(it.node.start().to_usize())) {
        if let Expr::Attribute(func) = it.node.func.as_ref()
            && is_name(&func.value, variable)
            && func.attr.as_str() == "run"
        {
            run::call(pass, flow, arguments, it);
            states.extend(assigned(it.stmt, it.node));
        }
    }
    run::successful(pass, flow, &states);
    if variable == flow.function {
        return;
    }
    for it in facts.nodes.reads.iter().filter(|it| it.node.id == variable) {
        if after(it.node.start().to_usize()) {
            pass.edits.replace(span(it.node), flow.function.clone());
        }
    }
}
