//! Prefect's JSON -> domain types.

use domain::observed::{Key, LIMITS, LiveAutomation, LiveDeployment, LiveSchedule};
use serde_json::{Map, Value};

/// The types of work pools, each with the template that its pools have by default, by the package that brings them.
pub(super) const WORKERS: &str = "/collections/views/aggregate-worker-metadata";

/// `name` as one segment of a path.
pub(super) fn segment(name: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(byte.into());
        } else {
            let _infallible = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// The text member `name`, empty when absent.
pub(super) fn text(value: &Value, name: &str) -> String {
    value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// A deployment of the flow `flow`; `None` for anything that is no deployment record, or has a schedule that is none.
pub(super) fn deployment(record: Value, flow: &str) -> Option<LiveDeployment> {
    let Value::Object(mut record) = record else { return None };
    let listed = record.remove("schedules").unwrap_or_default();
    // newest first in the answer
    let schedules = listed.as_array()?.iter().rev().map(schedule).collect::<Option<_>>()?;
    let get = |name: &str| record.get(name).and_then(Value::as_str).map(str::to_owned);
    let key = Key { flow: flow.to_owned(), name: get("name")? };
    Some(LiveDeployment { id: get("id")?, key, record, schedules })
}

fn schedule(value: &Value) -> Option<LiveSchedule> {
    let slug = value.get("slug").and_then(Value::as_str).map(str::to_owned);
    let parameters = value.get("parameters").and_then(Value::as_object).cloned();
    let limit = |it: &str| value.get(it).filter(|it| !it.is_null() && **it != false).cloned();
    let limits = LIMITS.iter().filter_map(|it| Some(((*it).to_owned(), limit(it)?))).collect();
    Some(LiveSchedule {
        id: value.get("id")?.as_str()?.to_owned(),
        slug,
        active: value.get("active")?.as_bool()?,
        timing: value.get("schedule").filter(|it| it.is_object())?.clone(),
        parameters: parameters.unwrap_or_else(Map::new),
        limits,
    })
}

/// An automation; `None` for anything that is no automation record.
pub(super) fn automation(record: Value) -> Option<LiveAutomation> {
    let Value::Object(record) = record else { return None };
    let get = |name: &str| record.get(name).and_then(Value::as_str).map(str::to_owned);
    Some(LiveAutomation { id: get("id")?, name: get("name")?, record })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn any_name_is_one_segment_of_a_path() {
        assert_eq!(segment("a-1_.~"), "a-1_.~");
        assert_eq!(segment("a b/ü?"), "a%20b%2F%C3%BC%3F");
    }

    #[test]
    fn half_a_record_is_none_and_not_another_one() {
        let whole = json!({"id": "s", "active": false, "schedule": {"cron": "0 6 * * *"}});
        let record = |schedules: Value| json!({"id": "1", "name": "d", "schedules": schedules});
        let read = deployment(record(json!([whole])), "f").unwrap();
        assert!(!read.schedules[0].active);
        for name in ["id", "active", "schedule"] {
            let mut half = whole.clone();
            half.as_object_mut().unwrap().remove(name);
            assert_eq!(deployment(record(json!([whole, half])), "f"), None, "{name}");
        }
        for half in [json!({"id": "1"}), json!({"name": "a"}), json!("a")] {
            assert_eq!(automation(half), None);
        }
    }
}
