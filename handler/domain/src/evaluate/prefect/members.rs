//! What flows and deployments have: other names are misspelt, and Python ends there.
//!
//! Source: the attributes of `Flow`, `RunnerDeployment` and `Deployment` of Prefect 2.20.27 and 3.9.1.

use super::deployment::LEGACY;
use crate::diagnostic::did_you_mean;
use crate::evaluate::machine::{Eval, Machine, Stop};
use crate::python::MODEL;

const OF_FLOWS: [&str; 46] = [
    "adeploy",
    "afrom_source",
    "agenerate_mermaid_graph",
    "aserve",
    "ato_deployment",
    "avisualize",
    "cache_result_in_memory",
    "deploy",
    "description",
    "flow_run_name",
    "fn",
    "from_source",
    "generate_mermaid_graph",
    "isasync",
    "isclassmethod",
    "isgenerator",
    "ismethod",
    "isstaticmethod",
    "log_prints",
    "name",
    "on_cancellation",
    "on_cancellation_hooks",
    "on_completion",
    "on_completion_hooks",
    "on_crashed",
    "on_crashed_hooks",
    "on_failure",
    "on_failure_hooks",
    "on_running",
    "on_running_hooks",
    "parameters",
    "persist_result",
    "result_serializer",
    "result_storage",
    "retries",
    "retry_delay_seconds",
    "serialize_parameters",
    "serve",
    "should_validate_parameters",
    "task_runner",
    "timeout_seconds",
    "to_deployment",
    "validate_parameters",
    "version",
    "visualize",
    "with_options",
];

/// What deployments that are applied and those that are deployed have.
const SHARED: [&str; 12] = [
    "description",
    "enforce_parameter_schema",
    "entrypoint",
    "flow_name",
    "job_variables",
    "name",
    "parameters",
    "storage",
    "tags",
    "triggers",
    "version",
    "work_queue_name",
];

const OF_RUNNERS: [&str; 12] = [
    "aapply",
    "afrom_storage",
    "concurrency_limit",
    "concurrency_options",
    "entrypoint_type",
    "from_entrypoint",
    "from_flow",
    "from_storage",
    "full_name",
    "paused",
    "version_type",
    "is_schedule_active",
];

const OF_LEGACY: [&str; 15] = [
    "build_from_flow",
    "infra_overrides",
    "infrastructure",
    "is_schedule_active",
    "load",
    "load_from_yaml",
    "location",
    "manifest_path",
    "parameter_openapi_schema",
    "path",
    "timestamp",
    "to_yaml",
    "update",
    "upload_to_storage",
    "validate_storage",
];

/// What every deployment has besides.
const OF_MODELS: [&str; 4] = ["apply", "schedule", "schedules", "work_pool_name"];

/// Python's `AttributeError`, where a flow has no `name`.
pub(super) fn of_flow<'a>(machine: &Machine<'a>, name: &str) -> Result<(), Stop<'a>> {
    if name.starts_with('_') || OF_FLOWS.contains(&name) {
        return Ok(());
    }
    missing(machine, "Flow", name, &OF_FLOWS).map(|_| ())
}

/// Python's `AttributeError`, where a deployment of the class has no `name`.
pub(super) fn of_deployment<'a>(
    machine: &Machine<'a>,
    class: &str,
    name: &str,
) -> Result<(), Stop<'a>> {
    let all = names(class);
    if name.starts_with('_') || name.starts_with("model_") || all.contains(&name) {
        return Ok(());
    }
    missing(machine, last(class), name, &all).map(|_| ())
}

/// Python's `ValueError`, where a deployment of the class has no field `name` to be set.
pub(super) fn settable<'a>(machine: &Machine<'a>, class: &str, name: &str) -> Result<(), Stop<'a>> {
    let all = names(class);
    if name.starts_with('_') || all.contains(&name) {
        return Ok(());
    }
    let hint = hint(name, &all);
    let message = format!("\"{}\" object has no field \"{name}\"", last(class));
    machine.raise_with("ValueError", message, hint)
}

fn names(class: &str) -> Vec<&'static str> {
    let own: &[&str] = if class == LEGACY { &OF_LEGACY } else { &OF_RUNNERS };
    [own, &SHARED, &OF_MODELS, &MODEL].concat()
}

fn last(class: &str) -> &str {
    class.rsplit('.').next().unwrap_or(class)
}

fn missing<'a>(machine: &Machine<'a>, class: &str, name: &str, known: &[&str]) -> Eval<'a> {
    let message = format!("'{class}' object has no attribute '{name}'");
    machine.raise_with("AttributeError", message, hint(name, known))
}

fn hint(name: &str, known: &[&str]) -> String {
    did_you_mean(name, known.iter().copied()).trim_start_matches("; ").to_owned()
}
