//! One bundle: read, judged, and handed on to be carried out.

use domain::diagnostic::{Diagnostic, any_error};
use domain::plan::Plan;

use super::read::{Read, planned, read};
use super::receipt::{About, first, reasons, two_blobs};
use super::work::{Source, Work};
use super::{Found, ReconcileError, Task, Trouble, Verdict, gone};
use crate::stores::Item;

/// Reads, plans, carries out and reports.
pub(super) async fn work(task: &Task<'_>) -> Result<Verdict, ReconcileError> {
    let found = Found::of(&task.app.stores.bundles, task.id).await?;
    let Some((item, extension)) = found.blobs.last() else {
        return gone::work(task).await;
    };
    let mut about = About { task, item: Some(item), digest: None, clock: None };
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
    let read = read(task, item, extension).await?;
    let is_held = read.is_held(task.app.config.partial);
    let Read { loaded, wanted, clock, found } = read;
    if !any_error(&loaded.diagnostics) {
        (about.digest, about.clock) = (Some(loaded.digest.clone()), Some(clock));
    }
    if is_held {
        return held(about, &found).await;
    }
    let planned = planned(task, &wanted, false).await?;
    if planned.plan.refused() {
        about.write("refused", &found, (&planned.plan, &[])).await?;
        let why = format!("{}: refused; {}", task.id, reasons(&planned.plan));
        return Ok(Verdict::Person(Trouble::Refused, why));
    }
    let source = Source::Archive(item, &loaded);
    let work = Work { task, about, source, wanted: &wanted, planned: &planned, found: &found };
    work.carry_out().await
}
