//! `flow.run(parameters={"limit": 1})` -> `etl(limit=1)`.

use std::collections::BTreeSet;

use ruff_python_ast::{Expr, ExprCall, Stmt};
use ruff_text_size::Ranged as _;

use super::flow::Flow;
use super::parameter::Argument;
use super::pass::{Pass, keyword};
use super::source::span;
use super::walk::Within;
use crate::diagnostic::rules;

/// Turns the run into a call of the function.
pub(super) fn call(
    pass: &mut Pass<'_>,
    flow: &Flow<'_>,
    arguments: &[Argument],
    it: &Within<'_, ExprCall>,
) {
    let call = it.node;
    let alone = matches!(it.stmt, Stmt::Expr(stmt) if stmt.value.range() == call.range());
    pass.edits.replace(span(call.func.as_ref()), flow.function.clone());
    let given =
        keyword(call, "parameters").map(|it| &it.value).or_else(|| call.arguments.args.first());
    let mut parts: Vec<String> =
        given.map(|it| unpacked(pass, it, arguments)).into_iter().flatten().collect();
    for it in &call.arguments.keywords {
        let name = it.arg.as_ref().map_or("", |it| it.as_str());
        if arguments.iter().any(|it| it.name == name) {
            let text = pass.copy(it);
            parts.push(text);
        } else if name != "parameters" {
            let hint = "`@flow(task_runner=…)` says how tasks run, the deployment says when";
            pass.look(rules::PREFECT_1_RUN, it, format!("`{name}` of a run is left out"), hint);
        }
    }
    if !alone {
        parts.push("return_state=True".to_owned());
        let hint = "`state.result()` is the flow's own result; what a task gives has to be returned by the flow";
        pass.look(
            rules::PREFECT_1_RUN,
            call,
            "the state of a flow holds no results of its tasks",
            hint,
        );
    }
    pass.edits.replace(span(&call.arguments), format!("({})", parts.join(", ")));
    pass.done(rules::PREFECT_1_RUN, call, format!("a run is a call of `{}`", flow.function));
    if alone {
        guard(pass, it.stmt);
    } else if pass.facts.nodes.is_top(it.stmt) {
        let hint = "put it, and what uses its result, under `if __name__ == \"__main__\":`";
        pass.left(
            rules::PREFECT_1_RUN_ON_IMPORT,
            it.stmt,
            "whoever imports this file runs the flow",
            hint,
        );
    }
}

/// `state.is_successful()` of the states `names` is `is_completed()`.
pub(super) fn successful(pass: &mut Pass<'_>, flow: &Flow<'_>, names: &BTreeSet<&str>) {
    for it in &pass.facts.nodes.attributes {
        let Expr::Name(name) = it.node.value.as_ref() else { continue };
        let state = names.contains(name.id.as_str()) && it.node.start() > flow.with.end();
        if state && it.node.attr.as_str() == "is_successful" {
            pass.edits.replace(span(&it.node.attr), "is_completed");
        }
    }
}

/// `{"a": 1}` as `a=1`; anything else as `**it`.
fn unpacked(pass: &mut Pass<'_>, given: &Expr, arguments: &[Argument]) -> Vec<String> {
    let name = |key: Option<&Expr>| {
        let key = key?.as_string_literal_expr()?.value.to_str();
        arguments.iter().find(|it| it.parameter == key).map(|it| it.name.clone())
    };
    let pairs: Option<Vec<(String, &Expr)>> = match given {
        Expr::Dict(it) => {
            it.items.iter().map(|it| Some((name(it.key.as_ref())?, &it.value))).collect()
        }
        Expr::NoneLiteral(_) => Some(Vec::new()),
        _ => None,
    };
    if let Some(pairs) = pairs {
        return pairs.into_iter().map(|(name, it)| format!("{name}={}", pass.copy(it))).collect();
    }
    let bare = given.is_name_expr() || given.is_call_expr() || given.is_dict_expr();
    let text = pass.copy(given);
    vec![if bare { format!("**{text}") } else { format!("**({text})") }]
}

/// Keeps `stmt` from running when the file is imported: whoever runs a deployment imports it.
pub(super) fn guard(pass: &mut Pass<'_>, stmt: &Stmt) {
    if pass.facts.nodes.is_top(stmt) && pass.facts.source.whole_lines(&span(stmt)).is_some() {
        pass.edits.insert(stmt.start().to_usize(), "if __name__ == \"__main__\":\n    ");
    }
}
