//! The decorators of classes.

use ruff_python_ast::{Decorator, Expr};

use super::scope::Scope;

/// Whether `it` makes a dataclass.
pub(super) fn is_dataclass(it: &Decorator, scope: &Scope<'_>) -> bool {
    is_pydantic(it, scope)
        || is_decorated(it, scope, "dataclasses.dataclass")
        || (scope.is_one && is_decorated(it, scope, "pydantic.dataclasses.dataclass"))
}

/// Whether it is that of the pydantic that reads it.
pub(super) fn is_pydantic(it: &Decorator, scope: &Scope<'_>) -> bool {
    let own = if scope.is_one {
        "pydantic.v1.dataclasses.dataclass"
    } else {
        "pydantic.dataclasses.dataclass"
    };
    is_decorated(it, scope, own)
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
