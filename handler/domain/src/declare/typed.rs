//! Values of one type, or an error at their place. Source: Prefect's `DeploymentConfig` in pydantic's lax mode.

use serde_json::{Map, Value};

use super::Context;
use super::template::is_open;
use crate::diagnostic::{Diagnostic, rules};
use crate::yaml::{Kind, Node};

/// A text; null is `None`.
pub(super) fn text(
    context: &Context<'_>,
    key: &str,
    node: &Node,
    found: &mut Vec<Diagnostic>,
) -> Option<String> {
    let is_date = matches!(node.kind, Kind::Scalar { date: true, .. });
    match node.to_json() {
        Value::String(text) if !is_date => return Some(text),
        Value::Null => return None,
        _ => {}
    }
    let hint = match &node.kind {
        Kind::Scalar { text, .. } => format!("quote it: \"{text}\""),
        _ => "write one text".to_owned(),
    };
    found.push(wrong(context, key, node, "a text").hint(hint));
    None
}

/// True or false, also as the words that pydantic takes (`"yes"`, `"0"`), since environment variables are texts.
pub(super) fn flag(
    context: &Context<'_>,
    key: &str,
    node: &Node,
    found: &mut Vec<Diagnostic>,
) -> Option<bool> {
    let flag = match node.to_json() {
        Value::Bool(flag) => Some(flag),
        Value::Null => return None,
        Value::Number(number) if number.as_f64() == Some(1.0) => Some(true),
        Value::Number(number) if number.as_f64() == Some(0.0) => Some(false),
        Value::String(text) if is_open(context, &text) => return None,
        Value::String(text) => match text.to_lowercase().as_str() {
            "true" | "t" | "yes" | "y" | "on" | "1" => Some(true),
            "false" | "f" | "no" | "n" | "off" | "0" => Some(false),
            _ => None,
        },
        _ => None,
    };
    if flag.is_none() {
        let wrong = wrong(context, key, node, "true or false");
        found.push(wrong.hint("write `true` or `false`"));
    }
    flag
}

/// A mapping; null is an error, as it is for Prefect.
pub(super) fn mapping(
    context: &Context<'_>,
    key: &str,
    node: &Node,
    found: &mut Vec<Diagnostic>,
) -> Option<Map<String, Value>> {
    match node.to_json() {
        Value::Object(map) => return Some(map),
        Value::String(text) if is_open(context, &text) => return None,
        _ => {}
    }
    let wrong = wrong(context, key, node, "a mapping");
    found.push(wrong.hint(format!("write `{key}: {{}}` or remove the key")));
    None
}

/// A whole number, also as `2.0` and `"2"`, as pydantic takes them.
pub(super) fn whole(node: &Node) -> Option<i64> {
    match node.to_json() {
        Value::Number(number) => number.as_i64().or_else(|| {
            let float = number.as_f64().filter(|it| it.fract() == 0.0)?;
            format!("{float:.0}").parse().ok()
        }),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

fn wrong(context: &Context<'_>, key: &str, node: &Node, want: &str) -> Diagnostic {
    let message = format!(
        "`{key}` must be {want}, this is {}; Prefect would skip the whole file",
        node.type_name()
    );
    context.error(rules::FIELD_TYPE, node.at, message)
}
