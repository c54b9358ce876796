//! One automation: made, changed, switched off or deleted.

use std::collections::BTreeMap;

use domain::plan::{Call, Step, addressed};
use domain::report::Outcome;
use serde_json::{Map, Value};

use super::applied::{Applied, ended, with_id};
use super::{Means, Progress, is_late};
use crate::prefect::observe::edits;
use crate::prefect::{ApiError, write};

/// Carries out `step`; `ids` are those of the deployments that exist now.
pub(super) async fn automation(
    step: &Step,
    ids: &BTreeMap<&str, String>,
    means: &Means<'_>,
) -> Applied {
    if is_late(step, means) {
        return Applied::late();
    }
    let result = match &step.call {
        Call::CreateAutomation { deployment, body } => {
            let Some(id) = ids.get(deployment.as_str()) else {
                return Applied::of(Outcome::Skipped);
            };
            let made = write::create_automation(means.client, &addressed(body, id)).await;
            (means.progress)(step, Progress::Ended);
            return with_id(step, made);
        }
        Call::UpdateAutomation { id, body } => update(step, (id, body), means).await,
        Call::DisableAutomation { id } => write::disable_automation(means.client, id).await,
        Call::DeleteAutomation { id } => write::delete_automation(means.client, id).await,
        _ => Ok(()),
    };
    (means.progress)(step, Progress::Ended);
    ended(step, result)
}

/// What the plan does not switch stays as it is now: deployments may have waited since it was seen.
async fn update(
    step: &Step,
    (id, body): (&str, &Map<String, Value>),
    means: &Means<'_>,
) -> Result<(), ApiError> {
    let mut body = body.clone();
    if step.changes.iter().all(|it| it.field != "enabled")
        && let Some(now) = edits::enabled(means.client, id).await?
    {
        body.insert("enabled".to_owned(), now.into());
    }
    write::update_automation(means.client, id, &body).await
}
