//! Flows that are put together by calls, and what is done with flows that stay: told, not converted.

use std::collections::BTreeSet;
use std::ops::Range;

use ruff_python_ast::{Expr, Stmt};

use super::edits::covers;
use super::flow::is_flow;
use super::pass::Pass;
use super::source::span;
use crate::diagnostic::rules;

/// Methods of tasks and flows that say what waits for what.
const METHODS: [&str; 7] =
    ["set_upstream", "set_downstream", "set_dependencies", "add_task", "add_edge", "chain", "bind"];

/// Says each such place outside of the rewritten `spans`, once a line.
pub(super) fn report(pass: &mut Pass<'_>, spans: &[Range<usize>], told: &mut BTreeSet<u32>) {
    let facts = pass.facts;
    let names = names(pass, spans);
    for it in &facts.nodes.attributes {
        let Expr::Name(name) = it.node.value.as_ref() else { continue };
        let (attribute, flow) = (it.node.attr.as_str(), names.contains(name.id.as_str()));
        let chained = METHODS.contains(&attribute) && (flow || attribute.starts_with("set_"));
        if !(chained || flow) || covers(spans, &span(it.node)) {
            continue;
        }
        if !told.insert(pass.at(it.node).line) {
            continue;
        }
        let (code, hint) = match attribute {
            _ if chained => (
                rules::PREFECT_1_IMPERATIVE,
                "call the task in the function of the flow, with `wait_for=[…]` for what it has to wait for",
            ),
            "register" => (rules::PREFECT_1_REGISTER, "declare a deployment in prefect.yaml"),
            "run" => (rules::PREFECT_1_RUN, "call the function that the flow becomes"),
            "storage" => (rules::PREFECT_1_STORAGE, "remove it: the bundle's code is staged"),
            "run_config" => (
                rules::PREFECT_1_RUN_CONFIG,
                "say it as `work_pool` and `job_variables` in prefect.yaml",
            ),
            "schedule" => (rules::PREFECT_1_SCHEDULE, "say it as `schedules` in prefect.yaml"),
            _ => (rules::PREFECT_1_FLOW, "the flow becomes a function, which does not have it"),
        };
        pass.left(code, it.node, format!("`{attribute}` is not converted"), hint);
    }
}

/// The names of flows that stay.
fn names<'a>(pass: &Pass<'a>, spans: &[Range<usize>]) -> BTreeSet<&'a str> {
    let stays = |it: &Expr| {
        it.as_call_expr().is_some_and(|it| is_flow(pass, it) && !covers(spans, &span(it)))
    };
    let mut out = BTreeSet::new();
    for (stmt, _) in &pass.facts.nodes.statements {
        match stmt {
            Stmt::Assign(it) if stays(&it.value) => {
                out.extend(it.targets.iter().filter_map(|it| Some(it.as_name_expr()?.id.as_str())));
            }
            Stmt::With(it) => out.extend(
                it.items
                    .iter()
                    .filter(|it| stays(&it.context_expr))
                    .filter_map(|it| Some(it.optional_vars.as_ref()?.as_name_expr()?.id.as_str())),
            ),
            _ => {}
        }
    }
    out
}
