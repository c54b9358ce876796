//! What the timer does beside the bundles: it tells of jobs that others gave up, removes what nobody asks for any more, and keeps
//! the copies of our connection string.

use std::time::Duration;

use domain::receipts::outdated;
use futures::{StreamExt as _, TryStreamExt as _, stream};
use tokio::time::timeout;

use super::inventory::listed;
use super::{ReconcileError, copies, poison};
use crate::app::App;
use crate::stores::StoreError;

/// How long it may take: the host's time is that of the bundles.
const MOST: Duration = Duration::from_secs(45);
/// Documents that are removed at once.
const AT_ONCE: usize = 8;

/// Does it; what cannot be done is for the next pass.
pub async fn keep_house(app: &App) {
    let done = timeout(MOST, async {
        tokio::join!(poison::told(app), removed(app), Box::pin(copies::kept(app)))
    })
    .await;
    let Ok((told, removed, kept)) = done else {
        tracing::warn!("warning: the timer did not get to all documents; the next one goes on");
        return;
    };
    let stores = [told.err(), removed.err()].into_iter().flatten().map(ReconcileError::from);
    for error in stores.chain(kept.err()) {
        let error = crate::telemetry::chain(&error);
        tracing::warn!(error, "warning: what the timer does beside the bundles is not done");
    }
}

/// Removes what is outdated; gives how much.
async fn removed(app: &App) -> Result<usize, StoreError> {
    let receipts = &app.stores.receipts;
    let items = listed(receipts).await?;
    let dated = items.iter().filter_map(|it| Some((it.key.as_str(), it.modified?)));
    let gone = outdated(dated, app.clock().as_second());
    let gone: Vec<String> = gone.into_iter().map(str::to_owned).collect();
    let count = gone.len();
    let deletes = stream::iter(gone).map(|key| async move { receipts.delete(&key).await });
    deletes.buffer_unordered(AT_ONCE).try_collect::<()>().await?;
    Ok(count)
}
