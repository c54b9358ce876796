//! Functions that Prefect cannot define, and takes without the types and defaults that raise.
//!
//! Source: `_sanitize_and_load_flow` of Prefect 2.20 and 3.9.

use ruff_python_ast::{Expr, StmtFunctionDef};

use super::free;
use super::scope::{Found, Scope};

/// Whether the flow `qualified`, which is `function` of the module `scope`, is taken like that: what Prefect does not run
/// has no names but those of the top level, and no `async def`.
pub(super) fn is_partial(qualified: &str, function: &StmtFunctionDef, scope: &Scope<'_>) -> bool {
    let first = qualified.split('.').next().unwrap_or(qualified);
    scope.is_fallback()
        && (scope.find(first).is_none() || (function.is_async && first == qualified))
}

/// The first name that `expr` needs and the module does not bind: what it would mean.
pub(super) fn missing(expr: &Expr, scope: &Scope<'_>) -> Option<String> {
    let name = free::of_expr(expr).into_iter().find(|it| !scope.may_bind(it))?;
    let whole = scope.whole();
    let meant = whole.dotted(expr).or_else(|| match whole.find(name)? {
        Found::Outside(dotted) => Some(dotted),
        Found::Here(..) => None,
    });
    Some(meant.filter(|it| !it.starts_with("builtins.")).unwrap_or_else(|| name.to_owned()))
}
