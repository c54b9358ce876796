//! Redeploys that were accepted without a job queue: kept on the disk until they are done, so that no end of this process
//! loses one. One for all bundles becomes one for each, so that none is worked on again because another was late.

use std::collections::BTreeSet;

use domain::job::{Job, Scope};
use tokio::sync::watch::Receiver;

use super::flights::Flights;
use super::said::Said;
use super::{deadline, log};
use crate::app::App;
use crate::reconcile::{self, Trouble, Verdict};
use crate::stores::{Condition, Item, StoreError};

/// In the receipts; no bundle's id starts with a dot.
const FOLDER: &str = ".accepted/";
/// Redeploys that wait; more are refused.
const WAITING: usize = 16;
/// The largest that is read back; a request is smaller.
const MAX: u64 = 1 << 20;

/// Keeps `job` for [`work`]; false when too many wait.
///
/// # Errors
/// When it cannot be written.
pub(super) async fn keep(app: &App, job: &Job) -> Result<bool, StoreError> {
    let receipts = &app.stores.receipts;
    let waiting = receipts.list(FOLDER).await?;
    let requests: BTreeSet<&str> = waiting.iter().map(|it| request_of(&it.key)).collect();
    if requests.len() >= WAITING {
        return Ok(false);
    }
    let now = jiff::Timestamp::now().as_millisecond();
    // the listing is sorted by name: the oldest comes first
    let key = format!("{FOLDER}{now:013}-{}.json", job.request);
    write(app, &key, job).await.map(|()| true)
}

/// What a redeploy's name and those of its parts have in common.
fn request_of(key: &str) -> &str {
    key.trim_start_matches(FOLDER).split('.').next().unwrap_or_default()
}

async fn write(app: &App, key: &str, job: &Job) -> Result<(), StoreError> {
    let text = job.to_message().into_bytes();
    app.stores.receipts.write(key, text, Condition::Any).await.map(|_| ())
}

/// Replaces each redeploy for all bundles; being cut off leaves it there, and writes the same parts again.
async fn part(app: &App, flights: &Flights) -> Result<(), StoreError> {
    let receipts = &app.stores.receipts;
    for item in receipts.list(FOLDER).await? {
        let Some(job) = read(app, &item).await?.and_then(Result::ok) else { continue };
        if job.scope != Scope::All {
            continue;
        }
        flights.begins(&job.request).await;
        let jobs = reconcile::jobs(app, &job).await?;
        reconcile::noted(app, &job, &jobs).await?;
        for (at, job) in jobs.iter().enumerate() {
            let key = format!("{FOLDER}{}.{at:06}.json", request_of(&item.key));
            write(app, &key, job).await?;
        }
        receipts.delete(&item.key).await?;
    }
    Ok(())
}

/// The job of `item`, or why it is none; `None` when it is gone.
async fn read(app: &App, item: &Item) -> Result<Option<Result<Job, String>>, StoreError> {
    let found = app.stores.receipts.read(&item.key, MAX).await?;
    let job = |bytes: &[u8]| {
        let message = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
        Job::of_message(message)
    };
    Ok(found.map(|(bytes, _)| job(&bytes)))
}

/// Works on what was kept, the oldest first, until `stop` says so; gives the worst verdict.
pub(super) async fn work(
    (app, flights): (&App, &Flights),
    said: &mut Said,
    stop: &Receiver<bool>,
) -> Verdict {
    let mut worst = Verdict::Done("nothing accepted".to_owned());
    let waiting = match part(app, flights).await {
        Ok(()) => app.stores.receipts.list(FOLDER).await,
        Err(error) => Err(error),
    };
    let waiting = match waiting {
        Ok(waiting) => waiting,
        Err(error) => return said.later(FOLDER, &error),
    };
    said.retain(|it| waiting.iter().any(|item| item.key == it));
    for item in waiting {
        if *stop.borrow() {
            break;
        }
        let verdict = match one(app, flights, &item).await {
            Ok(verdict) => verdict,
            Err(error) => Verdict::Later(crate::telemetry::chain(&error)),
        };
        if said.is_news(&item.key, format!("{verdict:?}")) {
            log(&verdict);
        }
        worst = worst.worse(verdict);
    }
    worst
}

/// Kept until it is done or a person must look; one whose bundle is busy would lose its options to the one at work.
async fn one(app: &App, flights: &Flights, item: &Item) -> Result<Verdict, StoreError> {
    let verdict = match read(app, item).await? {
        None => return Ok(Verdict::Done(format!("{}: gone", item.key))),
        Some(Ok(job)) => {
            flights.begins(&job.request).await;
            reconcile::reconcile(app, &job, deadline(app)).await
        }
        Some(Err(error)) => {
            Verdict::Person(Trouble::Failed, format!("{}: no job: {error}", item.key))
        }
    };
    if !verdict.is_again() && !matches!(verdict, Verdict::Busy(_)) {
        app.stores.receipts.delete(&item.key).await?;
    }
    Ok(verdict)
}

#[cfg(test)]
mod tests {
    use domain::job::{Cause, Scope};
    use domain::names::BundleId;

    use super::*;
    use crate::config::Config;

    /// An app whose Prefect does not answer, with the archive of the bundle `there`.
    async fn app(dir: &tempfile::TempDir) -> App {
        drop(rustls::crypto::ring::default_provider().install_default());
        let settings =
            [("PREFECT_API_URL", "http://127.0.0.1:9/api"), ("SYNC_PREFECT_MAX_REQUESTS", "1")];
        let lookup = |name: &str| settings.iter().find(|it| it.0 == name).map(|it| it.1.to_owned());
        let app = App::open(Config::from_env(lookup).unwrap(), Some(dir.path())).unwrap();
        app.stores.ensure().await.unwrap();
        app.stores.bundles.write("there.zip", Vec::new(), Condition::Any).await.unwrap();
        app
    }

    fn job(bundle: &str) -> Job {
        let scope = Scope::Bundle(BundleId::new(bundle).unwrap());
        Job::new(scope, Cause::Redeploy, uuid::Uuid::new_v4().to_string())
    }

    #[tokio::test]
    async fn what_has_to_be_tried_again_stays_and_the_rest_goes() {
        let dir = tempfile::tempdir().unwrap();
        let app = app(&dir).await;
        for bundle in ["there", "gone"] {
            assert!(keep(&app, &job(bundle)).await.unwrap());
        }
        let odd = format!("{FOLDER}odd.json");
        app.stores.receipts.write(&odd, b"{".to_vec(), Condition::Any).await.unwrap();
        let (_stop, stopping) = tokio::sync::watch::channel(false);
        let verdict = work((&app, &Flights::default()), &mut Said::default(), &stopping).await;
        assert!(matches!(verdict, Verdict::Later(_)), "{verdict:?}");
        let left = app.stores.receipts.list(FOLDER).await.unwrap();
        assert_eq!(left.len(), 1);
        let (bytes, _) = app.stores.receipts.read(&left[0].key, MAX).await.unwrap().unwrap();
        assert_eq!(serde_json::from_slice::<Job>(&bytes).unwrap().scope, job("there").scope);
    }

    #[tokio::test]
    async fn only_so_many_wait() {
        let dir = tempfile::tempdir().unwrap();
        let app = app(&dir).await;
        for _ in 0..WAITING {
            assert!(keep(&app, &job("there")).await.unwrap());
        }
        assert!(!keep(&app, &job("there")).await.unwrap());
    }

    #[tokio::test]
    async fn a_redeploy_of_all_waits_only_for_the_bundles_that_are_not_done() {
        let dir = tempfile::tempdir().unwrap();
        let app = app(&dir).await;
        for key in ["too.zip", "twice.zip", "twice.tgz"] {
            app.stores.bundles.write(key, Vec::new(), Condition::Any).await.unwrap();
        }
        let all = Job::new(Scope::All, Cause::Redeploy, uuid::Uuid::new_v4().to_string());
        assert!(keep(&app, &all).await.unwrap());
        let (_stop, stopping) = tokio::sync::watch::channel(false);
        work((&app, &Flights::default()), &mut Said::default(), &stopping).await;
        let left = app.stores.receipts.list(FOLDER).await.unwrap();
        let waits = read(&app, &left[0]).await.unwrap().unwrap().unwrap();
        assert_eq!((left.len(), waits.scope), (2, job("there").scope));
        for _ in 1..WAITING {
            assert!(keep(&app, &job("there")).await.unwrap());
        }
        assert!(!keep(&app, &job("there")).await.unwrap(), "the parts of one are one");
    }
}
