//! `Color["RED"]`, `LIMITS["max"]`, `NAMES[0]`, `os.environ["HOST"]`.

use ruff_python_ast::ExprSubscript;
use serde_json::Value;

use super::default::{Evaluated, value};
use super::enumeration;
use super::scope::Scope;

/// The value of `base[key]`.
pub(super) fn item(it: &ExprSubscript, scope: &Scope<'_>, depth: usize) -> Evaluated {
    let Evaluated::Json(key) = value(&it.slice, scope, depth + 1) else {
        return Evaluated::Unknown;
    };
    if let (Some("os.environ"), Value::String(name)) = (scope.dotted(&it.value).as_deref(), &key) {
        scope.note_variable(name);
        return Evaluated::Unknown;
    }
    if let (Some(found), Value::String(name)) = (enumeration::of(&it.value, scope, depth), &key) {
        return found.member(name).map_or(Evaluated::Unknown, Evaluated::shown);
    }
    let found = match value(&it.value, scope, depth + 1) {
        Evaluated::Json(Value::Array(items)) => at(&items, &key).cloned(),
        Evaluated::Json(Value::Object(map)) => key.as_str().and_then(|it| map.get(it)).cloned(),
        _ => None,
    };
    found.map_or(Evaluated::Unknown, Evaluated::Json)
}

/// An index counts from the end when it is negative.
fn at<'a>(items: &'a [Value], key: &Value) -> Option<&'a Value> {
    let index = key.as_i64()?;
    let back = usize::try_from(index.checked_neg()?).ok().filter(|it| *it > 0);
    match back {
        Some(back) => items.get(items.len().checked_sub(back)?),
        None => items.get(usize::try_from(index).ok()?),
    }
}
