//! Which revision of a bundle counts: what was uploaded, or an earlier digest that somebody went back to.

use domain::bundle::Manifest;
use domain::diagnostic::{Diagnostic, Position, rules};

use super::notes::pinned;
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
}

/// Which one counts of the bundle whose blob is `item`.
pub(super) async fn revision(task: &Task<'_>, item: &Item) -> Result<Revision, ReconcileError> {
    let Task { app, id, .. } = *task;
    let options = &task.job.options;
    // a newer upload counts more than what was asked for before it came
    let is_newest = task.job.etag.as_ref().is_none_or(|it| it == item.etag.as_str());
    if let Some(digest) = options.digest.as_ref().filter(|_| is_newest) {
        return of_digest(task, digest, true).await;
    }
    let pin = pinned(&app.stores.receipts, id).await?;
    match pin {
        Some(pin) if !options.unpin && pin.etag == item.etag.as_str() => {
            of_digest(task, pin.digest.as_str(), false).await
        }
        pin => Ok(Revision::Uploaded(pin.is_some())),
    }
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
