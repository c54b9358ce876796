//! Which revision of a bundle counts: what was uploaded, or an earlier digest that somebody went back to.

use domain::bundle::Manifest;
use domain::diagnostic::{Diagnostic, Position, rules};
use jiff::Timestamp;

use super::notes::{Pinned, pinned};
use super::{ReconcileError, Task};
use crate::load;
use crate::stores::Item;

/// Which one counts.
pub(super) enum Revision {
    /// What was uploaded; `true`: a pin ends with that.
    Uploaded(bool),
    /// What is staged; `true`: somebody asks for it now.
    Staged(Manifest, bool),
    /// None: what is asked for is not staged any more.
    Missing(Diagnostic),
    /// What is asked for was asked before something newer: why nothing is done.
    Stale(&'static str),
}

/// Which one counts of the bundle whose blob is `item`.
pub(super) async fn revision(task: &Task<'_>, item: &Item) -> Result<Revision, ReconcileError> {
    let Task { app, id, job, .. } = *task;
    let pin = pinned(&app.stores.receipts, id).await?;
    let is_over =
        pin.as_ref().is_some_and(|it| it.digest.is_some() && it.etag != item.etag.as_str());
    let pin = pin.filter(|it| it.etag == item.etag.as_str());
    if job.options.digest.is_some() || job.options.unpin {
        if job.etag.as_ref().is_some_and(|it| it != item.etag.as_str()) {
            return Ok(Revision::Stale("a newer upload came meanwhile"));
        }
        if pin.as_ref().is_some_and(|it| is_older(job.accepted.as_deref(), it)) {
            return Ok(Revision::Stale("somebody chose another revision meanwhile"));
        }
    }
    match (&job.options.digest, pin.and_then(|it| it.digest)) {
        (Some(digest), _) => of_digest(task, digest, true).await,
        (None, _) if job.options.unpin => Ok(Revision::Uploaded(true)),
        (None, Some(digest)) => of_digest(task, digest.as_str(), false).await,
        (None, None) => Ok(Revision::Uploaded(is_over)),
    }
}

/// Whether what was accepted then was overtaken by `pin`; what has no time is new.
fn is_older(accepted: Option<&str>, pin: &Pinned) -> bool {
    let time = |it: &str| it.parse::<Timestamp>().ok();
    matches!((accepted.and_then(time), time(&pin.since)), (Some(asked), Some(since)) if asked < since)
}

async fn of_digest(task: &Task<'_>, digest: &str, asked: bool) -> Result<Revision, ReconcileError> {
    let Task { app, id, .. } = *task;
    let short = digest.get(..12).unwrap_or(digest);
    let manifest = load::manifest(&app.stores.code, id, short).await?;
    if let Some(it) = manifest.filter(|it| it.digest.as_str().starts_with(digest)) {
        return Ok(Revision::Staged(it, asked));
    }
    let known = load::digests(&app.stores.code, id).await?;
    let known: Vec<&str> = known.iter().map(|(digest, _)| digest.as_str()).collect();
    let message = format!("the code of digest `{digest}` is not staged");
    let hint = format!("there are: {}", known.join(", "));
    let at = Position::start_of(id.as_str());
    Ok(Revision::Missing(Diagnostic::error(rules::NOT_POSSIBLE, at, message).hint(hint)))
}
