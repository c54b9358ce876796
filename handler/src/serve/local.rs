//! A folder of bundles, looked at each second: its listing is the event.

use std::collections::BTreeMap;
use std::time::Duration;

use domain::job::{Cause, Job, Scope};
use domain::names::BundleId;
use tokio::sync::watch::Receiver;
use tokio::time::{Instant, timeout};

use super::{deadline, log};
use crate::app::App;
use crate::reconcile::{self, Found, Verdict};
use crate::stores::ETag;

/// How often the folder is looked at.
const EVERY: Duration = Duration::from_secs(1);
/// How long after a job that has to be tried again.
const AGAIN: Duration = Duration::from_secs(15);

/// The versions that were worked on.
#[derive(Debug, Default)]
pub(super) struct Seen {
    versions: BTreeMap<BundleId, Vec<ETag>>,
}

/// Works on new and changed bundles as they come, and on all of them by the timer; ends between two passes when `stop` says
/// so.
pub(super) async fn watch(app: &App, mut stop: Receiver<bool>) {
    let mut seen = Seen::default();
    let mut all = Instant::now() + app.config.reconcile_every;
    while !*stop.borrow() {
        if Instant::now() >= all {
            seen = Seen::default();
            all = Instant::now() + app.config.reconcile_every;
        }
        let verdict = pass(app, &mut seen).await;
        let wait = if matches!(verdict, Verdict::Later(_)) { AGAIN } else { EVERY };
        drop(timeout(wait, stop.wait_for(|it| *it)).await);
    }
}

/// Works on every bundle whose version is not in `seen`; gives the worst verdict.
pub(super) async fn pass(app: &App, seen: &mut Seen) -> Verdict {
    let found = match reconcile::bundles(&app.stores.bundles).await {
        Ok(found) => found,
        Err(error) => {
            let verdict = Verdict::Later(crate::telemetry::chain(&error));
            log(&verdict);
            return verdict;
        }
    };
    seen.versions.retain(|id, _| found.iter().any(|it| it.id == *id));
    let mut worst = Verdict::Done("nothing new".to_owned());
    for it in found {
        let versions = versions(&it);
        if seen.versions.get(&it.id) == Some(&versions) {
            continue;
        }
        let request = uuid::Uuid::new_v4().to_string();
        let job = Job::new(Scope::Bundle(it.id.clone()), Cause::Upload, request);
        let verdict = reconcile::reconcile(app, &job, deadline(app)).await;
        log(&verdict);
        if !matches!(verdict, Verdict::Later(_)) {
            seen.versions.insert(it.id, versions);
        }
        worst = worst.worse(verdict);
    }
    worst
}

fn versions(found: &Found) -> Vec<ETag> {
    found.blobs.iter().map(|(item, _)| item.etag.clone()).collect()
}
