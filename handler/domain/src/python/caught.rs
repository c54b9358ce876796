//! What fails when a module is imported, and what goes on all the same.

use ruff_python_ast::{ExceptHandlerExceptHandler, Expr};
use ruff_text_size::TextSize;

/// What fails of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// It imports a module that is missing.
    Module,
    /// It imports a name that is missing.
    Name,
    /// It uses what is missing.
    Use,
}

/// A statement that fails.
#[derive(Debug, Clone, Copy)]
pub(super) struct Failed {
    /// Where it starts.
    pub(super) place: TextSize,
    pub(super) fault: Fault,
}

/// Whether `handler` catches the import that failed.
pub(super) fn catches(handler: &ExceptHandlerExceptHandler, failed: Failed) -> bool {
    let is_caught = |it: &Expr| match it.as_name_expr().map(|it| it.id.as_str()) {
        Some("Exception" | "BaseException") => true,
        Some("ImportError") => failed.fault != Fault::Use,
        Some("ModuleNotFoundError") => failed.fault == Fault::Module,
        Some("NameError" | "AttributeError" | "TypeError" | "KeyError") => {
            failed.fault == Fault::Use
        }
        _ => false,
    };
    match handler.type_.as_deref() {
        None => true,
        Some(Expr::Tuple(types)) => types.elts.iter().any(is_caught),
        Some(one) => is_caught(one),
    }
}

/// Whether `context` is `suppress(ImportError)`.
pub(super) fn is_suppressing(context: &Expr) -> bool {
    let Expr::Call(it) = context else { return false };
    match &*it.func {
        Expr::Name(it) => it.id == "suppress",
        Expr::Attribute(it) => it.attr.as_str() == "suppress",
        _ => false,
    }
}
