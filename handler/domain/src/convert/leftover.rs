//! What is of Prefect 1 and stays: each place with what replaces it.

use std::collections::BTreeSet;
use std::ops::Range;

use ruff_python_ast::{Expr, ExprCall, Stmt};
use ruff_text_size::Ranged as _;

use super::edits::covers;
use super::finding::Finding;
use super::imperative;
use super::origins::is_old;
use super::pass::{Pass, keyword};
use super::source::span;
use super::walk::inside;
use crate::diagnostic::{Rule, rules};

/// Packages that took over parts of the task library, by the module's name.
const PACKAGES: [(&str, &str); 16] = [
    ("airbyte", "prefect-airbyte"),
    ("aws", "prefect-aws"),
    ("azure", "prefect-azure"),
    ("databricks", "prefect-databricks"),
    ("dbt", "prefect-dbt"),
    ("docker", "prefect-docker"),
    ("fivetran", "prefect-fivetran"),
    ("gcp", "prefect-gcp"),
    ("github", "prefect-github"),
    ("kubernetes", "prefect-kubernetes"),
    ("mysql", "prefect-sqlalchemy"),
    ("notifications", "prefect-email or prefect-slack"),
    ("postgres", "prefect-sqlalchemy"),
    ("shell", "prefect-shell"),
    ("snowflake", "prefect-snowflake"),
    ("sql", "prefect-sqlalchemy"),
];

/// Code and hint for the dotted name of something that only Prefect 1 has.
fn about(origin: &str) -> (&'static Rule, String) {
    let last = origin.rsplit('.').next().unwrap_or_default();
    let (code, hint) = match last {
        "Parameter" | "DateTimeParameter" => {
            (rules::PREFECT_1_PARAMETER, "make it an argument of the flow's function")
        }
        "case" | "switch" | "merge" | "ifelse" => {
            (rules::PREFECT_1_BRANCH, "write `if` and `else`")
        }
        "mapped" | "flatten" | "apply_map" => {
            (rules::PREFECT_1_MAP, "write `task.map(…)`, or a loop")
        }
        "resource_manager" => {
            (rules::PREFECT_1_RESOURCE_MANAGER, "write a context manager and `with`")
        }
        "Client" => (rules::PREFECT_1_CLIENT, "use `prefect.client.orchestration.get_client`"),
        "create_flow_run" | "StartFlowRun" | "FlowRunTask" => {
            (rules::PREFECT_1_FLOW_RUN, "call `run_deployment`, or the other flow's function")
        }
        "wait_for_flow_run" | "get_task_run_result" => {
            (rules::PREFECT_1_FLOW_RUN, "`run_deployment` waits and gives the run with its state")
        }
        _ => by_module(origin),
    };
    if let Some(rest) = origin.strip_prefix("prefect.tasks.")
        && let Some(it) = PACKAGES.iter().find(|it| rest.split('.').next() == Some(it.0))
    {
        return (code, format!("take it from {}, or write it as a function with `@task`", it.1));
    }
    (code, hint.to_owned())
}

fn by_module(origin: &str) -> (&'static Rule, &'static str) {
    match origin.split('.').nth(1).unwrap_or_default() {
        "config" => (rules::PREFECT_1_CONFIG, "use a Variable, a block, or `prefect.settings`"),
        "triggers" => {
            (rules::PREFECT_1_TRIGGER, "write `try`, `except` and `finally`, or `allow_failure(…)`")
        }
        "engine" if origin.starts_with("prefect.engine.signals") => (
            rules::PREFECT_1_SIGNAL,
            "raise an error to fail; return `Completed(…)`, `Failed(…)` or `Cancelled(…)` of prefect.states",
        ),
        "engine" if origin.starts_with("prefect.engine.result") => {
            (rules::PREFECT_1_RESULT, "use `persist_result=True` and `result_storage=…`")
        }
        "engine" => (rules::PREFECT_1_STATE, "use prefect.states"),
        "storage" | "environments" => {
            (rules::PREFECT_1_STORAGE, "remove it: the bundle's code is staged")
        }
        "run_configs" => (
            rules::PREFECT_1_RUN_CONFIG,
            "say it as `work_pool` and `job_variables` in prefect.yaml",
        ),
        "schedules" => (rules::PREFECT_1_SCHEDULE, "say it as `schedules` in prefect.yaml"),
        "executors" => (rules::PREFECT_1_EXECUTOR, "give `@flow` a `task_runner`"),
        "tasks" => (rules::PREFECT_1_TASK_LIBRARY, "write it as a function with `@task`"),
        "backend" => (
            rules::PREFECT_1_BACKEND,
            "use Variables, and the client of prefect.client.orchestration",
        ),
        "client" => (rules::PREFECT_1_SECRET, "use a Secret block"),
        "core" => (rules::PREFECT_1_FLOW, "write a function with `@flow`"),
        _ => (rules::PREFECT_1_NAME, "Prefect 3 does not have it"),
    }
}

/// Says what is left, outside of the rewritten `spans`.
pub(super) fn report(pass: &mut Pass<'_>, spans: &[Range<usize>]) {
    let facts = pass.facts;
    let mut told: BTreeSet<u32> =
        pass.report.iter().filter(|it| is_error(&it.1)).map(|it| it.1.diagnostic.at.line).collect();
    for it in &facts.nodes.calls {
        if super::flow::is_flow(pass, it.node)
            && !covers(spans, &span(it.node))
            && told.insert(line(pass, it.node))
        {
            let hint =
                "write a function with `@flow` at the top of the file, which calls the tasks";
            pass.left(rules::PREFECT_1_FLOW, it.node, "this flow is not converted", hint);
        }
        if let Some(found) = flow_run(pass, it.node)
            && told.insert(line(pass, it.node))
        {
            pass.say(it.node, found);
        }
    }
    for it in &facts.nodes.attributes {
        let origin = facts.origins.full_of(it.node);
        one(pass, it.node, origin.as_deref(), (spans, &mut told));
    }
    for it in &facts.nodes.reads {
        let origin = facts.origins.of_name(it.node.id.as_str());
        one(pass, it.node, origin, (spans, &mut told));
    }
    imperative::report(pass, spans, &mut told);
    for (stmt, _) in &facts.nodes.statements {
        if let Stmt::ImportFrom(it) = stmt
            && it.names.iter().any(|it| it.name.as_str() == "*")
            && it.module.as_ref().is_some_and(|it| it.as_str().starts_with("prefect"))
        {
            pass.left(
                rules::PREFECT_1_IMPORT,
                *stmt,
                "what `*` stands for is not known",
                "name what is imported",
            );
        }
    }
}

fn is_error(it: &Finding) -> bool {
    it.diagnostic.severity == crate::diagnostic::Severity::Error
}

fn line(pass: &Pass<'_>, node: &impl ruff_text_size::Ranged) -> u32 {
    pass.at(node).line
}

fn one(
    pass: &mut Pass<'_>,
    node: &impl ruff_text_size::Ranged,
    origin: Option<&str>,
    (spans, told): (&[Range<usize>], &mut BTreeSet<u32>),
) {
    let Some(origin) =
        origin.filter(|it| is_old(it) && !it.starts_with("prefect.utilities.logging"))
    else {
        return;
    };
    if pass.is_gone(node, spans) || !told.insert(line(pass, node)) {
        return;
    }
    let (code, hint) = about(origin);
    pass.left(code, node, format!("`{origin}` is not there any more"), hint);
}

/// `create_flow_run(flow_name="a", project_name="b")`, with the call that does the same.
fn flow_run(pass: &Pass<'_>, call: &ExprCall) -> Option<Finding> {
    let origin = pass.origin(&call.func);
    let last = origin.rsplit('.').next()?;
    if !origin.starts_with("prefect.tasks.prefect")
        || !matches!(last, "create_flow_run" | "StartFlowRun")
    {
        return None;
    }
    let text = |name: &str| keyword(call, name).and_then(|it| pass.facts.constants.text(&it.value));
    let name = format!(
        "{}/{}",
        text("flow_name")?,
        text("project_name").unwrap_or_else(|| "default".to_owned())
    );
    let parameters =
        keyword(call, "parameters").map(|it| format!(", parameters={}", pass.text(&it.value)));
    let replacement = format!("run_deployment(name=\"{name}\"{})", parameters.unwrap_or_default());
    let hint = format!(
        "from prefect.deployments import run_deployment; {replacement}, which waits for its end"
    );
    let message = format!("`{last}` is not there any more");
    Some(
        Finding::left(rules::PREFECT_1_FLOW_RUN, pass.at(call), message)
            .hint(hint)
            .replacement(replacement),
    )
}

/// Takes constants out that only what is gone has read: `STORAGE = GitHub(…)`.
pub(super) fn remove_constants(pass: &mut Pass<'_>) {
    const ROUNDS: usize = 5;
    let facts = pass.facts;
    for _ in 0..ROUNDS {
        let spans = pass.edits.spans();
        let mut more = false;
        for stmt in &facts.source.file.body {
            let Stmt::Assign(it) = stmt else { continue };
            let [Expr::Name(name)] = it.targets.as_slice() else { continue };
            if pass.removed.has(stmt) || covers(&spans, &span(stmt)) {
                continue;
            }
            let mut old = inside(&facts.nodes.calls, it.value.range());
            let of_old = old.any(|it| is_old(&pass.origin(&it.node.func)));
            let mut reads = facts.nodes.reads.iter().filter(|it| it.node.id == name.id).peekable();
            if of_old && reads.peek().is_some() && reads.all(|it| pass.is_gone(it.node, &spans)) {
                pass.removed.add(stmt);
                if let Some(lines) = facts.source.whole_lines(&span(stmt)) {
                    pass.edits.remove(lines);
                    more = true;
                }
            }
        }
        if !more {
            return;
        }
    }
}
