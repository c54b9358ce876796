//! What `Flow(…)` is given that the decorator takes in another form: `executor`, `state_handlers`, `result`.

use ruff_python_ast::Expr;

use super::flow::Flow;
use super::pass::{Pass, keyword};
use crate::diagnostic::rules;

/// Arguments of `Flow` that are read elsewhere.
const KNOWN: [&str; 5] = ["name", "schedule", "run_config", "storage", "executor"];

/// The arguments of `@flow` besides its name.
pub(super) fn options(pass: &mut Pass<'_>, flow: &Flow<'_>) -> Vec<String> {
    for it in &flow.call.arguments.keywords {
        let name = it.arg.as_ref().map_or("", |it| it.as_str());
        if !KNOWN.contains(&name) {
            let message = format!("`{name}` of the flow is left out");
            pass.look(rules::PREFECT_1_FLOW_SETTING, it, message, hint(name));
        }
    }
    flow.settings.executor.and_then(|it| runner(pass, it)).into_iter().collect()
}

fn hint(name: &str) -> &'static str {
    match name {
        "state_handlers" | "on_failure" | "terminal_state_handler" => {
            "give `@flow` `on_failure=[…]` or `on_completion=[…]`: functions of (flow, run, state)"
        }
        "result" => "give `@flow` `persist_result=True` and `result_storage=…`",
        "environment" => "say it as a work pool and `job_variables` in prefect.yaml",
        _ => "call the tasks in the function",
    }
}

/// Prefect 1 runs tasks one after the other unless an executor is given.
fn runner(pass: &mut Pass<'_>, expr: &Expr) -> Option<String> {
    let facts = pass.facts;
    let Expr::Call(call) = facts.constants.resolve(expr) else {
        pass.look(
            rules::PREFECT_1_EXECUTOR,
            expr,
            "this executor is left out",
            "give `@flow` a `task_runner`",
        );
        return None;
    };
    match facts.origins.last(&call.func).unwrap_or_default().as_str() {
        "LocalExecutor" => None,
        "LocalDaskExecutor" => {
            let hint = "tasks that are called run one after the other: `task.submit(…)` and `task.map(…)` run at once";
            pass.look(rules::PREFECT_1_EXECUTOR, call, "tasks run in threads", hint);
            let workers = keyword(call, "num_workers")
                .map(|it| format!("max_workers={}", pass.copy(&it.value)));
            pass.needs.insert(("prefect.task_runners", "ThreadPoolTaskRunner"));
            Some(format!("task_runner=ThreadPoolTaskRunner({})", workers.unwrap_or_default()))
        }
        _ => {
            let hint = "`prefect-dask` has a `DaskTaskRunner`: give it as `task_runner` of `@flow`";
            pass.look(rules::PREFECT_1_EXECUTOR, call, "this executor is left out", hint);
            None
        }
    }
}
