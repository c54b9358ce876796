//! A plan that is carried out: code first, then the intent, then Prefect, then what was done.

use std::collections::BTreeSet;

use domain::diagnostic::{Diagnostic, any_error};
use domain::names::Digest;
use domain::plan::{Ended, Owning, Step};
use domain::report::{Outcome, Pruned, State};
use tokio::time::Instant;

use super::documents::{forget, write_state};
use super::notes::{self, Pinned};
use super::read::Pin;
use super::receipt::{About, first, reasons};
use super::retention::retain;
use super::{Found, ReconcileError, Task, Trouble, Verdict, claims, start};
use crate::apply::{Applied, Care, Means, apply, worst};
use crate::load::Loaded;
use crate::pass::{Planned, Wanted};
use crate::stage;
use crate::stores::Item;

/// Where the plan comes from.
#[derive(Clone, Copy)]
pub(super) enum Source<'a> {
    /// The blob that was read, what counts of the bundle, and what becomes of its pin.
    Archive(&'a Item, &'a Loaded, Pin),
    /// There is no blob any more; what the bundle owned.
    Gone(&'a State),
}

/// A plan that is about to be carried out.
pub(super) struct Work<'a> {
    pub(super) task: &'a Task<'a>,
    pub(super) about: &'a About<'a>,
    pub(super) source: Source<'a>,
    pub(super) wanted: &'a Wanted,
    pub(super) planned: &'a Planned,
    pub(super) found: &'a [Diagnostic],
}

impl Work<'_> {
    /// Carries the plan out and reports.
    pub(super) async fn carry_out(&self) -> Result<Verdict, ReconcileError> {
        let Task { app, id, deadline, .. } = *self.task;
        let plan = &self.planned.plan;
        if let Source::Archive(_, loaded, _) = self.source
            && stage::code(loaded, &app.stores.code, id).await?.skipped
        {
            self.renewed(loaded).await?;
        }
        if !self.is_newest().await? {
            return Ok(Verdict::Later(format!("{id}: a newer upload arrived meanwhile")));
        }
        self.pin().await?;
        claims::take(self.task, &self.wanted.desired.pools).await?;
        // before the first write to Prefect, so that a kill loses nothing
        if plan.writes() {
            write_state(&app.stores.receipts, &self.state(None)).await?;
        }
        let (client, credentials) = (&self.task.prefect, app.credentials());
        let is_over = &|| Instant::now() >= deadline;
        let care = Care::of(&app.config, self.wanted.dialect);
        let means = Means { client, credentials, is_over, care, progress: &|_, _| {} };
        let applied = apply(plan, &means).await;
        self.keep(&self.state(Some(&applied))).await?;
        let verdict = self.reported(&applied).await?;
        // also where something stays for a person to look at, which may be long
        if let (Source::Archive(_, loaded, _), Verdict::Done(_) | Verdict::Person(..)) =
            (self.source, &verdict)
        {
            retain(self.task, self.planned, loaded.digest.short()).await;
        }
        Ok(verdict)
    }

    /// From now on the digest that was asked for counts, or the upload does again.
    async fn pin(&self) -> Result<(), ReconcileError> {
        let Task { app, id, job, .. } = *self.task;
        let Source::Archive(item, loaded, pin) = self.source else { return Ok(()) };
        let digest = match pin {
            Pin::Begins => Some(loaded.digest.clone()),
            Pin::Ends => None,
            Pin::None | Pin::Stays => return Ok(()),
        };
        let (etag, request) = (item.etag.as_str().to_owned(), job.request.clone());
        let since = job.accepted.clone().unwrap_or_else(|| app.now());
        let note = Pinned { v: 1, digest, etag, since, request };
        Ok(notes::pin(&app.stores.receipts, id, &note).await?)
    }

    /// Code that counts again is the newest, whenever it was staged.
    async fn renewed(&self, loaded: &Loaded) -> Result<(), ReconcileError> {
        let before = self.planned.policy.state.as_ref().map(|it| &it.digest);
        if before != Some(&loaded.digest) {
            stage::renew(&self.task.app.stores.code, self.task.id, &loaded.digest).await?;
        }
        Ok(())
    }

    /// Writes the state when it differs; a bundle that is gone and owns nothing any more leaves none.
    async fn keep(&self, after: &State) -> Result<(), ReconcileError> {
        let receipts = &self.task.app.stores.receipts;
        if matches!(self.source, Source::Gone(_)) && after.deployments.is_empty() {
            forget(receipts, self.task.id).await?;
        } else if self.planned.plan.writes() || self.planned.policy.state.as_ref() != Some(after) {
            write_state(receipts, after).await?;
        }
        let before = self.planned.policy.state.iter().flat_map(|it| &it.pools);
        claims::release(self.task, before.filter(|it| !after.pools.contains(*it))).await?;
        Ok(())
    }

    async fn is_newest(&self) -> Result<bool, ReconcileError> {
        let bundles = &self.task.app.stores.bundles;
        Ok(match self.source {
            Source::Archive(read, ..) => {
                bundles.head(&read.key).await?.is_some_and(|it| it.etag == read.etag)
            }
            Source::Gone(_) => Found::of(bundles, self.task.id).await?.blobs.is_empty(),
        })
    }

    async fn reported(&self, applied: &[Applied]) -> Result<Verdict, ReconcileError> {
        let (plan, id) = (&self.planned.plan, self.task.id);
        let bad = worst(applied);
        let outcome = match bad {
            // the job comes again
            Some(it) if it.is_deferred() || it.later => "deferred",
            Some(_) => "failed",
            None if any_error(self.found) || plan.spares() => "partial",
            None if plan.writes() => "applied",
            None => "unchanged",
        };
        let (runs, not_run) = match bad {
            None => start::runs(self.task, plan, applied).await,
            Some(_) => (Vec::new(), None),
        };
        let found: Vec<Diagnostic> = self.found.iter().chain(&not_run).cloned().collect();
        self.about.write_with(outcome, &found, (plan, applied), runs).await?;
        let person = |trouble, why| Verdict::Person(trouble, format!("{id}: {why}"));
        Ok(match bad {
            None if not_run.is_some() => person(Trouble::Partly, first(&found)),
            None if any_error(self.found) => person(
                Trouble::Partly,
                format!("only what is sound is registered; {}", first(self.found)),
            ),
            None if plan.spares() => person(Trouble::Refused, reasons(plan)),
            None => Verdict::Done(format!("{id}: {outcome}")),
            Some(it) if it.is_deferred() => Verdict::Deferred(format!("{id}: {}", it.why())),
            Some(it) if it.later => Verdict::Later(format!("{id}: {}", it.why())),
            Some(it) => {
                let some = applied.iter().any(Applied::is_good);
                person(if some { Trouble::Partly } else { Trouble::Failed }, it.why().to_owned())
            }
        })
    }

    /// Whether all of `digest` is applied; a redeploy of some deployments says nothing of the others.
    fn is_done(&self, digest: &Digest, applied: &[Applied]) -> bool {
        let policy = &self.planned.policy;
        let wanted = self.wanted.desired.fingerprint();
        let was = || policy.state.as_ref().is_some_and(|it| it.has_applied(digest, &wanted));
        let is_well = worst(applied).is_none() && !self.planned.plan.spares();
        is_well && !any_error(self.found) && (policy.only.is_empty() || was())
    }

    /// What is owned once the steps have ended so; `None`: before the first of them, when it is but the intent.
    fn state(&self, applied: Option<&[Applied]>) -> State {
        let Planned { observed, policy, plan, .. } = self.planned;
        let desired = &self.wanted.desired;
        let ended: Option<Vec<Ended<'_>>> =
            applied.map(|it| it.iter().map(Applied::ended).collect());
        let ended = ended.as_deref();
        let owning = Owning { desired, observed, policy, plan, ended };
        let digest = match self.source {
            Source::Archive(_, loaded, _) => &loaded.digest,
            Source::Gone(before) => &before.digest,
        };
        State {
            v: 1,
            bundle: self.task.id.clone(),
            digest: digest.clone(),
            container: Some(self.task.app.stores.bundles.name().to_owned()),
            done: applied.is_some_and(|it| self.is_done(digest, it)),
            wanted: Some(desired.fingerprint()),
            deployments: owning.deployments(),
            pools: self.pools(),
            pruned: self.pruned(applied),
        }
    }

    /// What was pruned of late, and what was just now.
    fn pruned(&self, applied: Option<&[Applied]>) -> Vec<Pruned> {
        let now = self.task.app.clock();
        let before = self.planned.policy.state.iter().flat_map(|it| it.recent(now)).cloned();
        let steps = self.planned.plan.steps.iter().zip(applied.unwrap_or_default());
        let is_one = |(step, ended): &(&Step, &Applied)| {
            step.retires && step.kind == "deployment" && ended.outcome == Outcome::Done
        };
        let name = |(step, _): (&Step, &Applied)| Pruned { name: step.name.clone(), at: now };
        before.chain(steps.filter(is_one).map(name)).collect()
    }

    /// The work pools that are declared; with an error beside them, those that were, too.
    fn pools(&self) -> Vec<String> {
        let now = self.wanted.desired.pools.iter().map(|it| it.name.clone());
        let before = self.planned.policy.state.iter().flat_map(|it| it.pools.clone());
        let before = before.filter(|_| self.planned.policy.held);
        now.chain(before).collect::<BTreeSet<_>>().into_iter().collect()
    }
}
