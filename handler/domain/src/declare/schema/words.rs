//! What a schema asks for, in words.

use serde_json::Value;

use super::{Fault, Kind, Schema};

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
    let name = match schema.get("type").and_then(Value::as_str) {
        Some("integer") => "an integer",
        Some("number") => "a number",
        Some("string") => "a text",
        Some("boolean") => "true or false",
        Some("null") => "null",
        Some("array") => "a list",
        Some("object") => "a mapping",
        _ => "another value",
    };
    name.to_owned()
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
