//! Carries a plan out: one call per step, no decision.

mod applied;
mod automation;
mod deployment;
mod gate;
mod ground;
mod retire;

use std::collections::BTreeMap;

use domain::plan::{Call, Plan, Step};
use domain::report::Outcome;
use futures::FutureExt as _;
use jiff::Timestamp;
use serde_json::Value;

use crate::prefect::Client;

use automation::automation;
use deployment::{Rests, deployment, flows};
use gate::Gate;

pub use applied::{Applied, worst};
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

fn is_late(step: &Step, means: &Means<'_>) -> bool {
    step.call != Call::None && (means.is_over)()
}

#[cfg(test)]
mod tests;
