//! Flows that run when their file is imported. Source: <https://github.com/PrefectHQ/prefect/issues/6629>.

use ruff_python_ast::{Expr, ExprCall, Stmt};

use super::super::function;
use super::Case;
use crate::diagnostic::{Diagnostic, rules};

pub(super) fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let Some(file) = case.files.first() else { return };
    let all = function::all(&file.body, case.scope);
    let flows: Vec<&str> =
        all.iter().filter(|it| it.settings.is_some()).map(|it| it.qualified.as_str()).collect();
    for stmt in &file.body {
        let Some((call, name)) = call(stmt).and_then(|it| Some((it, called(it, &flows)?))) else {
            continue;
        };
        let message = format!("`{name}` runs each time that a worker imports this file");
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

/// The flow that runs: `etl()`, `etl.serve()`, `asyncio.run(etl())`.
fn called<'a>(call: &'a ExprCall, flows: &[&str]) -> Option<&'a str> {
    let flow = |it: &'a Expr| {
        let name = it.as_name_expr()?.id.as_str();
        flows.contains(&name).then_some(name)
    };
    match &*call.func {
        Expr::Attribute(it) if it.attr.as_str() == "serve" => flow(&it.value),
        Expr::Attribute(it) if it.attr.as_str() == "run" => {
            let inner = call.arguments.args.first()?.as_call_expr()?;
            flow(&inner.func)
        }
        name => flow(name),
    }
}
