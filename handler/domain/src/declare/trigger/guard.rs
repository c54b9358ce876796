//! Triggers that would run their deployment again and again.
//!
//! Source: `prevent_run_deployment_loops` of Prefect's server, which refuses such an automation (422) while it is enabled.

use serde_json::Value;

/// What every run of a deployment goes through.
const EVERY_RUN: [&str; 4] = [
    "prefect.flow-run.Scheduled",
    "prefect.flow-run.Pending",
    "prefect.flow-run.Running",
    "prefect.flow-run.*",
];

/// Whether the run that `trigger` starts may set it off again; only an outermost event trigger is looked at.
pub(super) fn loops(trigger: &Value) -> bool {
    let expects = trigger["expect"].as_array().into_iter().flatten();
    let related = match &trigger["match_related"] {
        Value::Array(many) => many.as_slice(),
        one => std::slice::from_ref(one),
    };
    trigger["type"] == "event"
        && trigger["posture"] == "Reactive"
        && expects.filter_map(Value::as_str).any(|it| EVERY_RUN.contains(&it))
        && every_run(&trigger["match"])
        && related.iter().any(every_run)
}

/// Whether a specification takes every flow run.
fn every_run(specification: &Value) -> bool {
    let Some(labels) = specification.as_object() else { return false };
    let all = |it: &Value| it == "prefect.flow-run.*";
    match labels.iter().next() {
        None => true,
        Some((key, value)) if labels.len() == 1 && key == "prefect.resource.id" => {
            all(value) || value.as_array().is_some_and(|it| it.iter().any(all))
        }
        Some(_) => false,
    }
}
