//! Deployments that nobody declares any more: paused, and deleted once what is due has begun.
//!
//! A worker that meets a run whose deployment is gone crashes (prefect#16806), and the deletion takes scheduled runs along.

use std::time::Duration;

use domain::plan::{Call, Step};
use jiff::Timestamp;
use tokio::time::{Instant, sleep};

use super::applied::{Applied, with_id};
use super::deployment::{Rests, deployment};
use super::gate::Gate;
use super::{Means, Progress, is_late};
use crate::prefect::observe::runs::{Awaited, awaited};
use crate::prefect::write;

/// How often a run that has not begun is looked at.
const AGAIN: Duration = Duration::from_secs(2);

/// Carries out `steps`, one after the other.
pub(super) async fn all(steps: Vec<(usize, &Step)>, means: &Means<'_>) -> Vec<(usize, Applied)> {
    let gate = Gate::new(steps.iter().map(|(_, it)| *it), means);
    let mut ended = Vec::new();
    for (at, step) in steps {
        ended.push((at, one(step, &gate, means).await));
    }
    ended
}

async fn one(step: &Step, gate: &Gate<'_>, means: &Means<'_>) -> Applied {
    let Call::RetireDeployment { id, pause } = &step.call else {
        let nothing = &Rests::default();
        return gate.pass(step, || deployment(step, nothing, means)).await;
    };
    if *pause {
        let paused = gate.pass(step, || paused(step, id, means)).await;
        if !paused.is_good() {
            return paused;
        }
    }
    if let Some(held) = drained(step, id, means).await {
        return held;
    }
    let deleted = write::delete_deployment(means.client, id).await;
    (means.progress)(step, Progress::Ended);
    with_id(step, deleted.map(|()| None))
}

async fn paused(step: &Step, id: &str, means: &Means<'_>) -> Applied {
    with_id(step, write::pause_deployment(means.client, id).await.map(|()| None))
}

/// Waits until every run that is due has begun, and every other attempt; why the deletion has to wait longer.
async fn drained(step: &Step, id: &str, means: &Means<'_>) -> Option<Applied> {
    let limit = Instant::now() + means.care.window.wait;
    loop {
        if is_late(step, means) {
            return Some(Applied::late());
        }
        let now = Timestamp::now();
        let since = now.saturating_sub(means.care.drain).unwrap_or(now);
        let (due, how) = match awaited(means.client, id, (since, now)).await {
            Ok(None) => return None,
            Ok(Some(Awaited::Due(due))) => (due, format!("its run of {due} has not begun")),
            Ok(Some(Awaited::Retry(due))) => {
                (due, format!("the next attempt of a run is due at {due}"))
            }
            Err(error) => return Some(Applied::failed(&error)),
        };
        if Instant::now() + AGAIN > limit {
            let why = format!("paused, and not deleted yet: {how} (SYNC_PRUNE_DRAIN_SECONDS)");
            return Some(Applied::deferred(why));
        }
        (means.progress)(step, Progress::Waits(due));
        sleep(AGAIN).await;
    }
}
