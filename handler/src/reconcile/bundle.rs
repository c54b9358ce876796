//! One bundle: read, judged, and handed on to be carried out.

use domain::diagnostic::{Diagnostic, any_error};
use domain::job::Cause;
use domain::plan::{Plan, only_report};
use domain::report::State;

use super::documents::read_state;
use super::making::Rival;
use super::notes::{Suspended, suspended};
use super::read::{Pin, Read, Unread, planned, read};
use super::receipt::{About, first, reasons, two_blobs};
use super::retention::retain;
use super::work::{Source, Work};
use super::{Found, ReconcileError, Task, Trouble, Verdict, gone, heirs, making, request_receipt};
use crate::stores::Item;

/// Reads, plans, carries out and reports.
pub(super) async fn work(task: &Task<'_>) -> Result<Verdict, ReconcileError> {
    if is_done(task).await? {
        return Ok(Verdict::Done(format!("{}: this request is done", task.id)));
    }
    let suspended = suspended(&task.app.stores.receipts, task.id).await?;
    let found = Found::of(&task.app.stores.bundles, task.id).await?;
    if let Some(note) = suspended {
        return left(task, found.blobs.last().map(|(item, _)| item), &note).await;
    }
    let Some((item, extension)) = found.blobs.last() else {
        return gone::work(task).await;
    };
    let mut about = About::new(task, Some(item));
    if found.blobs.len() > 1 {
        let error = two_blobs(&found.blobs);
        return held(&about, &[error]).await;
    }
    let result = judged(&mut about, (item, extension)).await;
    if let Err(error) = &result
        && error.needs_a_person()
    {
        about.write_error(error).await;
    }
    result
}

/// Whether a redeploy came once more, whose receipt says that it went well.
async fn is_done(task: &Task<'_>) -> Result<bool, ReconcileError> {
    if task.job.cause != Cause::Redeploy {
        return Ok(false);
    }
    let receipt = request_receipt(task.app, task.id, &task.job.request).await?;
    let outcome = receipt.as_ref().and_then(|it| it["outcome"].as_str());
    Ok(matches!(outcome, Some("applied" | "unchanged" | "partial" | "stale")))
}

/// Nothing is done for a suspended bundle; an upload and a redeploy are told so.
async fn left(
    task: &Task<'_>,
    item: Option<&Item>,
    note: &Suspended,
) -> Result<Verdict, ReconcileError> {
    if task.job.cause != Cause::Timer {
        let about = About::new(task, item);
        about.write("suspended", &[], (&Plan::default(), &[])).await?;
    }
    let reason = note.reason.as_ref().map(|it| format!(": {it}")).unwrap_or_default();
    Ok(Verdict::Done(format!("{}: suspended since {}{reason}", task.id, note.since)))
}

async fn held(about: &About<'_>, found: &[Diagnostic]) -> Result<Verdict, ReconcileError> {
    about.write("held", found, (&Plan::default(), &[])).await?;
    let id = about.task.id;
    let why = format!("{id}: the bundle has errors and is held; {}", first(found));
    Ok(Verdict::Person(Trouble::Invalid, why))
}

async fn judged(
    about: &mut About<'_>,
    (item, extension): (&Item, &str),
) -> Result<Verdict, ReconcileError> {
    let task = about.task;
    let read = match read(task, (item, extension)).await? {
        Ok(read) => read,
        Err(Unread::Missing(why)) => return held(about, &[why]).await,
        Err(Unread::Stale(why)) => {
            about.write("stale", &[], (&Plan::default(), &[])).await?;
            return Ok(Verdict::Done(format!("{}: not carried out, {why}", task.id)));
        }
    };
    if !any_error(&read.loaded.diagnostics) {
        (about.digest, about.clock) = (Some(read.loaded.digest.clone()), Some(read.clock));
    }
    if read.is_held(task.app.config.partial) {
        return held(about, &read.found).await;
    }
    let state = read_state(&task.app.stores.receipts, task.id).await?;
    let new = making::unknown(&read.wanted, state.as_ref());
    if let Some(Rival { deployment, bundle }) = making::begin(task, &new).await? {
        let why = format!("bundle `{bundle}` registers `{deployment}` at this moment");
        return Ok(Verdict::Later(format!("{}: {why}", task.id)));
    }
    let result = Box::pin(settled(about, item, read, state)).await;
    making::end(task, &new).await;
    result
}

/// Plans what was `read` of the archive `item`, and carries it out unless a person has to look first.
async fn settled(
    about: &mut About<'_>,
    item: &Item,
    read: Read,
    state: Option<State>,
) -> Result<Verdict, ReconcileError> {
    let task = about.task;
    let Read { loaded, pin, wanted, mut found, .. } = read;
    let mut planned = planned(task, &wanted, state, false).await?;
    found.append(&mut planned.warnings);
    let fingerprint = wanted.desired.fingerprint();
    let state = planned.policy.state.as_ref();
    about.repairs = task.job.cause != Cause::Redeploy
        && state.is_some_and(|it| it.has_applied(&loaded.digest, &fingerprint));
    if planned.plan.refused() {
        for owner in &planned.rivals {
            heirs::claim(task, owner, &item.etag).await?;
        }
        about.write("refused", &found, (&planned.plan, &[])).await?;
        let why = format!("{}: refused; {}", task.id, reasons(&planned.plan));
        return Ok(Verdict::Person(Trouble::Refused, why));
    }
    if about.repairs && task.app.config.report_drift && only_report(&mut planned.plan) {
        about.write("drifted", &found, (&planned.plan, &[])).await?;
        retain(task, &planned, loaded.digest.short()).await;
        let text = "what was changed on the server is only reported";
        return Ok(Verdict::Done(format!("{}: drifted; {text}", task.id)));
    }
    about.pinned = matches!(pin, Pin::Begins | Pin::Stays);
    let source = Source::Archive(item, &loaded, pin);
    let work = Work { task, about, source, wanted: &wanted, planned: &planned, found: &found };
    work.carry_out().await
}
