//! `load.map(rows)` is kept; what nobody waits for is waited for, and `flatten(rows)` is written out.

use ruff_python_ast::{Expr, ExprCall, Stmt};
use ruff_text_size::Ranged as _;

use super::flow::Flow;
use super::pass::{Pass, assigned, is_atom};
use super::source::span;
use super::walk::{Within, inside};
use crate::diagnostic::rules;

/// Converts the mapped calls in the body of `flow`.
pub(super) fn convert(pass: &mut Pass<'_>, flow: &Flow<'_>) {
    let facts = pass.facts;
    let calls: Vec<Within<'_, ExprCall>> =
        inside(&facts.nodes.calls, flow.body()).copied().collect();
    let mapped: Vec<&Within<'_, ExprCall>> = calls.iter().filter(|it| is_map(it.node)).collect();
    let names: Vec<&str> = mapped.iter().filter_map(|it| assigned(it.stmt, it.node)).collect();
    for it in &mapped {
        let alone = matches!(it.stmt, Stmt::Expr(stmt) if stmt.value.range() == it.node.range());
        let read =
            |name: &str| inside(&facts.nodes.reads, flow.body()).any(|it| it.node.id == name);
        let unread = assigned(it.stmt, it.node).is_some_and(|it| !read(it));
        if alone || unread {
            pass.edits.insert(it.node.end().to_usize(), ".result()");
            pass.done(
                rules::PREFECT_1_MAP,
                it.node,
                "a flow waits only for what it asks for: `.result()` is added",
            );
        }
    }
    for it in &calls {
        if pass.origin(&it.node.func).rsplit('.').next() == Some("flatten") {
            flatten(pass, it.node, &names);
        }
    }
}

fn is_map(call: &ExprCall) -> bool {
    matches!(call.func.as_ref(), Expr::Attribute(it) if it.attr.as_str() == "map" && it.value.is_name_expr())
}

fn flatten(pass: &mut Pass<'_>, call: &ExprCall, mapped: &[&str]) {
    let [inner] = &*call.arguments.args else { return };
    if !call.arguments.keywords.is_empty() || inner.is_starred_expr() {
        return;
    }
    let (whole, part) = (span(call), span(inner));
    let future = match inner {
        Expr::Name(it) => mapped.contains(&it.id.as_str()),
        Expr::Call(it) => is_map(it),
        _ => false,
    };
    let (open, close) = if is_atom(inner) { ("", "") } else { ("(", ")") };
    let result = if future { ".result()" } else { "" };
    pass.edits.replace(whole.start..part.start, format!("[it for part in {open}"));
    pass.edits.replace(part.end..whole.end, format!("{close}{result} for it in part]"));
    pass.done(rules::PREFECT_1_MAP, call, "`flatten` is a list of all parts");
}
