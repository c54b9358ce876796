//! The decorators of classes.

use ruff_python_ast::{Decorator, Expr};

use super::scope::Scope;

/// Whether `it` makes a dataclass.
pub(super) fn is_dataclass(it: &Decorator, scope: &Scope<'_>) -> bool {
    is_pydantic(it, scope) || is_decorated(it, scope, "dataclasses.dataclass")
}

/// Whether it is pydantic's own.
pub(super) fn is_pydantic(it: &Decorator, scope: &Scope<'_>) -> bool {
    is_decorated(it, scope, "pydantic.dataclasses.dataclass")
}

fn is_decorated(it: &Decorator, scope: &Scope<'_>, by: &str) -> bool {
    let name = if let Expr::Call(it) = &it.expression { &it.func } else { &it.expression };
    scope.dotted(name).is_some_and(|it| it == by)
}

/// A decorator that changes nothing.
pub(super) fn is_harmless(it: &Decorator, scope: &Scope<'_>) -> bool {
    matches!(
        scope.dotted(&it.expression).as_deref(),
        Some(
            "typing.final"
                | "typing_extensions.final"
                | "typing.runtime_checkable"
                | "functools.total_ordering"
        )
    )
}
