//! What is the same though it is written otherwise.

use serde_json::{Map, Value, json};

use super::bodies::Fields;

/// Members that only say that nothing was said.
const EMPTY: [&str; 5] = ["tags", "parameters", "schedules", "job_variables", "labels"];

/// The fields in one spelling, without what Prefect's client fills in by itself.
pub(super) fn settled(fields: &Fields) -> Fields {
    let mut out = fields.clone();
    // the name before 2.17, which the client of 2.20 still sends
    if let Some(it) = out.remove("infra_overrides") {
        out.insert("job_variables".to_owned(), it);
    }
    // the older spelling of `paused`
    if let Some(active) = out.remove("is_schedule_active").and_then(|it| it.as_bool()) {
        out.entry("paused".to_owned()).or_insert_with(|| json!(!active));
    }
    // `version` once more, and how the author's machine came to it
    out.remove("version_info");
    if let Some(schedules) = out.get_mut("schedules") {
        *schedules = without_nulls(schedules);
        schedules.as_array_mut().into_iter().flatten().for_each(schedule);
    }
    out.retain(|name, value| {
        let empty = EMPTY.contains(&name.as_str()) && (*value == json!([]) || *value == json!({}));
        !empty && !value.is_null() && !by_itself(name, value)
    });
    out
}

fn schedule(it: &mut Value) {
    let defaults = [("catchup", json!(false)), ("parameters", json!({}))];
    for (name, default) in defaults {
        if it.get(name) == Some(&default) {
            it.as_object_mut().map(|it| it.remove(name));
        }
    }
}

fn by_itself(name: &str, value: &Value) -> bool {
    match name {
        "paused" => *value == false,
        // a flow without a docstring has no description; the client of Prefect 3 writes the text `None`
        "description" => value == "None",
        "infrastructure_document_id" => {
            let data = json!({"type": "process", "env": {}, "labels": {}, "stream_output": true});
            *value == json!({"type": "process", "data": data})
        }
        _ => false,
    }
}

/// `value` without members that are null, parameters aside: there it is a value.
pub(super) fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(map) => map
            .iter()
            .filter(|(_, it)| !it.is_null())
            .map(|(key, it)| {
                let kept = if key == "parameters" { it.clone() } else { without_nulls(it) };
                (key.clone(), kept)
            })
            .collect::<Map<_, _>>()
            .into(),
        Value::Array(items) => items.iter().map(without_nulls).collect(),
        other => other.clone(),
    }
}

fn read(text: &str) -> Fields {
    settled(&serde_json::from_str(text).unwrap())
}

#[test]
fn what_the_client_fills_in_by_itself_is_no_difference() {
    let filled = r#"{"name":"x","infra_overrides":{"a":1},"tags":[],"labels":{},"is_schedule_active":true,"version_info":{"type":"t"},
        "schedules":[{"schedule":{"cron":"* * * * *","timezone":null},"active":true,"catchup":false,"parameters":{}}]}"#;
    let said = r#"{"name":"x","job_variables":{"a":1},"schedules":[{"schedule":{"cron":"* * * * *"},"active":true}]}"#;
    assert_eq!(read(filled), read(said));
}

#[test]
fn a_null_among_parameters_is_a_value() {
    assert_ne!(read(r#"{"parameters":{"a":null}}"#), read(r#"{"parameters":{}}"#));
    let schedules = |it: &str| read(&format!(r#"{{"schedules":[{{"parameters":{it}}}]}}"#));
    assert_ne!(schedules(r#"{"a":null}"#), schedules("{}"));
}
