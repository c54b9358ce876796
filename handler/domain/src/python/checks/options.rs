//! Arguments that `@flow` and `@task` do not take: importing the file raises.

use ruff_python_ast::{Expr, Stmt};

use super::Case;
use crate::diagnostic::{Diagnostic, did_you_mean, rules};
use crate::python::options;

pub(super) fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let Some(file) = case.files.first() else { return };
    for stmt in &file.body {
        let Stmt::FunctionDef(def) = stmt else { continue };
        for decorator in &def.decorator_list {
            let Expr::Call(call) = &decorator.expression else { continue };
            let Some(name) = decorator_name(case, &call.func) else { continue };
            let Some(known) = options::taken(&name) else { continue };
            for it in &call.arguments.keywords {
                let Some(given) = it.arg.as_ref().filter(|it| !known.contains(&it.as_str())) else {
                    continue;
                };
                let message = format!("`@{name}` takes no argument `{given}`: runs fail on this");
                let hint = did_you_mean(given, known.iter().copied());
                let warning =
                    Diagnostic::warning(rules::DECORATOR_ARGUMENT, file.at(given), message);
                found.push(match hint.trim_start_matches("; ") {
                    "" => warning,
                    hint => warning.hint(hint),
                });
            }
        }
    }
}

/// `flow` or `task`, if the decorator is that of Prefect.
fn decorator_name(case: &Case<'_>, func: &Expr) -> Option<String> {
    let dotted = case.scope.dotted(func)?;
    let (module, name) = dotted.rsplit_once('.')?;
    matches!(module, "prefect" | "prefect.flows" | "prefect.tasks").then(|| name.to_owned())
}
