//! Redeploys that were accepted without a job queue: kept on the disk until they are done, so that no end of this process
//! loses one.

use domain::job::Job;
use tokio::sync::watch::Receiver;

use super::said::Said;
use super::{deadline, log};
use crate::app::App;
use crate::reconcile::{self, Verdict};
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
    if receipts.list(FOLDER).await?.len() >= WAITING {
        return Ok(false);
    }
    let now = jiff::Timestamp::now().as_millisecond();
    // the listing is sorted by name: the oldest comes first
    let key = format!("{FOLDER}{now:013}-{}.json", job.request);
    let text = serde_json::to_vec(job).unwrap_or_default();
    receipts.write(&key, text, Condition::IfAbsent).await?;
    Ok(true)
}

/// Works on what was kept, the oldest first, until `stop` says so; gives the worst verdict.
pub(super) async fn work(app: &App, said: &mut Said, stop: &Receiver<bool>) -> Verdict {
    let mut worst = Verdict::Done("nothing accepted".to_owned());
    let waiting = match app.stores.receipts.list(FOLDER).await {
        Ok(waiting) => waiting,
        Err(error) => return said.later(FOLDER, &error),
    };
    said.retain(|it| waiting.iter().any(|item| item.key == it));
    for item in waiting {
        if *stop.borrow() {
            break;
        }
        let verdict = match one(app, &item).await {
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
async fn one(app: &App, item: &Item) -> Result<Verdict, StoreError> {
    let receipts = &app.stores.receipts;
    let Some((bytes, _)) = receipts.read(&item.key, MAX).await? else {
        return Ok(Verdict::Done(format!("{}: gone", item.key)));
    };
    let verdict = match serde_json::from_slice::<Job>(&bytes) {
        Ok(job) => reconcile::reconcile(app, &job, deadline(app)).await,
        Err(error) => Verdict::Person(format!("{}: no job: {error}", item.key)),
    };
    if !matches!(verdict, Verdict::Later(_) | Verdict::Busy(_)) {
        receipts.delete(&item.key).await?;
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
        let verdict = work(&app, &mut Said::default(), &stopping).await;
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
}
