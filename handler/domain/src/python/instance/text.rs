//! Texts that pydantic strips, or of which it changes the case.
//!
//! Source: `StrValidator` of pydantic-core 2 and `constr` of pydantic 1: stripped first, then the case; what is no text stays.

use ruff_python_ast::{Expr, ExprCall};
use serde_json::Value;

/// What `StringConstraints(…)` or `constr(…)` makes of `value`; `None` when only running it tells.
pub(super) fn altered(value: Value, call: &ExprCall) -> Option<Value> {
    let is_stripped = flag(call, "strip_whitespace")?;
    let (is_lower, is_upper) = (flag(call, "to_lower")?, flag(call, "to_upper")?);
    let text = match value {
        Value::String(it) => it,
        Value::Null => return Some(value),
        _ if is_stripped || is_lower || is_upper => return None,
        _ => return Some(value),
    };
    let text = if is_stripped { text.trim().to_owned() } else { text };
    match (is_lower, is_upper) {
        (false, false) => Some(text.into()),
        (true, false) => Some(text.to_lowercase().into()),
        (false, true) => Some(text.to_uppercase().into()),
        (true, true) => None,
    }
}

/// Whether the flag `name` is set; `None` when that is not known.
fn flag(call: &ExprCall, name: &str) -> Option<bool> {
    match call.arguments.find_keyword(name).map(|it| &it.value) {
        None | Some(Expr::NoneLiteral(_)) => Some(false),
        Some(Expr::BooleanLiteral(it)) => Some(it.value),
        Some(_) => None,
    }
}
