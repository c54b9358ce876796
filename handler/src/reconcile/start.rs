//! Flow runs that a redeploy asks for, once what it asked for is registered.

use domain::plan::Plan;
use domain::report::Run;

use super::{ReconcileError, Task};
use crate::apply::Applied;
use crate::prefect::{address, write};

/// Starts a run of each deployment that the job names; asked again with the same request, it gives the same runs.
pub(super) async fn runs(
    task: &Task<'_>,
    plan: &Plan,
    applied: &[Applied],
) -> Result<Vec<Run>, ReconcileError> {
    let mut runs = Vec::new();
    if !task.job.options.run {
        return Ok(runs);
    }
    let named = plan.steps.iter().zip(applied).filter(|(it, _)| it.kind == "deployment");
    for (step, applied) in named {
        let Some(deployment) = applied.id.as_ref().or(step.live.as_ref()) else { continue };
        let id = write::create_flow_run(&task.prefect, deployment, &task.job.request).await?;
        let url = address::of_run(&task.app.config.prefect.url, &id);
        runs.push(Run { deployment: step.name.clone(), id, url });
    }
    Ok(runs)
}
