//! Members put together: those of a union, and the type that values have in common.

use std::collections::HashSet;

use ruff_python_ast::{Expr, ExprBinOp, Operator};
use serde_json::{Value, json};

use super::names::Bound;
use super::scope::{Found, Scope};

/// Members in source order, nested unions flattened, repeats once, `null` last.
pub(super) fn union(members: Vec<Value>) -> Value {
    let mut flat: Vec<Value> = Vec::new();
    let mut seen = HashSet::new();
    let mut null = false;
    for member in members {
        let inner = member
            .as_object()
            .filter(|it| it.len() == 1)
            .and_then(|it| it.get("anyOf")?.as_array().cloned());
        for it in inner.unwrap_or_else(|| vec![member]) {
            if it == json!({"type": "null"}) {
                null = true;
            } else if seen.insert(it.clone()) {
                flat.push(it);
            }
        }
    }
    if null {
        flat.push(json!({"type": "null"}));
    }
    match flat.as_slice() {
        [only] => only.clone(),
        _ => json!({"anyOf": flat}),
    }
}

/// The JSON type of all `values`, if it is one.
pub(super) fn one_type(values: &[Value]) -> Option<&'static str> {
    let kind = |it: &Value| match it {
        Value::String(_) => Some("string"),
        Value::Bool(_) => Some("boolean"),
        Value::Number(it) if it.is_i64() => Some("integer"),
        Value::Number(_) => Some("number"),
        Value::Array(_) => Some("array"),
        Value::Null => Some("null"),
        Value::Object(_) => None,
    };
    let first = kind(values.first()?)?;
    values.iter().all(|it| kind(it) == Some(first)).then_some(first)
}

/// Whether Python raises on the union of `members`: neither a text nor a class knows how to be joined with a text.
pub(super) fn is_refused(members: &[&Expr], scope: &Scope<'_>) -> bool {
    let mut kinds = members.iter().map(|it| Kind::of(it, scope));
    let mut before = kinds.next().unwrap_or(Kind::Other);
    kinds.any(|it| {
        let joined = (before, it);
        before = if joined == (Kind::Class, Kind::Class) { Kind::Class } else { Kind::Other };
        matches!(joined, (Kind::Text, Kind::Text | Kind::Class) | (Kind::Class, Kind::Text))
    })
}

/// What a member of a union is where Python joins it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    /// A class, or `None`.
    Class,
    /// What may be something of `typing`, which is joined with anything.
    Other,
}

impl Kind {
    fn of(it: &Expr, scope: &Scope<'_>) -> Self {
        match it {
            Expr::StringLiteral(_) => Self::Text,
            Expr::NoneLiteral(_) => Self::Class,
            Expr::Name(_) => match scope.resolve(it) {
                Some(Found::Here(_, Bound::Class(_))) => Self::Class,
                Some(Found::Outside(it)) if it.starts_with("builtins.") => Self::Class,
                _ => Self::Other,
            },
            _ => Self::Other,
        }
    }
}

/// The members of `a | b | c`, however many: it is nested as deeply as it is long.
pub(super) fn alternatives(it: &ExprBinOp) -> Vec<&Expr> {
    let mut members = vec![&*it.right];
    let mut rest = &*it.left;
    while let Expr::BinOp(it) = rest
        && it.op == Operator::BitOr
    {
        members.push(&it.right);
        rest = &it.left;
    }
    members.push(rest);
    members.reverse();
    members
}
