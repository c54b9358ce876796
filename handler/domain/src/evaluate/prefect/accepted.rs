//! The keywords that functions of Prefect take: any other one ends the file with an exception.

use crate::evaluate::call::Args;
use crate::evaluate::machine::{Machine, Stop};

/// What a deployment has, whatever makes it.
const COMMON: [&str; 10] = [
    "description",
    "enforce_parameter_schema",
    "is_schedule_active",
    "name",
    "parameters",
    "schedule",
    "schedules",
    "tags",
    "triggers",
    "version",
];

/// What runs it, and when.
const RUNNER: [&str; 11] = [
    "_sla",
    "concurrency_limit",
    "cron",
    "entrypoint_type",
    "interval",
    "job_variables",
    "paused",
    "rrule",
    "version_type",
    "work_pool_name",
    "work_queue_name",
];

const LEGACY: [&str; 12] = [
    "entrypoint",
    "flow_name",
    "infra_overrides",
    "infrastructure",
    "job_variables",
    "manifest_path",
    "parameter_openapi_schema",
    "path",
    "storage",
    "timestamp",
    "work_pool_name",
    "work_queue_name",
];

/// Source: the signatures of 2.20 and 3.9, together: what one of them takes is no mistake of a name.
fn own(function: &str) -> Option<(&'static [&'static str], &'static [&'static str])> {
    Some(match function {
        "deploy" => (&RUNNER, &["build", "ignore_warnings", "image", "print_next_steps", "push"]),
        "serve" => (
            &RUNNER,
            &["global_limit", "limit", "pause_on_shutdown", "print_starting_message", "webserver"],
        ),
        "to_deployment" => (&RUNNER, &[]),
        "from_flow" | "add_flow" => (&RUNNER, &["flow"]),
        "from_entrypoint" => (&RUNNER, &["entrypoint", "flow_name"]),
        "from_storage" => (&RUNNER, &["entrypoint", "flow_name", "storage"]),
        "build_from_flow" => {
            (&LEGACY, &["apply", "flow", "ignore_file", "load_existing", "output", "skip_upload"])
        }
        "Deployment" => (&LEGACY, &[]),
        _ => return None,
    })
}

/// Raises what Python or pydantic raises for a keyword that there is not.
pub(super) fn check<'a>(
    machine: &Machine<'a>,
    function: &str,
    args: &Args<'a>,
) -> Result<(), Stop<'a>> {
    let Some((kind, more)) = own(function) else { return Ok(()) };
    let taken = |name: &str| COMMON.iter().chain(kind).chain(more).any(|it| *it == name);
    match args.named.iter().find(|(name, _)| !taken(name)) {
        None => Ok(()),
        Some((name, _)) if matches!(function, "build_from_flow" | "Deployment") => {
            let message =
                format!("1 validation error for Deployment\n{name}\n  extra fields not permitted");
            machine.raise("ValidationError", message)
        }
        Some((name, _)) => {
            let message = format!("{function}() got an unexpected keyword argument '{name}'");
            machine.raise("TypeError", message)
        }
    }
}
