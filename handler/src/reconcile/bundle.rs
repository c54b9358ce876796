//! One bundle, from its blob to its receipt.

use domain::diagnostic::{Diagnostic, Position, any_error};
use domain::job::Job;
use domain::names::{BundleId, Digest};
use domain::plan::{Plan, Step, owned_after};
use domain::report::{API_VERSION, Outcome, Receipt, State};
use serde_json::{Value, json};
use tokio::time::Instant;

use super::documents::{write_receipt, write_state};
use super::read::{Read, planned, read};
use super::{ReconcileError, Verdict, scope};
use crate::app::App;
use crate::apply::{Applied, Means, apply};
use crate::load::Loaded;
use crate::pass::{Planned, Wanted};
use crate::stage;
use crate::stores::Item;

/// How long a lease lives without being renewed.
pub(super) const LEASE_SECONDS: u8 = 30;
/// How often a holder looks again because somebody noted `pending`.
const AGAIN: u32 = 3;

/// Brings Prefect to what the bundle's blob says now.
pub(super) async fn reconcile(
    app: &App,
    id: &BundleId,
    job: &Job,
    deadline: Instant,
) -> Result<Verdict, ReconcileError> {
    let key = format!("{id}/lease");
    let pending = format!("{id}/pending");
    let receipts = &app.stores.receipts;
    let Some(lease) = receipts.acquire(&key, LEASE_SECONDS).await? else {
        receipts.write(&pending, Vec::new(), crate::stores::Condition::Any).await?;
        return Ok(Verdict::Busy(format!("{id}: another worker is at it")));
    };
    let mut result = Ok(Verdict::Done(String::new()));
    for _ in 0..AGAIN {
        receipts.delete(&pending).await?;
        result = kept(app, id, job, deadline, &lease).await;
        if result.is_err() || receipts.head(&pending).await?.is_none() {
            break;
        }
    }
    receipts.release(lease).await?;
    result
}

/// Works while the lease is renewed; a lost lease stops the work at its next await.
async fn kept(
    app: &App,
    id: &BundleId,
    job: &Job,
    deadline: Instant,
    lease: &crate::stores::Lease,
) -> Result<Verdict, ReconcileError> {
    let renew = async {
        loop {
            tokio::time::sleep(std::time::Duration::from_secs(u64::from(LEASE_SECONDS) / 3)).await;
            if let Err(error) = app.stores.receipts.renew(lease).await {
                return error;
            }
        }
    };
    tokio::select! {
        result = work(app, id, job, deadline) => result,
        error = renew => Err(error.into()),
    }
}

async fn work(
    app: &App,
    id: &BundleId,
    job: &Job,
    deadline: Instant,
) -> Result<Verdict, ReconcileError> {
    let found = scope::bundle(&app.stores.bundles, id).await?;
    let (item, extension) = match found.blobs.as_slice() {
        [] => {
            return Ok(Verdict::Done(format!(
                "{id}: its blob is gone; what it registered is kept"
            )));
        }
        [(item, extension)] => (item, *extension),
        many => return Ok(Verdict::Person(two_blobs(id, many))),
    };
    let Read { loaded, wanted, found } = read(app, id, item, extension).await?;
    let about = About {
        id,
        item,
        job,
        digest: (!any_error(&loaded.diagnostics)).then(|| loaded.digest.clone()),
    };
    if any_error(&found) {
        about.report(app, "held", &found, (&Plan::default(), &[])).await?;
        return Ok(Verdict::Person(format!(
            "{id}: the bundle has errors and is held; {}",
            first(&found)
        )));
    }
    let planned = planned(app, id, &job.options, &wanted).await?;
    if planned.plan.refused() {
        about.report(app, "refused", &found, (&planned.plan, &[])).await?;
        return Ok(Verdict::Person(format!("{id}: refused; {}", reasons(&planned.plan))));
    }
    let work =
        Work { app, about, loaded: &loaded, wanted: &wanted, planned: &planned, found: &found };
    work.carry_out(deadline).await
}

fn two_blobs(id: &BundleId, blobs: &[(Item, &'static str)]) -> String {
    let names: Vec<&str> = blobs.iter().map(|(item, _)| item.key.as_str()).collect();
    format!("{id}: {} are one bundle; delete all but one", names.join(" and "))
}

fn first(found: &[Diagnostic]) -> String {
    let error = found.iter().find(|it| it.severity == domain::diagnostic::Severity::Error);
    error.map_or_else(String::new, |it| {
        let Position { file, line, column } = &it.at;
        format!("{file}:{line}:{column}: {}", it.message)
    })
}

fn reasons(plan: &Plan) -> String {
    let refused = plan.steps.iter().filter(|it| it.action == domain::plan::Action::Refuse);
    let texts: Vec<String> = refused
        .map(|it| format!("{}: {}", it.name, it.reason.as_deref().unwrap_or_default()))
        .collect();
    texts.join("; ")
}

/// Which upload a receipt is about.
struct About<'a> {
    id: &'a BundleId,
    item: &'a Item,
    job: &'a Job,
    digest: Option<Digest>,
}

impl About<'_> {
    async fn report(
        &self,
        app: &App,
        outcome: &'static str,
        found: &[Diagnostic],
        (plan, applied): (&Plan, &[Applied]),
    ) -> Result<(), ReconcileError> {
        let receipt = Receipt {
            api_version: API_VERSION,
            bundle: self.id.clone(),
            etag: Some(self.item.etag.as_str().to_owned()),
            digest: self.digest.clone(),
            outcome,
            finished: app.now(),
            request: self.job.request.clone(),
            diagnostics: json!(found),
            steps: steps(plan, applied),
        };
        Ok(write_receipt(&app.stores.receipts, &receipt).await?)
    }
}

fn steps(plan: &Plan, applied: &[Applied]) -> Value {
    let outcome = |at: usize| applied.get(at).map_or(Outcome::Skipped, |it| it.outcome.clone());
    let one = |(at, step): (usize, &Step)| {
        let mut step = json!(step);
        if let Some(step) = step.as_object_mut() {
            step.insert("outcome".into(), json!(outcome(at)));
        }
        step
    };
    plan.steps.iter().enumerate().map(one).collect()
}

/// A plan that is about to be carried out.
struct Work<'a> {
    app: &'a App,
    about: About<'a>,
    loaded: &'a Loaded,
    wanted: &'a Wanted,
    planned: &'a Planned,
    found: &'a [Diagnostic],
}

impl Work<'_> {
    /// Code first, then the intent, then Prefect, then what was done.
    async fn carry_out(&self, deadline: Instant) -> Result<Verdict, ReconcileError> {
        let (app, id, plan) = (self.app, self.about.id, &self.planned.plan);
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
            client: &app.prefect,
            credentials: app.credentials(),
            deadline,
            progress: &|_| {},
        };
        let applied = apply(plan, &means).await;
        let after = self.state(&applied);
        if plan.writes() || self.planned.policy.state.as_ref() != Some(&after) {
            write_state(&app.stores.receipts, &after).await?;
        }
        let bad =
            applied.iter().find(|it| !matches!(it.outcome, Outcome::Done | Outcome::Unchanged));
        let outcome = match bad {
            Some(_) => "failed",
            None if plan.writes() => "applied",
            None => "unchanged",
        };
        self.about.report(app, outcome, self.found, (plan, &applied)).await?;
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
            let at = self
                .planned
                .plan
                .steps
                .iter()
                .position(|it| it.kind == "deployment" && it.name == name);
            let Some(at) = at else { continue };
            let live =
                self.planned.observed.deployments.values().find(|it| it.key.to_string() == name);
            let made = applied.get(at).and_then(|it| it.id.clone());
            let id = made.or_else(|| live.map(|it| it.id.clone())).unwrap_or_default();
            let mut owned = owned_after(want, live, id, self.wanted.dialect);
            let failed = applied
                .get(at)
                .is_none_or(|it| !matches!(it.outcome, Outcome::Done | Outcome::Unchanged));
            if failed && let Some(old) = deployments.get(&name) {
                owned.join(old);
            }
            deployments.insert(name, owned);
        }
        State {
            v: 1,
            bundle: self.about.id.clone(),
            digest: self.loaded.digest.clone(),
            deployments,
        }
    }
}
