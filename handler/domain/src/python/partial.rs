//! Functions that Prefect cannot define, and takes without the types and defaults that raise.
//!
//! Source: `_sanitize_and_load_flow` of Prefect 2.20 and 3.9.

use ruff_python_ast::{AnyParameterRef, Expr, StmtFunctionDef};

use super::free;
use super::parametric;
use super::record::{self, Shape};
use super::scope::{Found, Scope};
use crate::dotted;

/// Whether the flow `qualified`, which is `function` of the module `scope`, is taken like that: what Prefect does not run
/// has no names but those of the top level, and no `async def`.
pub(super) fn is_partial(qualified: &str, function: &StmtFunctionDef, scope: &Scope<'_>) -> bool {
    let first = dotted::first(qualified);
    let raises = |it: &Expr| made_generic(it, scope).is_some();
    scope.is_fallback()
        && (scope.find(first).is_none()
            || (function.is_async && first == qualified)
            || function.parameters.iter().filter_map(AnyParameterRef::annotation).any(raises))
}

/// The generic model of the module that `annotation` is an instance of: pydantic looks for the module then, which is none.
fn made_generic(annotation: &Expr, scope: &Scope<'_>) -> Option<String> {
    let it = annotation.as_subscript_expr()?;
    if let Some((home, class)) = scope.class(&it.value)
        && home.module() == 0
        && matches!(record::of(class, &home, &None, 0), Ok(Some(it)) if it.shape == Shape::Model)
    {
        return Some(class.name.to_string());
    }
    let parts = parametric::arguments(&it.slice);
    parts.into_iter().find_map(|it| made_generic(it, scope))
}

/// The first name that `expr` needs and the module does not bind: what it would mean.
pub(super) fn missing(expr: &Expr, scope: &Scope<'_>) -> Option<String> {
    let unbound = free::of_expr(expr).into_iter().find(|it| !scope.may_bind(it));
    let Some(name) = unbound else { return made_generic(expr, scope) };
    let whole = scope.whole();
    let meant = whole.dotted(expr).or_else(|| match whole.find(name)? {
        Found::Outside(dotted) => Some(dotted),
        Found::Here(..) => None,
    });
    Some(meant.filter(|it| !it.starts_with("builtins.")).unwrap_or_else(|| name.to_owned()))
}
