//! Carries a plan out: one call per step, no decision.

mod gate;
mod ground;
mod retire;

use std::collections::{BTreeMap, BTreeSet};

use domain::plan::{Action, Call, Plan, Step, addressed, placed};
use domain::report::Outcome;
use futures::{FutureExt as _, StreamExt as _};
use jiff::Timestamp;
use serde_json::Value;

use crate::prefect::{ApiError, Client, write};

use gate::Gate;

pub use gate::Care;

/// What the steps need besides the plan.
pub struct Means<'a> {
    /// Prefect's API.
    pub client: &'a Client,
    /// The data of a credentials block that has to be made: `account_url`, or our connection string where allowed.
    pub credentials: Value,
    /// Once it says so, no step starts any more.
    pub is_over: &'a (dyn Fn() -> bool + Sync),
    /// Keeps writes from losing runs.
    pub care: Care,
    /// Called after each step, and when one waits.
    pub progress: &'a (dyn Fn(&Step, Progress) + Sync),
}

/// What a step comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// It waits until the run that is due then has begun.
    Waits(Timestamp),
    /// Its end.
    Ended,
}

/// How a step ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// How it ended.
    pub outcome: Outcome,
    /// Whether trying later may help.
    pub later: bool,
    /// The deployment's id, where one was made.
    pub id: Option<String>,
}

impl Applied {
    fn of(outcome: Outcome) -> Self {
        Self { outcome, later: false, id: None }
    }

    fn failed(error: &ApiError) -> Self {
        Self { outcome: Outcome::Failed(error.to_string()), later: error.is_later(), id: None }
    }

    /// The time is up.
    fn late() -> Self {
        Self { later: true, ..Self::of(Outcome::Skipped) }
    }

    /// It would have lost a run.
    fn deferred(why: String) -> Self {
        Self { later: true, ..Self::of(Outcome::Deferred(why)) }
    }

    /// Whether it is now as the plan wants it.
    pub fn is_good(&self) -> bool {
        matches!(self.outcome, Outcome::Done | Outcome::Unchanged)
    }

    /// Whether it was put off, since it would have lost a run.
    pub fn is_deferred(&self) -> bool {
        matches!(self.outcome, Outcome::Deferred(_))
    }

    /// Why not, for a person.
    pub fn why(&self) -> &str {
        match &self.outcome {
            Outcome::Failed(why) | Outcome::Deferred(why) => why,
            Outcome::Skipped => "another step stopped it, or the time was up",
            Outcome::Done | Outcome::Unchanged => "done",
        }
    }
}

/// The step for which the whole is not as the plan wants it: one that may be better later, since the job then comes again,
/// before one that a person must look at.
pub fn worst(applied: &[Applied]) -> Option<&Applied> {
    let later = |it: &&Applied| it.later && !it.is_deferred();
    let first = applied.iter().find(later).or_else(|| applied.iter().find(|it| it.later));
    first.or_else(|| applied.iter().find(|it| !it.is_good()))
}

/// Carries out every step of `plan` and says how each ended, in the plan's order.
///
/// A refused plan is not begun. What deployments rest on (pools, blocks, flows) comes first; when any of that fails, nothing
/// else is written. Automations come last: they name the deployment that they run by its id.
pub async fn apply(plan: &Plan, means: &Means<'_>) -> Vec<Applied> {
    let mut run = Run { plan, means, ended: BTreeMap::new() };
    if !plan.refused() {
        run.ground().await;
        if run.is_sound() {
            run.deployments().await;
            run.automations().await;
            run.retirements().await;
        }
    }
    let skipped = || Applied::of(Outcome::Skipped);
    (0..plan.steps.len()).map(|at| run.ended.remove(&at).unwrap_or_else(skipped)).collect()
}

/// A plan on its way.
struct Run<'a> {
    plan: &'a Plan,
    means: &'a Means<'a>,
    /// By the step's place in the plan.
    ended: BTreeMap<usize, Applied>,
}

impl<'a> Run<'a> {
    fn of_kind(&self, wanted: fn(&str) -> bool) -> Vec<(usize, &'a Step)> {
        let steps = self.plan.steps.iter().enumerate();
        steps.filter(|(_, it)| wanted(it.kind) && !it.retires).collect()
    }

    fn is_sound(&self) -> bool {
        self.ended.values().all(Applied::is_good)
    }

    async fn ground(&mut self) {
        for (at, step) in self.of_kind(|it| !matches!(it, "deployment" | "automation")) {
            self.ended.insert(at, ground::made(step, self.means).await);
        }
    }

    async fn deployments(&mut self) {
        let (means, flows) = (self.means, flows(self.plan, self.means).await);
        let rests = &Rests { flows, blocks: ids(self.plan, "block", &self.ended) };
        let steps = self.of_kind(|it| it == "deployment");
        let gate = &Gate::new(steps.iter().map(|(_, it)| *it), means);
        let one = |(at, step)| async move {
            (at, gate.pass(step, || deployment(step, rests, means)).await)
        };
        // boxed: the compiler cannot see that these are Send
        let calls = steps.into_iter().map(|it| one(it).boxed());
        self.ended.extend(futures::future::join_all(calls).await);
    }

    /// What replaces it is there: nothing goes when something of that failed.
    async fn retirements(&mut self) {
        if !self.is_sound() {
            return;
        }
        let steps: Vec<(usize, &Step)> =
            self.plan.steps.iter().enumerate().filter(|(_, it)| it.retires).collect();
        let ids = BTreeMap::new();
        for (at, step) in steps.iter().filter(|(_, it)| it.kind == "automation") {
            self.ended.insert(*at, automation(step, &ids, self.means).await);
        }
        if self.is_sound() {
            let steps = steps.into_iter().filter(|(_, it)| it.kind == "deployment").collect();
            self.ended.extend(retire::all(steps, self.means).await);
        }
    }

    async fn automations(&mut self) {
        let ids = ids(self.plan, "deployment", &self.ended);
        for (at, step) in self.of_kind(|it| it == "automation") {
            self.ended.insert(at, automation(step, &ids, self.means).await);
        }
    }
}

/// The ids of the objects of the plan that exist now, by the names of their steps.
fn ids<'a>(
    plan: &'a Plan,
    kind: &str,
    outcomes: &BTreeMap<usize, Applied>,
) -> BTreeMap<&'a str, String> {
    let steps = plan.steps.iter().enumerate().filter(|(_, it)| it.kind == kind);
    let with_id = steps.filter_map(|(at, step)| {
        let made = outcomes.get(&at).and_then(|it| it.id.clone());
        Some((step.name.as_str(), made.or_else(|| step.live.clone())?))
    });
    with_id.collect()
}

async fn automation(step: &Step, ids: &BTreeMap<&str, String>, means: &Means<'_>) -> Applied {
    if is_late(step, means) {
        return Applied::late();
    }
    let result = match &step.call {
        Call::CreateAutomation { deployment, body } => {
            let Some(id) = ids.get(deployment.as_str()) else {
                return Applied::of(Outcome::Skipped);
            };
            write::create_automation(means.client, &addressed(body, id)).await
        }
        Call::UpdateAutomation { id, body } => {
            write::update_automation(means.client, id, body).await
        }
        Call::DisableAutomation { id } => write::disable_automation(means.client, id).await,
        Call::DeleteAutomation { id } => write::delete_automation(means.client, id).await,
        _ => Ok(()),
    };
    (means.progress)(step, Progress::Ended);
    ended(step, result)
}

fn is_late(step: &Step, means: &Means<'_>) -> bool {
    step.call != Call::None && (means.is_over)()
}

fn ended(step: &Step, result: Result<(), ApiError>) -> Applied {
    match result {
        Ok(()) => Applied::of(done(step)),
        Err(error) => Applied::failed(&error),
    }
}

fn with_id(step: &Step, result: Result<Option<String>, ApiError>) -> Applied {
    match result {
        Ok(id) => Applied { id, ..Applied::of(done(step)) },
        Err(error) => Applied::failed(&error),
    }
}

/// The ids of the flows that the plan's new deployments belong to.
async fn flows(plan: &Plan, means: &Means<'_>) -> BTreeMap<String, Result<String, Applied>> {
    let flow = |step: &Step| match &step.call {
        Call::CreateDeployment { flow, .. } if !is_late(step, means) => Some(flow.clone()),
        _ => None,
    };
    let names: BTreeSet<String> = plan.steps.iter().filter_map(flow).collect();
    let calls = futures::stream::iter(names).map(|name| async move {
        let id = write::flow(means.client, &name).await;
        (name, id.map_err(|error| Applied::failed(&error)))
    });
    calls.buffer_unordered(means.client.writes_at_once).collect().await
}

/// What deployments rest on.
#[derive(Default)]
struct Rests<'a> {
    /// By the flow's name.
    flows: BTreeMap<String, Result<String, Applied>>,
    /// The ids of the blocks that were made, by their addresses.
    blocks: BTreeMap<&'a str, String>,
}

async fn deployment(step: &Step, rests: &Rests<'_>, means: &Means<'_>) -> Applied {
    if is_late(step, means) {
        return Applied::late();
    }
    let result = match &step.call {
        Call::CreateDeployment { flow, body } => match rests.flows.get(flow) {
            Some(Ok(id)) => {
                let body = placed(body, &rests.blocks);
                write::create_deployment(means.client, Some(id), &body).await.map(Some)
            }
            Some(Err(failed)) => return failed.clone(),
            // the time was up between the two
            None => return Applied::late(),
        },
        Call::ReplaceDeployment { body, .. } => {
            let body = placed(body, &rests.blocks);
            write::create_deployment(means.client, None, &body).await.map(Some)
        }
        Call::UpdateDeployment { id, body, delete_schedules } => {
            let body = placed(body, &rests.blocks);
            let sent = write::update_deployment(means.client, id, &body, delete_schedules).await;
            sent.map(|()| Some(id.clone()))
        }
        _ => Ok(None),
    };
    (means.progress)(step, Progress::Ended);
    with_id(step, result)
}

fn done(step: &Step) -> Outcome {
    if matches!(step.action, Action::Keep | Action::Skip | Action::Spare) {
        Outcome::Unchanged
    } else {
        Outcome::Done
    }
}

#[cfg(test)]
mod tests;
