//! One deployment: made, replaced or changed.

use std::collections::{BTreeMap, BTreeSet};

use domain::plan::{Call, Limits, Plan, Step, placed};
use futures::StreamExt as _;

use super::applied::{Applied, with_id};
use super::{Means, Progress, is_late};
use crate::prefect::write;

/// The ids of the flows that the plan's new deployments belong to.
pub(super) async fn flows(
    plan: &Plan,
    means: &Means<'_>,
) -> BTreeMap<String, Result<String, Applied>> {
    let flow = |step: &Step| match &step.call {
        Call::CreateDeployment { flow, .. } if !is_late(step, means) => Some(flow.clone()),
        _ => None,
    };
    let names: BTreeSet<String> = plan.steps.iter().filter_map(flow).collect();
    let calls = futures::stream::iter(names).map(|name| async move {
        let id = write::flow(means.client, &name).await;
        (name, id.map_err(|error| Applied::failed(&error)))
    });
    calls.buffer_unordered(means.client.writes_at_once).collect().await
}

/// What deployments rest on.
#[derive(Default)]
pub(super) struct Rests<'a> {
    /// By the flow's name.
    pub(super) flows: BTreeMap<String, Result<String, Applied>>,
    /// The ids of the blocks that were made, by their addresses.
    pub(super) blocks: BTreeMap<&'a str, String>,
}

/// Carries out `step`.
pub(super) async fn deployment(step: &Step, rests: &Rests<'_>, means: &Means<'_>) -> Applied {
    if is_late(step, means) {
        return Applied::late();
    }
    let result = match &step.call {
        Call::CreateDeployment { flow, body } => match rests.flows.get(flow) {
            Some(Ok(id)) => {
                let body = placed(body, &rests.blocks);
                let made = write::create_deployment(means.client, Some(id), &body).await;
                made.map(|(id, schedules)| (Some(id), schedules))
            }
            Some(Err(failed)) => return failed.clone(),
            // the time was up between the two
            None => return Applied::late(),
        },
        Call::ReplaceDeployment { body, .. } => {
            let body = placed(body, &rests.blocks);
            let made = write::create_deployment(means.client, None, &body).await;
            made.map(|(id, schedules)| (Some(id), schedules))
        }
        Call::UpdateDeployment { id, body, delete_schedules, .. } => {
            let body = placed(body, &rests.blocks);
            let sent = write::update_deployment(means.client, id, &body, delete_schedules).await;
            sent.map(|()| (Some(id.clone()), None))
        }
        _ => Ok((None, None)),
    };
    let result = match (replaces(step), result) {
        (Some((id, lost)), Ok((made, _))) => {
            let read = write::put_back_limits(means.client, id, lost).await;
            read.map(|schedules| (made, Some(schedules)))
        }
        (_, result) => result,
    };
    (means.progress)(step, Progress::Ended);
    match result {
        Ok((id, schedules)) => Applied { schedules, ..with_id(step, Ok(id)) },
        Err(error) => Applied::failed(&error),
    }
}

/// The deployment whose list of schedules `step` replaces, and what that drops.
fn replaces(step: &Step) -> Option<(&str, &[Limits])> {
    match &step.call {
        Call::UpdateDeployment { id, replaces: Some(lost), .. }
        | Call::ReplaceDeployment { id, replaces: Some(lost), .. } => Some((id, lost)),
        _ => None,
    }
}
