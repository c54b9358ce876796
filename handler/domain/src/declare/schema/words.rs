//! What a schema asks for, in words.

use serde_json::{Map, Value};

use super::{Fault, Kind, Schema};
use crate::diagnostic::did_you_mean;

/// So many allowed values are named in a message.
const NAMED: usize = 12;

/// The fault of a value that is not of the type of `schema`.
pub(super) fn wrong_type(value: &Value, schema: Schema<'_>) -> Fault {
    Fault::new(Kind::Type, format!("must be {}, this is {}", wanted(schema), type_name(value)))
}

fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "a mapping",
    }
}

/// What `schema` asks for, for a message.
pub(super) fn wanted(schema: Schema<'_>) -> String {
    if let Some(target) = schema.referred().filter(|_| schema.spend()) {
        return wanted(target);
    }
    if let Some(values) = allowed(schema) {
        return match values.as_slice() {
            [only] => only.clone(),
            many => format!("one of {}", many.join(", ")),
        };
    }
    let mut parts: Vec<String> = schema.list("anyOf").map(wanted).collect();
    parts.dedup();
    if !parts.is_empty() {
        return parts.join(" or ");
    }
    let name = schema.get("type").and_then(Value::as_str).unwrap_or_default();
    type_words(name).to_owned()
}

fn type_words(name: &str) -> &'static str {
    match name {
        "integer" => "an integer",
        "number" => "a number",
        "string" => "a text",
        "boolean" => "true or false",
        "null" => "null",
        "array" => "a list",
        "object" => "a mapping",
        _ => "another value",
    }
}

/// The values that `enum` or `const` allows, as text.
fn allowed(schema: Schema<'_>) -> Option<Vec<String>> {
    let one = |it: &Value| it.as_str().map_or_else(|| format!("`{it}`"), |it| format!("`{it}`"));
    if let Some(only) = schema.get("const") {
        return Some(vec![one(only)]);
    }
    let values = schema.get("enum")?.as_array()?;
    let mut out: Vec<String> = values.iter().take(NAMED).map(one).collect();
    if values.len() > NAMED {
        out.push("…".to_owned());
    }
    Some(out)
}

/// A member that no model has, with the near miss.
pub(super) fn unknown(key: &str, known: &Map<String, Value>) -> String {
    let near = did_you_mean(key, known.keys().map(String::as_str));
    let names: Vec<String> = known.keys().take(NAMED).map(|it| format!("`{it}`")).collect();
    if near.is_empty() {
        format!("is not among {}", names.join(", "))
    } else {
        format!("is not known{near}")
    }
}
