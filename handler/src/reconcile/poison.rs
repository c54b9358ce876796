//! Jobs that others gave up: the host itself moves a message to the poison queue when the process dies of it too often, and then
//! nobody is left who could say so.

use domain::job::{Job, Scope, is_request_name};
use domain::receipts::is_overtaken;
use futures::{StreamExt as _, stream};
use tokio::time::{Instant, timeout};

use super::documents::latest_version;
use super::{Found, GIVEN_UP, Task, receipt, request_receipt};
use crate::app::App;
use crate::stores::{Condition, Peeked, StoreError};

/// Messages that are looked at: the queue shows no more, the oldest first.
const SHOWN: u8 = 32;
/// Receipts that are written at once.
const AT_ONCE: usize = 8;
/// What the receipts say.
const WHY: &str = "given up: the job failed or was cut off too often; the log of its time says why, `replay` sends it again";

/// Writes a receipt for each job of the poison queue that has none; gives how many.
///
/// # Errors
/// When the queue cannot be looked at.
pub(super) async fn told(app: &App) -> Result<usize, StoreError> {
    let Some(queue) = &app.stores.poison else { return Ok(0) };
    let messages = queue.peek(SHOWN).await?;
    let jobs: Vec<_> = messages.iter().filter_map(|it| Some((job(it)?, it.sent))).collect();
    let told = stream::iter(jobs).map(|(job, sent)| async move {
        match timeout(GIVEN_UP, one(app, &job, sent)).await {
            Ok(Ok(told)) => usize::from(told),
            Ok(Err(error)) => {
                let error = crate::telemetry::chain(&error);
                tracing::warn!(
                    request = job.request,
                    error,
                    "warning: no receipt of a given up job"
                );
                0
            }
            // the next pass comes back to it
            Err(_late) => 0,
        }
    });
    Ok(told.buffer_unordered(AT_ONCE).fold(0, |sum, it| async move { sum + it }).await)
}

/// One of a bundle, whose request can be the name of a document.
fn job(message: &Peeked) -> Option<Job> {
    let job = Job::of_message(serde_json::from_str(&message.text).ok()?).ok()?;
    (matches!(job.scope, Scope::Bundle(_)) && is_request_name(&job.request)).then_some(job)
}

async fn one(app: &App, job: &Job, sent: Option<i64>) -> Result<bool, StoreError> {
    let Scope::Bundle(id) = &job.scope else { return Ok(false) };
    let receipts = &app.stores.receipts;
    if request_receipt(app, id, &job.request).await?.is_some() {
        return Ok(false);
    }
    let last = latest_version(receipts, id).await?;
    let task = Task { app, prefect: app.prefect.for_job(), id, job, deadline: Instant::now() };
    let found = Found::of(&app.stores.bundles, id).await?;
    let item = found.blobs.last().map(|(item, _)| item);
    let etag = item.map(|it| it.etag.as_str());
    // what is newer stays, also when it comes between
    let last = match last {
        Some((receipt, _)) if is_overtaken(&receipt, etag, sent) => None,
        Some((_, version)) => Some(Condition::IfMatch(version)),
        None => Some(Condition::IfAbsent),
    };
    tracing::error!(bundle = %id, request = job.request, "a job was given up");
    receipt::About::new(&task, item).write_given_up(WHY, last).await?;
    Ok(true)
}
