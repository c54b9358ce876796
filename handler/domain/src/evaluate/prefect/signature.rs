//! The parameters that Prefect's functions take: a call with another one ends the file, as in Python.
//!
//! Source: the signatures of Prefect 2.20.27 and 3.9.1, of both, since files of one register on servers of the other.

use super::arguments::{Given, by_name};
use super::constructed;
use crate::diagnostic::did_you_mean;
use crate::evaluate::call::Args;
use crate::evaluate::machine::{Machine, Stop};
use crate::python::options;

/// What every deployment of a flow is made with.
const DEPLOYED: [&str; 16] = [
    "_sla",
    "concurrency_limit",
    "cron",
    "description",
    "enforce_parameter_schema",
    "interval",
    "is_schedule_active",
    "name",
    "parameters",
    "paused",
    "rrule",
    "schedule",
    "schedules",
    "tags",
    "triggers",
    "version",
];

/// Where it runs.
const PLACED: [&str; 5] =
    ["entrypoint_type", "job_variables", "version_type", "work_pool_name", "work_queue_name"];

/// The fields of `Deployment`.
const LEGACY: [&str; 22] = [
    "description",
    "enforce_parameter_schema",
    "entrypoint",
    "flow_name",
    "infra_overrides",
    "infrastructure",
    "is_schedule_active",
    "job_variables",
    "manifest_path",
    "name",
    "parameter_openapi_schema",
    "parameters",
    "path",
    "schedule",
    "schedules",
    "storage",
    "tags",
    "timestamp",
    "triggers",
    "version",
    "work_pool_name",
    "work_queue_name",
];

/// One of these decides when a deployment runs.
const TIMINGS: [&str; 5] = ["interval", "cron", "rrule", "schedule", "schedules"];

/// `@flow` and `@task`: Python's `TypeError` for what they do not take.
pub(super) fn decorated<'a>(
    machine: &Machine<'a>,
    decorator: &str,
    args: &Args<'a>,
) -> Result<(), Stop<'a>> {
    let known = options::taken(decorator).unwrap_or_default();
    let is_unknown = |name: &str| !known.contains(&name) && !matches!(name, "fn" | "__fn");
    let mut named = args.named.iter().map(|(name, _)| &**name);
    let Some(name) = named.find(|it| is_unknown(it)) else { return Ok(()) };
    let hint = did_you_mean(name, known.iter().copied()).trim_start_matches("; ").to_owned();
    let message = format!("{decorator}() got an unexpected keyword argument '{name}'");
    machine.raise_with("TypeError", message, hint)
}

/// How Python calls the function, and what it takes; `None` when it takes anything.
fn taken(function: &str) -> Option<(&'static str, Vec<&'static [&'static str]>)> {
    const IMAGES: &[&str] =
        &["work_pool_name", "image", "build", "push", "print_next_steps", "ignore_warnings"];
    Some(match function {
        "deploy" => ("Flow.deploy", vec![&DEPLOYED, &PLACED, IMAGES]),
        "to_deployment" => ("Flow.to_deployment", vec![&DEPLOYED, &PLACED]),
        "serve" => {
            const OWN: &[&str] = &[
                "entrypoint_type",
                "global_limit",
                "limit",
                "pause_on_shutdown",
                "print_starting_message",
                "webserver",
            ];
            ("Flow.serve", vec![&DEPLOYED, OWN])
        }
        "add_flow" => ("Runner.add_flow", vec![&DEPLOYED, &["flow", "entrypoint_type"]]),
        "from_flow" => ("RunnerDeployment.from_flow", vec![&DEPLOYED, &PLACED, &["flow"]]),
        "from_entrypoint" => {
            let own = &["entrypoint", "flow_name"];
            ("RunnerDeployment.from_entrypoint", vec![&DEPLOYED, &PLACED, own])
        }
        "from_storage" => {
            let own = &["storage", "entrypoint", "flow_name"];
            ("RunnerDeployment.from_storage", vec![&DEPLOYED, &PLACED, own])
        }
        "from_source" => ("Flow.from_source", vec![&["source", "entrypoint"]]),
        "build_from_flow" => {
            let own = &["apply", "flow", "ignore_file", "load_existing", "output", "skip_upload"];
            ("Deployment", vec![&LEGACY, own])
        }
        "Deployment" => ("Deployment", vec![&LEGACY]),
        "deploy(…)" => {
            let own = &["print_next_steps_message"];
            ("deploy", vec![IMAGES, own])
        }
        _ => return None,
    })
}

/// The arguments of `function`, by name: all are among its parameters, and at most one says when it runs.
pub(super) fn given<'a>(
    machine: &Machine<'a>,
    function: &str,
    args: Args<'a>,
) -> Result<Given<'a>, Stop<'a>> {
    check(machine, function, &args)?;
    let out = by_name(function, args);
    let timed =
        |name: &&str| out.get(*name).is_some_and(|it| !it.is_none() && it.as_unknown().is_none());
    let is_legacy = matches!(function, "build_from_flow" | "Deployment");
    if !is_legacy && TIMINGS.iter().copied().filter(timed).count() > 1 {
        let message = "Only one of interval, cron, rrule, schedule, or schedules can be provided.";
        return machine.raise("ValueError", message);
    }
    constructed::timed(machine, &out)?;
    Ok(out)
}

/// Python's `TypeError`, or pydantic's error, where `function` has not all of these parameters.
pub(super) fn check<'a>(
    machine: &Machine<'a>,
    function: &str,
    args: &Args<'a>,
) -> Result<(), Stop<'a>> {
    let Some((shown, known)) = taken(function) else { return Ok(()) };
    let known = || known.iter().copied().flatten().copied();
    let is_unknown = |name: &&str| !known().any(|it| it == *name);
    let mut named = args.named.iter().map(|(name, _)| &**name);
    let Some(name) = named.find(is_unknown) else { return Ok(()) };
    let hint = did_you_mean(name, known()).trim_start_matches("; ").to_owned();
    if shown == "Deployment" {
        let message =
            format!("1 validation error for Deployment: `{name}`: extra fields not permitted");
        return machine.raise_with("ValidationError", message, hint);
    }
    let message = format!("{shown}() got an unexpected keyword argument '{name}'");
    machine.raise_with("TypeError", message, hint)
}
