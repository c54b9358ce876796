//! One bundle, from its blob to its receipt.

use domain::diagnostic::{Diagnostic, any_error};
use domain::plan::Plan;
use domain::report::State;
use tokio::time::Instant;

use super::documents::write_state;
use super::owning::Owning;
use super::read::{Read, planned, read};
use super::receipt::{About, first, reasons, two_blobs};
use super::{Found, ReconcileError, Task, Trouble, Verdict};
use crate::apply::{Applied, Care, Means, apply, worst};
use crate::load::Loaded;
use crate::pass::{Planned, Wanted};
use crate::stage;

/// Reads, plans, carries out and reports.
pub(super) async fn work(task: &Task<'_>) -> Result<Verdict, ReconcileError> {
    let found = Found::of(&task.app.stores.bundles, task.id).await?;
    let Some((item, extension)) = found.blobs.last() else {
        let id = task.id;
        return Ok(Verdict::Done(format!("{id}: its blob is gone; what it registered is kept")));
    };
    let mut about = About { task, item, digest: None, clock: None };
    if found.blobs.len() > 1 {
        let error = two_blobs(&found.blobs);
        return held(&about, &[error]).await;
    }
    let result = judged(&mut about, extension).await;
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

async fn judged(about: &mut About<'_>, extension: &str) -> Result<Verdict, ReconcileError> {
    let (task, item) = (about.task, about.item);
    let read = read(task, item, extension).await?;
    let is_held = read.is_held(task.app.config.partial);
    let Read { loaded, wanted, clock, found } = read;
    if !any_error(&loaded.diagnostics) {
        (about.digest, about.clock) = (Some(loaded.digest.clone()), Some(clock));
    }
    if is_held {
        return held(about, &found).await;
    }
    let planned = planned(task, &wanted).await?;
    if planned.plan.refused() {
        about.write("refused", &found, (&planned.plan, &[])).await?;
        let why = format!("{}: refused; {}", task.id, reasons(&planned.plan));
        return Ok(Verdict::Person(Trouble::Refused, why));
    }
    let work =
        Work { task, about, loaded: &loaded, wanted: &wanted, planned: &planned, found: &found };
    work.carry_out().await
}

/// A plan that is about to be carried out.
struct Work<'a> {
    task: &'a Task<'a>,
    about: &'a About<'a>,
    loaded: &'a Loaded,
    wanted: &'a Wanted,
    planned: &'a Planned,
    found: &'a [Diagnostic],
}

impl Work<'_> {
    /// Code first, then the intent, then Prefect, then what was done.
    async fn carry_out(&self) -> Result<Verdict, ReconcileError> {
        let Task { app, id, deadline, .. } = *self.task;
        let plan = &self.planned.plan;
        stage::code(self.loaded, &app.stores.code, id).await?;
        if !self.is_newest().await? {
            return Ok(Verdict::Later(format!("{id}: a newer upload arrived meanwhile")));
        }
        // before the first write to Prefect, so that a kill loses nothing
        if plan.writes() {
            write_state(&app.stores.receipts, &self.state(&[])).await?;
        }
        let (client, credentials) = (&self.task.prefect, app.credentials());
        let is_over = &|| Instant::now() >= deadline;
        let care = Care { window: app.config.window, dialect: self.wanted.dialect };
        let means = Means { client, credentials, is_over, care, progress: &|_, _| {} };
        let applied = apply(plan, &means).await;
        let after = self.state(&applied);
        if plan.writes() || self.planned.policy.state.as_ref() != Some(&after) {
            write_state(&app.stores.receipts, &after).await?;
        }
        self.reported(&applied).await
    }

    async fn is_newest(&self) -> Result<bool, ReconcileError> {
        let read = self.about.item;
        let now = self.task.app.stores.bundles.head(&read.key).await?;
        Ok(now.is_some_and(|it| it.etag == read.etag))
    }

    async fn reported(&self, applied: &[Applied]) -> Result<Verdict, ReconcileError> {
        let (plan, id) = (&self.planned.plan, self.task.id);
        let bad = worst(applied);
        let outcome = match bad {
            Some(it) if it.is_deferred() => "deferred",
            Some(_) => "failed",
            None if any_error(self.found) => "partial",
            None if plan.writes() => "applied",
            None => "unchanged",
        };
        self.about.write(outcome, self.found, (plan, applied)).await?;
        Ok(match bad {
            None if any_error(self.found) => {
                let why = format!("{id}: only what is sound is registered; {}", first(self.found));
                Verdict::Person(Trouble::Partly, why)
            }
            None => Verdict::Done(format!("{id}: {outcome}")),
            Some(it) if it.is_deferred() => Verdict::Deferred(format!("{id}: {}", it.why())),
            Some(it) if it.later => Verdict::Later(format!("{id}: {}", it.why())),
            Some(it) => {
                let some = applied.iter().any(Applied::is_good);
                let trouble = if some { Trouble::Partly } else { Trouble::Failed };
                Verdict::Person(trouble, format!("{id}: {}", it.why()))
            }
        })
    }

    fn state(&self, applied: &[Applied]) -> State {
        let owning = Owning { wanted: self.wanted, planned: self.planned, applied };
        State {
            v: 1,
            bundle: self.task.id.clone(),
            digest: self.loaded.digest.clone(),
            deployments: owning.deployments(),
        }
    }
}
