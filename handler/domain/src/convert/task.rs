//! `@task(max_retries=3, retry_delay=timedelta(minutes=5))` -> `@task(retries=3, retry_delay_seconds=300)`.

use std::collections::BTreeSet;

use ruff_python_ast::{ArgOrKeyword, Expr, ExprCall, Keyword, Stmt};
use ruff_text_size::Ranged as _;

use super::pass::{Pass, is_atom, keyword};
use super::source::span;
use crate::diagnostic::rules;

/// Arguments that only Prefect 1 takes.
const OLD: [&str; 16] = [
    "max_retries",
    "retry_delay",
    "nout",
    "log_stdout",
    "checkpoint",
    "trigger",
    "timeout",
    "cache_for",
    "cache_validator",
    "cache_key",
    "result",
    "target",
    "state_handlers",
    "skip_on_upstream_skip",
    "slug",
    "retry_on",
];

/// Arguments that say nothing any more.
const GONE: [&str; 3] = ["nout", "slug", "skip_on_upstream_skip"];

/// Whether `call` gives a task what only Prefect 1 takes.
pub(super) fn is_old(pass: &Pass<'_>, call: &ExprCall) -> bool {
    is_task(pass, &call.func) && OLD.iter().any(|it| keyword(call, it).is_some())
}

fn is_task(pass: &Pass<'_>, func: &Expr) -> bool {
    matches!(
        pass.origin(func).as_str(),
        "prefect.task" | "prefect.utilities.tasks.task" | "prefect.tasks.task"
    )
}

/// Converts the arguments of every `task(…)`, and `other.run(…)` of tasks of this file.
pub(super) fn convert(pass: &mut Pass<'_>) {
    let facts = pass.facts;
    let functions = functions(pass);
    for it in &facts.nodes.calls {
        if is_task(pass, &it.node.func) {
            arguments(pass, it.node);
        }
        if let Expr::Attribute(func) = it.node.func.as_ref()
            && func.attr.as_str() == "run"
            && matches!(func.value.as_ref(), Expr::Name(it) if functions.contains(it.id.as_str()))
        {
            pass.edits.replace(span(&func.attr), "fn");
            pass.done(rules::PREFECT_1_TASK_RUN, it.node, "the function of a task is its `fn`");
        }
    }
    for (stmt, _) in &facts.nodes.statements {
        class(pass, stmt);
    }
}

/// The functions of the file that are tasks.
fn functions<'a>(pass: &Pass<'a>) -> BTreeSet<&'a str> {
    let is = |it: &Expr| match it {
        Expr::Call(it) => is_task(pass, &it.func),
        other => is_task(pass, other),
    };
    let all = pass.facts.source.file.body.iter().filter_map(|it| it.as_function_def_stmt());
    let tasks = all.filter(|it| it.decorator_list.iter().any(|it| is(&it.expression)));
    tasks.map(|it| it.name.as_str()).collect()
}

/// Whether `stmt` is a class of tasks with a `run`.
pub(super) fn is_old_class(pass: &Pass<'_>, stmt: &Stmt) -> bool {
    let Stmt::ClassDef(it) = stmt else { return false };
    let base = it.bases().iter().any(|it| {
        matches!(
            pass.origin(it).as_str(),
            "prefect.Task" | "prefect.core.Task" | "prefect.core.task.Task"
        )
    });
    let run =
        it.body.iter().any(|it| matches!(it, Stmt::FunctionDef(it) if it.name.as_str() == "run"));
    base && run
}

fn class(pass: &mut Pass<'_>, stmt: &Stmt) {
    if let Stmt::ClassDef(it) = stmt
        && is_old_class(pass, stmt)
    {
        let hint = "write `run` as a function with `@task`; what `__init__` takes become arguments";
        let message = format!("`{}` is a class of tasks, and tasks are functions now", it.name);
        pass.left(rules::PREFECT_1_TASK_CLASS, &it.name, message, hint);
    }
}

fn arguments(pass: &mut Pass<'_>, call: &ExprCall) {
    let before = pass.report.len();
    for it in &call.arguments.keywords {
        one(pass, call, it);
    }
    pass.remove_arguments(call, |it| match it {
        ArgOrKeyword::Arg(_) => false,
        ArgOrKeyword::Keyword(it) => goes(call, it),
    });
    if before == pass.report.len() && OLD.iter().any(|it| keyword(call, it).is_some()) {
        pass.done(rules::PREFECT_1_TASK, call, "the arguments of the task have other names");
    }
}

/// Whether the argument is left out.
fn goes(call: &ExprCall, it: &Keyword) -> bool {
    match it.arg.as_ref().map_or("", |it| it.as_str()) {
        // both become `persist_result`
        "checkpoint" => keyword(call, "result").is_some(),
        "cache_validator" => true,
        "trigger" => matches!(last(&it.value), Some("all_successful")),
        "retry_delay" | "cache_for" | "timeout" | "max_retries" => it.value.is_none_literal_expr(),
        name => GONE.contains(&name),
    }
}

fn last(expr: &Expr) -> Option<&str> {
    match expr {
        Expr::Name(it) => Some(it.id.as_str()),
        Expr::Attribute(it) => Some(it.attr.as_str()),
        Expr::Call(it) => last_of_call(it),
        _ => None,
    }
}

fn last_of_call(call: &ExprCall) -> Option<&str> {
    match call.func.as_ref() {
        Expr::Name(it) => Some(it.id.as_str()),
        Expr::Attribute(it) => Some(it.attr.as_str()),
        _ => None,
    }
}

fn one(pass: &mut Pass<'_>, call: &ExprCall, it: &Keyword) {
    let name = it.arg.as_ref().map_or("", |it| it.as_str());
    match name {
        "max_retries" => pass.rename(it, "retries"),
        "log_stdout" => pass.rename(it, "log_prints"),
        "checkpoint" => pass.rename(it, "persist_result"),
        "retry_delay" => seconds(pass, it, "retry_delay_seconds"),
        "timeout" if pass.facts.constants.seconds(&it.value).is_some() => {
            seconds(pass, it, "timeout_seconds");
        }
        "timeout" => pass.rename(it, "timeout_seconds"),
        "cache_for" => cache(pass, call, it),
        "result" => {
            pass.edits.replace(span(it), "persist_result=True");
            let hint = "say where with `result_storage=…`, a block, or the setting PREFECT_DEFAULT_RESULT_STORAGE_BLOCK";
            pass.look(
                rules::PREFECT_1_RESULT,
                it,
                "the result is kept in the default storage",
                hint,
            );
        }
        "trigger" if goes(call, it) => {}
        "trigger" => {
            let hint = "call the task in `finally:` or `except:`, or give it `allow_failure(…)` of what may fail";
            pass.left(rules::PREFECT_1_TRIGGER, it, "a task has no trigger any more", hint);
        }
        "state_handlers" | "on_failure" => {
            let hint = "give `on_failure=[…]`, `on_completion=[…]` functions of (task, run, state)";
            pass.left(
                rules::PREFECT_1_STATE_HANDLER,
                it,
                format!("`{name}` is not converted"),
                hint,
            );
        }
        "target" => {
            let hint = "use `persist_result=True, result_storage_key=…`, or a `cache_policy`";
            pass.left(rules::PREFECT_1_RESULT, it, "`target` is not converted", hint);
        }
        "cache_key" | "retry_on" => {
            let hint =
                if name == "cache_key" { "use `cache_key_fn`" } else { "use `retry_condition_fn`" };
            pass.left(rules::PREFECT_1_TASK, it, format!("`{name}` is not converted"), hint);
        }
        _ => {}
    }
}

/// A duration as seconds.
fn seconds(pass: &mut Pass<'_>, it: &Keyword, name: &str) {
    if it.value.is_none_literal_expr() {
        return;
    }
    let known = pass.facts.constants.seconds(&it.value).filter(|_| it.value.is_call_expr());
    if let Some(seconds) = known {
        let whole = seconds.fract() == 0.0 && seconds.abs() < 1e12;
        let text = if whole { format!("{seconds:.0}") } else { seconds.to_string() };
        pass.edits.replace(span(it), format!("{name}={text}"));
        return;
    }
    pass.rename(it, name);
    if !is_atom(&it.value) {
        pass.edits.insert(it.value.start().to_usize(), "(");
        pass.edits.insert(it.value.end().to_usize(), ")");
    }
    pass.edits.insert(it.value.end().to_usize(), ".total_seconds()");
}

/// A cache that lasts: without a validator Prefect 1 looks at the time only, so that the inputs are no part of the key.
fn cache(pass: &mut Pass<'_>, call: &ExprCall, it: &Keyword) {
    if it.value.is_none_literal_expr() {
        return;
    }
    let validator = keyword(call, "cache_validator");
    let policy = match validator.map(|it| last(&it.value)) {
        None | Some(Some("duration_only")) => "TASK_SOURCE",
        Some(Some("all_inputs" | "all_parameters")) => "INPUTS",
        _ => {
            let hint = "write a `cache_key_fn`";
            pass.look(rules::PREFECT_1_CACHE, it, "the cache depends on all inputs now", hint);
            "INPUTS"
        }
    };
    pass.rename(it, "cache_expiration");
    pass.edits.insert(it.end().to_usize(), format!(", cache_policy={policy}"));
    pass.needs.insert(("prefect.cache_policies", policy));
}
