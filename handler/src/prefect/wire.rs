//! Prefect's JSON -> domain types.

use domain::observed::{Key, LiveAutomation, LiveDeployment, LiveSchedule};
use serde_json::{Map, Value};

/// The text member `name`, empty when absent.
pub(super) fn text(value: &Value, name: &str) -> String {
    value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// A deployment of the flow `flow`; `None` for anything that is no deployment record.
pub(super) fn deployment(record: Value, flow: &str) -> Option<LiveDeployment> {
    let Value::Object(mut record) = record else { return None };
    let listed = record.remove("schedules").unwrap_or_default();
    let mut schedules: Vec<LiveSchedule> = listed.as_array()?.iter().map(schedule).collect();
    schedules.reverse();
    let get = |name: &str| record.get(name).and_then(Value::as_str).map(str::to_owned);
    let key = Key { flow: flow.to_owned(), name: get("name")? };
    Some(LiveDeployment { id: get("id")?, key, record, schedules })
}

fn schedule(value: &Value) -> LiveSchedule {
    let slug = value.get("slug").and_then(Value::as_str).map(str::to_owned);
    let parameters = value.get("parameters").and_then(Value::as_object).cloned();
    LiveSchedule {
        id: text(value, "id"),
        slug,
        active: value.get("active").and_then(Value::as_bool).unwrap_or(true),
        timing: value.get("schedule").cloned().unwrap_or_default(),
        parameters: parameters.unwrap_or_else(Map::new),
    }
}

/// An automation; `None` for anything that is no automation record.
pub(super) fn automation(record: Value) -> Option<LiveAutomation> {
    let (id, name) = (text(&record, "id"), text(&record, "name"));
    let Value::Object(record) = record else { return None };
    (!id.is_empty()).then_some(LiveAutomation { id, name, record })
}
