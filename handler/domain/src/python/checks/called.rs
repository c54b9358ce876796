//! Flows that are called, served or deployed when their file is imported.
//!
//! Source: what the engines of Prefect 3.9.1 and 2.20.27 do with such files; for calls in 2.20 `enter_flow_run_engine_from_flow_call`,
//! and for those in 3.x <https://github.com/PrefectHQ/prefect/issues/6629>.

use ruff_python_ast::{Expr, ExprCall, Stmt};

use super::super::function;
use super::super::scope::Found;
use super::Case;
use crate::diagnostic::{Diagnostic, rules};

/// What a call does with a flow.
#[derive(Debug, Clone, Copy)]
enum Use {
    /// `etl()`
    Call,
    /// `asyncio.run(etl())`
    Awaited,
    /// `etl.serve()`, `serve(…)`
    Serve,
    /// `etl.deploy(…)`, `deploy(…)`
    Deploy,
}

pub(super) fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let Some(file) = case.files.first() else { return };
    let all = function::all(&file.body, case.scope);
    let flows: Vec<&str> =
        all.iter().filter(|it| it.settings.is_some()).map(|it| it.qualified.as_str()).collect();
    for stmt in &file.body {
        let Some(call) = call(stmt) else { continue };
        let Some((used, name)) = used(case, call, &flows) else { continue };
        let message = message(case, used, &name);
        let warning = Diagnostic::warning(rules::FLOW_CALLED_ON_IMPORT, file.at(call), message);
        found.push(warning.hint("put it below `if __name__ == \"__main__\":`"));
    }
}

/// The call that `stmt` is, or assigns.
fn call(stmt: &Stmt) -> Option<&ExprCall> {
    match stmt {
        Stmt::Expr(it) => it.value.as_call_expr(),
        Stmt::Assign(it) => it.value.as_call_expr(),
        _ => None,
    }
}

/// What `call` does, and what it calls: `etl`, `etl.serve`, `serve`.
fn used(case: &Case<'_>, call: &ExprCall, flows: &[&str]) -> Option<(Use, String)> {
    let flow = |it: &Expr| {
        let name = it.as_name_expr()?.id.as_str();
        flows.contains(&name).then(|| name.to_owned())
    };
    if let Some(name) = flow(&call.func) {
        return Some((Use::Call, name));
    }
    if let Some(used) = of_prefect(case, &call.func) {
        return Some(used);
    }
    let it = call.func.as_attribute_expr()?;
    match it.attr.as_str() {
        "serve" => Some((Use::Serve, format!("{}.serve", flow(&it.value)?))),
        "deploy" => Some((Use::Deploy, format!("{}.deploy", flow(&it.value)?))),
        "run" => {
            let inner = call.arguments.args.first()?.as_call_expr()?;
            Some((Use::Awaited, flow(&inner.func)?))
        }
        _ => None,
    }
}

/// `serve` and `deploy`, which take deployments.
fn of_prefect(case: &Case<'_>, function: &Expr) -> Option<(Use, String)> {
    let Some(Found::Outside(dotted)) = case.scope.resolve(function) else { return None };
    match dotted.as_str() {
        "prefect.serve" | "prefect.flows.serve" => Some((Use::Serve, "serve".to_owned())),
        "prefect.deploy" | "prefect.deployments.deploy" | "prefect.deployments.runner.deploy" => {
            Some((Use::Deploy, "deploy".to_owned()))
        }
        _ => None,
    }
}

/// What becomes of it on a worker.
fn message(case: &Case<'_>, used: Use, name: &str) -> String {
    match used {
        Use::Call | Use::Awaited if case.dialect.is_three() => {
            format!("`{name}` runs each time that a worker imports this file")
        }
        Use::Call => {
            format!(
                "Prefect 2 does not run `{name}` while a worker imports this file: this is None"
            )
        }
        Use::Awaited => format!(
            "Prefect 2 does not run `{name}` while a worker imports this file: this is no coroutine, so that the import fails"
        ),
        Use::Serve => {
            format!("`{name}` waits for runs, so that a worker's import of this file never ends")
        }
        Use::Deploy => {
            format!("`{name}` registers anew each time that a worker imports this file")
        }
    }
}
