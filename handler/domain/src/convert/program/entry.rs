//! A deployment -> its entry in a `prefect.yaml` at the bundle's root.

use serde_json::{Map, Value};

use super::{Declared, registered};
use crate::desired::Field;
use crate::evaluate::Api;

/// The entry: name and entrypoint first, then what is stated.
pub(super) fn of(it: &Declared) -> Value {
    let mut out = Map::new();
    out.insert("name".into(), it.was.name.clone().into());
    out.insert("entrypoint".into(), entrypoint(it).into());
    for field in [Field::Description, Field::Version] {
        if it.stated.contains(&field) {
            put(&mut out, field.name(), registered(&it.was, field));
        }
    }
    put(&mut out, "tags", registered(&it.was, Field::Tags));
    put(&mut out, "parameters", registered(&it.was, Field::Parameters));
    if let Some(schedules) = &it.captured.schedules {
        out.insert("schedules".into(), schedules.clone().into());
    }
    put(&mut out, "work_pool", pool(it).into());
    put(&mut out, "concurrency_limit", limit(it));
    for field in [Field::EnforceParameterSchema, Field::Paused] {
        if it.stated.contains(&field) {
            put(&mut out, field.name(), registered(&it.was, field));
        }
    }
    put(&mut out, "triggers", it.captured.triggers.clone().into());
    put(&mut out, "pull", it.captured.pull.clone().unwrap_or_default().into());
    out.into()
}

/// `path:function` from the bundle's root, where the bundle has the file that runs; else as Prefect registers it.
pub(super) fn entrypoint(it: &Declared) -> String {
    let flow = &it.captured.flow;
    let is_elsewhere = it.captured.api == Api::Legacy && it.captured.pull.is_some();
    match flow.file.as_ref().filter(|_| !is_elsewhere) {
        Some(file) => format!("{file}:{}", flow.function),
        None => flow.entrypoint.clone(),
    }
}

fn pool(it: &Declared) -> Map<String, Value> {
    let mut out = Map::new();
    put(&mut out, "name", registered(&it.was, Field::WorkPool));
    // the queue of that name is every pool's own
    let queue = registered(&it.was, Field::WorkQueue);
    if queue != "default" {
        put(&mut out, "work_queue_name", queue);
    }
    put(&mut out, "job_variables", registered(&it.was, Field::JobVariables));
    out
}

/// A number, or the mapping that has the strategy too.
fn limit(it: &Declared) -> Value {
    let limit = registered(&it.was, Field::ConcurrencyLimit);
    match registered(&it.was, Field::ConcurrencyOptions) {
        Value::Object(mut options) if !limit.is_null() => {
            options.insert("limit".to_owned(), limit);
            options.into()
        }
        _ => limit,
    }
}

/// Adds what is not empty.
fn put(out: &mut Map<String, Value>, key: &str, value: Value) {
    let is_empty = |it: &Value| match it {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(map) => map.is_empty(),
        _ => false,
    };
    if !is_empty(&value) {
        out.insert(key.to_owned(), value);
    }
}
