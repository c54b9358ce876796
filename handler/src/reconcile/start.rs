//! Flow runs that a redeploy asks for, once what it asked for is registered.

use domain::diagnostic::{Diagnostic, Position, rules};
use domain::plan::{Plan, Step};
use domain::report::Run;

use super::Task;
use crate::apply::Applied;
use crate::prefect::{address, write};

/// Starts a run of each deployment that the job names, and says why one could not be started; asked again with the same request,
/// it gives the same runs.
pub(super) async fn runs(
    task: &Task<'_>,
    plan: &Plan,
    applied: &[Applied],
) -> (Vec<Run>, Option<Diagnostic>) {
    let mut runs = Vec::new();
    if !task.job.options.run {
        return (runs, None);
    }
    if let Some(why) = missing(task, plan) {
        return (runs, Some(why));
    }
    let named = plan.steps.iter().zip(applied).filter(|(it, _)| is_named(task, it));
    for (step, applied) in named {
        let Some(deployment) = applied.id.as_ref().or(step.live.as_ref()) else { continue };
        match write::create_flow_run(&task.prefect, deployment, &task.job.request).await {
            Ok(id) => {
                let url = address::of_run(&task.app.config.prefect.url, &id);
                runs.push(Run { deployment: step.name.clone(), id, url });
            }
            Err(error) => {
                let at = Position::start_of(task.id.as_str());
                let error = crate::telemetry::chain(&error);
                let message = format!("no run of `{}` was started: {error}", step.name);
                let hint = "a parameter without a value is refused; give it a default";
                let why = Diagnostic::error(rules::NOT_POSSIBLE, at, message).hint(hint);
                return (runs, Some(why));
            }
        }
    }
    (runs, None)
}

/// What is said of a name that no deployment of the bundle has.
fn missing(task: &Task<'_>, plan: &Plan) -> Option<Diagnostic> {
    let is_there = |name: &&String| plan.steps.iter().any(|it| is_called(it, name));
    let name = task.job.options.deployments.iter().find(|it| !is_there(it))?;
    let deployments = plan.steps.iter().filter(|it| it.kind == "deployment");
    let known: Vec<&str> = deployments.map(|it| it.name.as_str()).collect();
    let at = Position::start_of(task.id.as_str());
    let message = format!("no run was started: the bundle has no deployment `{name}`");
    let hint = format!("there are: {}", known.join(", "));
    Some(Diagnostic::error(rules::NOT_POSSIBLE, at, message).hint(hint))
}

fn is_named(task: &Task<'_>, step: &Step) -> bool {
    task.job.options.deployments.iter().any(|it| is_called(step, it))
}

/// Whether it is of the deployment `wanted`, with or without its flow's name.
fn is_called(step: &Step, wanted: &str) -> bool {
    let name = step.name.split_once('/').map_or(step.name.as_str(), |(_, it)| it);
    step.kind == "deployment" && (wanted == step.name || wanted == name)
}
