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

fn is_named(task: &Task<'_>, step: &Step) -> bool {
    let name = step.name.split_once('/').map_or(step.name.as_str(), |(_, it)| it);
    let wanted = &task.job.options.deployments;
    step.kind == "deployment" && wanted.iter().any(|it| *it == step.name || it == name)
}
