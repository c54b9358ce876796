crate::diagnostic::rule! {
    /// A parameter's type is imported for type checkers only.
    ///
    /// ## What it finds
    ///
    /// An annotation of the flow with a name that only `if TYPE_CHECKING` imports.
    ///
    /// ## Why it matters
    ///
    /// Prefect evaluates annotations when it makes the parameter schema. It cannot resolve this one, so that the
    /// parameter takes anything; other types of the signature may be lost with it.
    ///
    /// ## Example
    ///
    /// ```python
    /// from __future__ import annotations
    /// from typing import TYPE_CHECKING
    ///
    /// if TYPE_CHECKING:
    ///     from models import Order
    ///
    /// @flow
    /// def etl(order: Order):
    ///     ...
    /// ```
    ///
    /// ## Use instead
    ///
    /// Import it where it counts:
    ///
    /// ```python
    /// from models import Order
    /// ```
    "type-checking-name", Warning
}
