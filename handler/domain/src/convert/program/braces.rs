//! Texts that are as they are in Python, and that a `prefect.yaml` takes for placeholders: nothing escapes them there.

use serde_json::Value;

use super::{Declared, entry};
use crate::declare::{self, Place};
use crate::dialect::Dialect;

/// The first placeholder in the entry of `it` that is not left as it is, and the key that holds it.
pub(super) fn replaced(it: &Declared, dialect: Dialect) -> Option<(String, String)> {
    let entry = entry::of(it);
    let mut keys = entry.as_object()?.iter();
    keys.find_map(|(key, value)| {
        let name = match key.as_str() {
            // the worker is the one to read them
            "pull" => None,
            "triggers" => value.as_array()?.iter().find_map(|it| trigger(it, dialect)),
            "work_pool" => pool(value, dialect),
            _ => first(value, Place::Plain, dialect),
        };
        Some((key.clone(), name?))
    })
}

fn pool(value: &Value, dialect: Dialect) -> Option<String> {
    let place = |key: &str| if key == "job_variables" { Place::JobVariables } else { Place::Plain };
    value.as_object()?.iter().find_map(|(key, it)| first(it, place(key), dialect))
}

/// Everything but `parameters`, which are templates of the event's time in a `prefect.yaml` too.
fn trigger(value: &Value, dialect: Dialect) -> Option<String> {
    let mut templated = value.as_object()?.iter().filter(|it| it.0 != "parameters");
    let place = |key: &str| if key == "job_variables" { Place::JobVariables } else { Place::Plain };
    templated.find_map(|(key, it)| first(it, place(key), dialect))
}

fn first(value: &Value, place: Place, dialect: Dialect) -> Option<String> {
    match value {
        Value::String(text) => declare::replaced(text, place, dialect).map(str::to_owned),
        Value::Array(items) => items.iter().find_map(|it| first(it, place, dialect)),
        Value::Object(map) => map.values().find_map(|it| first(it, place, dialect)),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}
