//! The type of an argument, from the default and the values that schedules give.

use ruff_python_ast::{Expr, ExprNumberLiteral, Number, Stmt};
use serde_json::Value;

use super::pass::Pass;

/// The value where it is written out: what a constant holds stays in the constant, so that its type may change.
pub(super) fn literal(expr: &Expr) -> Option<Value> {
    match expr {
        // what is in it does not matter for its type
        Expr::List(_) => Some(Value::Array(Vec::new())),
        Expr::Dict(_) => Some(Value::Object(serde_json::Map::new())),
        Expr::StringLiteral(_) | Expr::FString(_) => Some(Value::from("")),
        Expr::BooleanLiteral(_) => Some(Value::from(true)),
        Expr::NumberLiteral(it) => number(it),
        Expr::UnaryOp(it) => match it.operand.as_ref() {
            Expr::NumberLiteral(it) => number(it),
            _ => None,
        },
        _ => None,
    }
}

fn number(it: &ExprNumberLiteral) -> Option<Value> {
    match &it.value {
        Number::Int(_) => Some(1.into()),
        Number::Float(_) => Some(Value::from(0.5)),
        Number::Complex { .. } => None,
    }
}

/// The type that all of `values` have; Prefect 1 checked none, so that one which does not fit all would refuse runs.
pub(super) fn of(values: impl Iterator<Item = Value>) -> Option<&'static str> {
    let one = |it: &Value| match it {
        Value::String(_) => Some("str"),
        Value::Bool(_) => Some("bool"),
        Value::Number(it) if it.is_i64() => Some("int"),
        Value::Number(_) => Some("float"),
        Value::Array(_) => Some("list"),
        Value::Object(_) => Some("dict"),
        Value::Null => None,
    };
    let types: Vec<Option<&str>> = values.map(|it| one(&it)).collect();
    let first = types.first().copied().flatten()?;
    let numbers = types.iter().all(|it| matches!(it, Some("int" | "float")));
    if types.iter().all(|it| *it == Some(first)) { Some(first) } else { numbers.then_some("float") }
}

/// The annotation of a time, as the file can say it.
pub(super) fn time(pass: &mut Pass<'_>, optional: bool) -> &'static str {
    let module = pass.facts.nodes.statements.iter().any(|(it, _)| match it {
        Stmt::Import(it) => {
            it.names.iter().any(|it| it.name.as_str() == "datetime" && it.asname.is_none())
        }
        _ => false,
    });
    if !module {
        pass.needs.insert(("datetime", "datetime"));
    }
    match (module, optional) {
        (true, true) => "datetime.datetime | None",
        (true, false) => "datetime.datetime",
        (false, true) => "datetime | None",
        (false, false) => "datetime",
    }
}
