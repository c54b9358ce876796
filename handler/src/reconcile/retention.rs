//! Code of old digests, which nobody can need any more, is deleted.

use std::collections::BTreeSet;

use domain::bundle::{Staged, expired, leftovers};
use futures::{StreamExt as _, TryStreamExt as _, stream};
use serde_json::Value;

use super::{ReconcileError, Task};
use crate::load;
use crate::pass::Planned;
use crate::prefect::observe::runs::oldest_unfinished;
use crate::stores::{Container, Item, StoreError};

/// Files that are deleted at once.
const AT_ONCE: usize = 8;
/// Seconds after which a digest without a manifest is not on its way any more: no job takes as long.
const ON_ITS_WAY: i64 = 86_400;

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
    let items = code.list(&format!("{id}/")).await?;
    let mut gone = left_over(task, planned, current, &items).await?;
    let staged = load::digests_in(&items, id).into_iter();
    let staged: Vec<Staged> = staged.map(|(digest, at)| Staged { digest, at }).collect();
    gone.extend(replaced(task, planned, current, (&staged, keep)).await?);
    for digest in &gone {
        delete(code, &format!("{id}/{digest}")).await?;
    }
    Ok(gone)
}

/// The digests that nobody can need any more.
async fn replaced(
    task: &Task<'_>,
    planned: &Planned,
    current: &str,
    (staged, keep): (&[Staged], usize),
) -> Result<Vec<String>, ReconcileError> {
    if staged.len() <= keep {
        return Ok(Vec::new());
    }
    let digests: Vec<&str> = staged.iter().map(|it| it.digest.as_str()).collect();
    let mut in_use = BTreeSet::from([current.to_owned()]);
    in_use.extend(referred(&digests, task.id.as_str(), planned));
    if expired(staged, keep, &in_use, None).is_empty() {
        return Ok(Vec::new());
    }
    let owned = planned.observed.deployments.values().map(|it| it.id.as_str());
    let owned: Vec<&str> = owned.collect();
    let run = oldest_unfinished(&task.prefect, &owned).await?;
    Ok(expired(staged, keep, &in_use, run.map(jiff::Timestamp::as_second)))
}

/// The digests that were cut off while they came or went.
async fn left_over(
    task: &Task<'_>,
    planned: &Planned,
    current: &str,
    items: &[Item],
) -> Result<Vec<String>, StoreError> {
    let Task { app, id, .. } = *task;
    let prefix = format!("{id}/");
    let files = items.iter().filter_map(|it| Some((it.key.strip_prefix(&prefix)?, it.modified)));
    let left = leftovers(files, app.clock().as_second() - ON_ITS_WAY);
    let names: Vec<&str> = left.iter().map(String::as_str).filter(|it| *it != current).collect();
    let in_use = referred(&names, id.as_str(), planned);
    let mut gone = Vec::new();
    for digest in names.into_iter().filter(|it| !in_use.contains(*it)) {
        // a bundle may have the name of a digest: then it has documents
        if app.stores.receipts.list(&format!("{id}/{digest}/")).await?.is_empty() {
            gone.push(digest.to_owned());
        }
    }
    Ok(gone)
}

/// The digests that the records of live deployments name.
fn referred(digests: &[&str], id: &str, planned: &Planned) -> BTreeSet<String> {
    let records = planned.observed.deployments.values();
    let texts: Vec<String> = records.map(|it| Value::from(it.record.clone()).to_string()).collect();
    let named = |digest: &str| {
        let folder = format!("{id}/{digest}");
        texts.iter().any(|it| it.contains(&folder))
    };
    digests.iter().filter(|it| named(it)).map(|it| (*it).to_owned()).collect()
}

/// The manifest first: what is half deleted is not complete.
async fn delete(code: &Container, folder: &str) -> Result<(), StoreError> {
    code.delete(&format!("{folder}.manifest.json")).await?;
    let files = code.list(&format!("{folder}/")).await?;
    let deletes = stream::iter(files).map(|it| async move { code.delete(&it.key).await });
    deletes.buffer_unordered(AT_ONCE).try_collect().await
}
