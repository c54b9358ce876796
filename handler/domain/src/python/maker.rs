//! What stands for `@flow`: Prefect's own, a function of the bundle that hands on to it what it is given, a `partial` of it.

use ruff_python_ast::{Decorator, Expr, ExprCall, Stmt, StmtFunctionDef};

use super::function::Settings;
use super::installed;
use super::names::Bound;
use super::scope::{Found, Scope};

/// Most of them in one another.
const MAX_DEPTH: usize = 10;

/// Arguments that a flow is known by.
const KEPT: [&str; 3] = ["name", "description", "version"];

/// Whether `name` is Prefect's decorator.
pub(super) fn is_flow(name: &Expr, scope: Scope<'_>) -> bool {
    matches!(scope.whole().dotted(name).as_deref(), Some("prefect.flow" | "prefect.flows.flow"))
}

/// What `name` means, where it is called `flow` and of a module that is not there: Prefect goes by the name, where it cannot
/// run the file. Source: `load_flow_arguments_from_entrypoint`.
fn foreign(name: &Expr, scope: Scope<'_>) -> Option<String> {
    name.as_name_expr().filter(|it| it.id == "flow")?;
    let dotted = scope.whole().dotted(name)?;
    let known = ["prefect.", "builtins."];
    let is_known = known.iter().any(|it| dotted.starts_with(it)) || installed::is_standard(&dotted);
    (dotted.rsplit('.').next() == Some("flow") && !is_known).then_some(dotted)
}

/// The decorator of `def` that is taken for Prefect's by its name alone, and what it means.
pub(super) fn by_name<'a>(
    def: &'a StmtFunctionDef,
    scope: Scope<'_>,
) -> Option<(&'a Decorator, String)> {
    def.decorator_list.iter().find_map(|it| {
        let name = it.expression.as_call_expr().map_or(&it.expression, |it| &*it.func);
        Some((it, foreign(name, scope)?))
    })
}

/// What `name` adds to the arguments that it is called with, where it stands for `@flow`; what counts most first.
pub(super) fn maker<'a>(name: &Expr, scope: Scope<'a>, depth: usize) -> Option<Vec<Settings<'a>>> {
    let scope = scope.whole();
    if is_flow(name, scope) || foreign(name, scope).is_some() {
        return Some(Vec::new());
    }
    if depth > MAX_DEPTH || !scope.step() {
        return None;
    }
    let Found::Here(home, bound) = scope.resolve(name)? else { return None };
    let (call, of, rest) = match bound {
        Bound::Function(def) => passed(def).map(|(it, rest)| (it, &*it.func, Some(rest)))?,
        Bound::Value(Expr::Call(it)) => (it, partial(it, home)?, None),
        Bound::Value(other @ (Expr::Name(_) | Expr::Attribute(_))) => {
            return maker(other, home, depth + 1);
        }
        _ => return None,
    };
    let before = maker(of, home, depth + 1)?;
    let own = Settings { arguments: &call.arguments, scope: home, rest };
    Some([vec![own], before].concat())
}

/// The first argument of `partial(…)`.
fn partial<'a>(call: &'a ExprCall, scope: Scope<'_>) -> Option<&'a Expr> {
    let is_partial = scope.dotted(&call.func).is_some_and(|it| it == "functools.partial");
    call.arguments.args.first().filter(|_| is_partial)
}

/// The call that `def` hands all its arguments to, but some of its own that are not those that a flow is known by; and what
/// the rest of them is called.
fn passed(def: &StmtFunctionDef) -> Option<(&ExprCall, &str)> {
    let (last, before) = def.body.split_last()?;
    let call = last.as_return_stmt()?.value.as_deref()?.as_call_expr()?;
    let rest = def.parameters.kwarg.as_ref()?.name.as_str();
    let is_rest = |it: &Expr| it.as_name_expr().is_some_and(|it| it.id == rest);
    let mut keywords = call.arguments.keywords.iter();
    let own = def.parameters.iter_non_variadic_params().map(|it| it.name().as_str());
    let said = keywords.clone().filter_map(|it| Some(it.arg.as_ref()?.as_str()));
    let is_kept = own.chain(said).all(|it| !KEPT.contains(&it));
    let hands_on = keywords.any(|it| it.arg.is_none() && is_rest(&it.value));
    let is_plain = before.iter().all(|it| is_harmless(it, &is_rest));
    (is_kept && hands_on && is_plain && def.decorator_list.is_empty() && !def.is_async)
        .then_some((call, rest))
}

/// Whether `stmt` is a text, or `kwargs.setdefault("retries", 3)`.
fn is_harmless(stmt: &Stmt, is_rest: &impl Fn(&Expr) -> bool) -> bool {
    let Some(expr) = stmt.as_expr_stmt() else { return false };
    match &*expr.value {
        Expr::StringLiteral(_) => true,
        Expr::Call(call) => {
            let key = call.arguments.args.first().and_then(Expr::as_string_literal_expr);
            let is_kept = key.is_none_or(|it| KEPT.contains(&it.value.to_str()));
            let owner = call.func.as_attribute_expr().filter(|it| it.attr.as_str() == "setdefault");
            !is_kept && owner.is_some_and(|it| is_rest(&it.value))
        }
        _ => false,
    }
}
