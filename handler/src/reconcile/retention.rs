//! Code of old digests, which nobody can need any more, is deleted.

use std::collections::BTreeSet;

use domain::bundle::{Staged, expired};
use futures::{StreamExt as _, TryStreamExt as _, stream};
use serde_json::Value;

use super::{ReconcileError, Task};
use crate::load;
use crate::pass::Planned;
use crate::prefect::observe::runs::oldest_unfinished;
use crate::stores::{Container, StoreError};

/// Files that are deleted at once.
const AT_ONCE: usize = 8;

/// Deletes what has expired. `current` counts now, whatever the store says of its age.
pub(super) async fn retain(task: &Task<'_>, planned: &Planned, current: &str) {
    let bundle = task.id;
    match deleted(task, planned, current).await {
        Ok(gone) if gone.is_empty() => {}
        Ok(gone) => tracing::info!(%bundle, digests = gone.join(" "), "old code deleted"),
        // the next pass comes back to it
        Err(error) => {
            let error = crate::telemetry::chain(&error);
            tracing::warn!(%bundle, error, "warning: old code could not be deleted");
        }
    }
}

async fn deleted(
    task: &Task<'_>,
    planned: &Planned,
    current: &str,
) -> Result<Vec<String>, ReconcileError> {
    let Task { app, id, .. } = *task;
    let Some(keep) = app.config.keep_digests else { return Ok(Vec::new()) };
    let code = &app.stores.code;
    let staged = load::digests(code, id).await?;
    if staged.len() <= keep {
        return Ok(Vec::new());
    }
    let staged: Vec<Staged> =
        staged.into_iter().map(|(digest, at)| Staged { digest, at }).collect();
    let mut in_use = BTreeSet::from([current.to_owned()]);
    in_use.extend(referred(&staged, id.as_str(), planned));
    if expired(&staged, keep, &in_use, None).is_empty() {
        return Ok(Vec::new());
    }
    let owned = planned.observed.deployments.values().map(|it| it.id.as_str());
    let owned: Vec<&str> = owned.collect();
    let run = oldest_unfinished(&task.prefect, &owned).await?;
    let gone = expired(&staged, keep, &in_use, run.map(jiff::Timestamp::as_second));
    for digest in &gone {
        delete(code, &format!("{id}/{digest}")).await?;
    }
    Ok(gone)
}

/// The digests that the records of live deployments name.
fn referred(staged: &[Staged], id: &str, planned: &Planned) -> Vec<String> {
    let records = planned.observed.deployments.values();
    let texts: Vec<String> = records.map(|it| Value::from(it.record.clone()).to_string()).collect();
    let named = |digest: &str| {
        let folder = format!("{id}/{digest}");
        texts.iter().any(|it| it.contains(&folder))
    };
    let named = staged.iter().filter(|it| named(&it.digest));
    named.map(|it| it.digest.clone()).collect()
}

/// The manifest first: what is half deleted is not complete.
async fn delete(code: &Container, folder: &str) -> Result<(), StoreError> {
    code.delete(&format!("{folder}.manifest.json")).await?;
    let files = code.list(&format!("{folder}/")).await?;
    let deletes = stream::iter(files).map(|it| async move { code.delete(&it.key).await });
    deletes.buffer_unordered(AT_ONCE).try_collect().await
}
