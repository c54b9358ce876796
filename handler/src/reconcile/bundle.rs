//! One bundle, from its blob to its receipt.

use domain::diagnostic::{Diagnostic, any_error};
use domain::plan::{Plan, Step, owned_after};
use domain::report::{Outcome, State};

use super::documents::write_state;
use super::read::{Read, planned, read};
use super::receipt::{About, first, reasons, two_blobs};
use super::{ReconcileError, Task, Verdict, scope};
use crate::apply::{Applied, Means, apply};
use crate::load::Loaded;
use crate::pass::{Planned, Wanted};
use crate::stage;

/// Reads, plans, carries out and reports.
pub(super) async fn work(task: &Task<'_>) -> Result<Verdict, ReconcileError> {
    let found = scope::bundle(&task.app.stores.bundles, task.id).await?;
    let Some((item, extension)) = found.blobs.last() else {
        let id = task.id;
        return Ok(Verdict::Done(format!("{id}: its blob is gone; what it registered is kept")));
    };
    let mut about = About { task, item, digest: None };
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
    Ok(Verdict::Person(format!("{id}: the bundle has errors and is held; {}", first(found))))
}

async fn judged(about: &mut About<'_>, extension: &str) -> Result<Verdict, ReconcileError> {
    let (task, item) = (about.task, about.item);
    let Read { loaded, wanted, found } = read(task, item, extension).await?;
    about.digest = (!any_error(&loaded.diagnostics)).then(|| loaded.digest.clone());
    if any_error(&found) {
        return held(about, &found).await;
    }
    let planned = planned(task, &wanted).await?;
    if planned.plan.refused() {
        about.write("refused", &found, (&planned.plan, &[])).await?;
        return Ok(Verdict::Person(format!("{}: refused; {}", task.id, reasons(&planned.plan))));
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
        let now = app.stores.bundles.head(&self.about.item.key).await?;
        if now.is_none_or(|it| it.etag != self.about.item.etag) {
            return Ok(Verdict::Later(format!("{id}: a newer upload arrived meanwhile")));
        }
        // before the first write to Prefect, so that a kill loses nothing
        if plan.writes() {
            write_state(&app.stores.receipts, &self.state(&[])).await?;
        }
        let means = Means {
            client: &self.task.prefect,
            credentials: app.credentials(),
            deadline,
            progress: &|_| {},
        };
        let applied = apply(plan, &means).await;
        let after = self.state(&applied);
        if plan.writes() || self.planned.policy.state.as_ref() != Some(&after) {
            write_state(&app.stores.receipts, &after).await?;
        }
        let bad = applied.iter().find(|it| !is_good(&it.outcome));
        let outcome = match bad {
            Some(_) => "failed",
            None if plan.writes() => "applied",
            None => "unchanged",
        };
        self.about.write(outcome, self.found, (plan, &applied)).await?;
        Ok(match bad {
            None => Verdict::Done(format!("{id}: {outcome}")),
            Some(it) if it.later => Verdict::Later(format!("{id}: {:?}", it.outcome)),
            Some(it) => Verdict::Person(format!("{id}: {:?}", it.outcome)),
        })
    }

    /// What the bundle owns: the intent before the first write (`applied` empty), then with the ids that were made.
    fn state(&self, applied: &[Applied]) -> State {
        let before = self.planned.policy.state.as_ref();
        let mut deployments = before.map(|it| it.deployments.clone()).unwrap_or_default();
        for want in &self.wanted.desired.deployments {
            let name = format!("{}/{}", want.flow, want.name);
            let steps = self.planned.plan.steps.iter();
            let Some(at) = steps.clone().position(|it| it.kind == "deployment" && it.name == name)
            else {
                continue;
            };
            let live =
                self.planned.observed.deployments.values().find(|it| it.key.to_string() == name);
            let made = applied.get(at).and_then(|it| it.id.clone());
            let id = made.or_else(|| live.map(|it| it.id.clone())).unwrap_or_default();
            let mut owned = owned_after(want, live, id, self.wanted.dialect);
            let own =
                |step: &Step| step.name == name || step.name.starts_with(&format!("{name}: "));
            let ended = |at: usize| applied.get(at).is_some_and(|it| is_good(&it.outcome));
            let sound = steps.enumerate().all(|(at, step)| !own(step) || ended(at));
            if !sound && let Some(old) = deployments.get(&name) {
                owned.join(old);
            }
            deployments.insert(name, owned);
        }
        State {
            v: 1,
            bundle: self.task.id.clone(),
            digest: self.loaded.digest.clone(),
            deployments,
        }
    }
}

fn is_good(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Done | Outcome::Unchanged)
}
