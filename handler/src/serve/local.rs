//! A folder of bundles, looked at each second: its listing is the event.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

use anyhow::bail;
use domain::job::{Cause, Job, Scope};
use domain::names::BundleId;
use tokio::sync::watch::Receiver;
use tokio::time::{Instant, timeout};

use super::flights::Flights;
use super::said::Said;
use super::{deadline, inbox, log, secrets};
use crate::app::App;
use crate::reconcile::{self, Found, Verdict};
use crate::stores::ETag;

/// How often the folder is looked at.
const EVERY: Duration = Duration::from_secs(1);
/// How long after a job that has to be tried again.
const AGAIN: Duration = Duration::from_secs(15);
/// What is said about the folder as a whole; no bundle's id.
const FOLDER: &str = "";
/// What is said about work pools and queues; no bundle's id.
const QUEUES: &str = ".queues";

/// The versions that were worked on, and what was said about them.
#[derive(Debug, Default)]
pub(super) struct Seen {
    versions: BTreeMap<BundleId, Vec<ETag>>,
    said: Said,
    said_of_accepted: Said,
    said_of_gone: Said,
    secrets: secrets::Seen,
}

/// Says that `folder` will be made, when it is not there.
///
/// # Errors
/// When the folder that it is to be in is not there either: then the path is misspelt more likely than wanted.
pub(super) fn announce(folder: &Path) -> anyhow::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let above = folder.parent().unwrap_or(folder);
    if !above.is_dir() {
        let (folder, above) = (folder.display(), above.display());
        bail!("--local {folder}: there is no folder {above}; make it, or correct the path");
    }
    tracing::info!(folder = %folder.display(), "there is no such folder: it is made");
    Ok(())
}

/// Works on new and changed bundles as they come, and on all of them by the timer; ends between two jobs when `stop` says so.
pub(super) async fn watch(app: &App, flights: &Flights, mut stop: Receiver<bool>) {
    let mut seen = Seen::default();
    let mut all = Instant::now() + app.config.reconcile_every;
    while !*stop.borrow() {
        let is_time = Instant::now() >= all;
        if is_time {
            all = Instant::now() + app.config.reconcile_every;
        }
        let verdict = pass((app, flights), &mut seen, is_time, &stop).await;
        let wait = if verdict.is_again() { AGAIN } else { EVERY };
        drop(timeout(wait, stop.wait_for(|it| *it)).await);
    }
}

/// Works on the accepted redeploys, then on every bundle whose version is not in `seen`, and by the timer on those that are gone;
/// gives the worst verdict.
pub(super) async fn pass(
    (app, flights): (&App, &Flights),
    seen: &mut Seen,
    timer: bool,
    stop: &Receiver<bool>,
) -> Verdict {
    let mut worst = inbox::work((app, flights), &mut seen.said_of_accepted, stop).await;
    // before the bundles, which may name their blocks
    worst = worst.worse(secrets::work(app, &mut seen.secrets, timer).await);
    let (found, ignored) = match Found::all(&app.stores.bundles).await {
        Ok(listed) => listed,
        Err(error) => return seen.said.later(FOLDER, &error),
    };
    seen.versions.retain(|id, _| found.iter().any(|it| it.id == *id));
    let known = |it: &str| found.iter().any(|found| found.id.as_str() == it);
    seen.said.retain(|it| known(it) || ignored.contains_key(it));
    for (blob, why) in ignored {
        if seen.said.is_news(&blob, why.to_string()) {
            tracing::info!(blob, error = %why, "ignored");
        }
    }
    let present = reconcile::ids(&found);
    for it in found {
        if *stop.borrow() {
            break;
        }
        let verdict = one(app, seen, it, timer).await;
        worst = worst.worse(verdict);
    }
    if !timer {
        return worst;
    }
    reconcile::keep_house(app).await;
    let worst = worst.worse(retired(app, seen, &present, stop).await);
    worst.worse(looked(app, seen).await)
}

/// Looks at the work pools and queues.
async fn looked(app: &App, seen: &mut Seen) -> Verdict {
    let job = Job::new(Scope::Queues, Cause::Timer, uuid::Uuid::new_v4().to_string());
    let verdict = reconcile::reconcile(app, &job, deadline(app)).await;
    if seen.said_of_gone.is_news(QUEUES, format!("{verdict:?}")) {
        log(&verdict);
    }
    // the timer comes back to it
    Verdict::Done("looked at".to_owned())
}

/// Works on the bundles whose archive is gone.
async fn retired(
    app: &App,
    seen: &mut Seen,
    present: &BTreeSet<BundleId>,
    stop: &Receiver<bool>,
) -> Verdict {
    let mut worst = Verdict::Done("nothing is gone".to_owned());
    let gone = match reconcile::gone(app, present).await {
        Ok(gone) => gone,
        Err(error) => return seen.said.later(FOLDER, &error),
    };
    for id in gone {
        if *stop.borrow() {
            break;
        }
        let request = uuid::Uuid::new_v4().to_string();
        let job = Job::new(Scope::Bundle(id.clone()), Cause::Timer, request);
        let verdict = reconcile::reconcile(app, &job, deadline(app)).await;
        if seen.said_of_gone.is_news(id.as_str(), format!("{verdict:?}")) {
            log(&verdict);
        }
        worst = worst.worse(verdict);
    }
    worst
}

async fn one(app: &App, seen: &mut Seen, found: Found, timer: bool) -> Verdict {
    let versions = versions(&found);
    let is_known = seen.versions.get(&found.id) == Some(&versions);
    if is_known && !timer {
        return Verdict::Done("nothing new".to_owned());
    }
    let cause = if is_known { Cause::Timer } else { Cause::Upload };
    let request = uuid::Uuid::new_v4().to_string();
    let job = Job::new(Scope::Bundle(found.id.clone()), cause, request);
    let verdict = reconcile::reconcile(app, &job, deadline(app)).await;
    if seen.said.is_news(found.id.as_str(), format!("{versions:?} {verdict:?}")) {
        log(&verdict);
    }
    if !verdict.is_again() {
        seen.versions.insert(found.id, versions);
    }
    verdict
}

fn versions(found: &Found) -> Vec<ETag> {
    found.blobs.iter().map(|(item, _)| item.etag.clone()).collect()
}
