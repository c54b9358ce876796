//! One worker at a time for each bundle, and for all secrets; who comes meanwhile leaves a note for the one who is at it.

use std::time::Duration;

use domain::job::{Cause, Job, Options};
use domain::names::BundleId;
use tokio::time::{Instant, sleep_until, timeout_at};

use super::{ReconcileError, Task, Verdict, bundle};
use crate::stores::{Condition, Container, StoreError};

/// How long a lease lives without being renewed.
const SECONDS: u8 = 30;
/// How long after a renewal the next one is asked for.
const EVERY: Duration = Duration::from_secs(10);
/// How long after a renewal the lease is surely still ours.
const OURS: Duration = Duration::from_secs(SECONDS as u64 - 3);
/// How often a holder looks again because somebody noted `pending`.
const AGAIN: u32 = 3;
/// How long after its deadline the work may take to come to a step's end.
const GRACE: Duration = Duration::from_secs(20);

/// What one worker at a time works on.
pub(super) struct Place<'a> {
    /// Where the lease is.
    pub(super) receipts: &'a Container,
    /// Its name.
    pub(super) key: String,
    /// What is worked on, for people.
    pub(super) what: String,
    /// No step starts after it.
    pub(super) deadline: Instant,
}

/// Brings Prefect to what the bundle's blob says now.
pub(super) async fn reconcile(task: &Task<'_>) -> Result<Verdict, ReconcileError> {
    let (key, receipts) = (key(task.id), &task.app.stores.receipts);
    let place = Place { receipts, key, what: task.id.to_string(), deadline: task.deadline };
    match Box::pin(alone(&place, looked(task))).await? {
        Some(verdict) => Ok(verdict),
        None => busy(task).await,
    }
}

fn key(id: &BundleId) -> String {
    format!("{id}/lease")
}

/// Whether somebody works on the bundle `id` now. It is tried: whose job comes in that instant leaves a note, which the timer finds.
///
/// # Errors
/// When the store refuses or cannot be reached.
pub(super) async fn is_held(receipts: &Container, id: &BundleId) -> Result<bool, StoreError> {
    match receipts.acquire(&key(id), SECONDS).await? {
        Some(lease) => receipts.release(lease).await.map(|()| false),
        None => Ok(true),
    }
}

/// The end of `work`, which is done while the lease is ours; `None` where it is another's.
pub(super) async fn alone(
    place: &Place<'_>,
    work: impl Future<Output = Result<Verdict, ReconcileError>>,
) -> Result<Option<Verdict>, ReconcileError> {
    let Place { receipts, key, what, deadline } = place;
    let taken = Instant::now();
    let lease = match receipts.acquire(key, SECONDS).await {
        // a new installation has none yet
        Err(error) if error.is_no_container() => {
            receipts.ensure().await?;
            receipts.acquire(key, SECONDS).await?
        }
        other => other?,
    };
    let Some(lease) = lease else { return Ok(None) };
    // dropping the work stops it at its next await
    let result = tokio::select! {
        result = work => result,
        error = renewed(taken, || receipts.renew(&lease)) => Err(error.into()),
        () = sleep_until(*deadline + GRACE) => {
            Ok(Verdict::Later(format!("{what}: the time was up amid the work")))
        }
    };
    receipts.release(lease).await?;
    result.map(Some)
}

/// The holder looks again, but not with what this job asks for: such a job comes again itself.
async fn busy(task: &Task<'_>) -> Result<Verdict, ReconcileError> {
    let text = format!("{}: another worker is at it", task.id);
    if asks(task.job) {
        return Ok(Verdict::Later(text));
    }
    task.app.stores.receipts.write(&pending(task), Vec::new(), Condition::Any).await?;
    Ok(Verdict::Busy(text))
}

fn asks(job: &Job) -> bool {
    job.options != Options::default() || job.cause == Cause::Redeploy
}

fn pending(task: &Task<'_>) -> String {
    format!("{}/pending", task.id)
}

/// Works, and again while somebody noted `pending`: for them, so without what this job asks for.
async fn looked(task: &Task<'_>) -> Result<Verdict, ReconcileError> {
    let (pending, receipts) = (pending(task), &task.app.stores.receipts);
    receipts.delete(&pending).await?;
    let mut verdict = bundle::work(task).await?;
    let request = uuid::Uuid::new_v4().to_string();
    let plain = Job::new(task.job.scope.clone(), Cause::Replay, request);
    for _ in 1..AGAIN {
        if receipts.head(&pending).await?.is_none() {
            break;
        }
        receipts.delete(&pending).await?;
        let again = Task { prefect: task.prefect.for_job(), job: &plain, ..*task };
        let then = bundle::work(&again).await?;
        verdict = if asks(task.job) { verdict.worse(then) } else { then };
    }
    Ok(verdict)
}

/// Renews the lease that was `taken` then; ends with the error of a renewal, or when it may be another's.
async fn renewed<F>(taken: Instant, renew: impl Fn() -> F) -> StoreError
where
    F: Future<Output = Result<(), StoreError>>,
{
    let mut since = taken;
    loop {
        sleep_until(since + EVERY).await;
        let asked = Instant::now();
        match timeout_at(since + OURS, renew()).await {
            Ok(Ok(())) => since = asked,
            Ok(Err(error)) => return error,
            Err(_elapsed) => return StoreError::timeout("renew", "the lease"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::net::TcpListener;

    use domain::job::Scope;

    use super::*;
    use crate::app::App;
    use crate::config::Config;

    #[tokio::test(start_paused = true)]
    async fn a_renewal_without_an_answer_ends_the_work_while_the_lease_is_ours() {
        let (taken, renewals) = (Instant::now(), Cell::new(0));
        let last = Cell::new(taken);
        let renew = || async {
            renewals.set(renewals.get() + 1);
            if renewals.get() == 3 {
                std::future::pending::<()>().await;
            }
            last.set(Instant::now());
            tokio::time::sleep(Duration::from_secs(9)).await;
            Ok(())
        };
        let error = renewed(taken, renew).await;
        assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
        assert_eq!(renewals.get(), 3);
        assert!(last.get().elapsed() < Duration::from_secs(u64::from(SECONDS)));
    }

    /// An app on the folder `dir` with the bundle `a`, whose Prefect takes connections and never answers.
    async fn app(dir: &tempfile::TempDir, prefect: &TcpListener) -> App {
        drop(rustls::crypto::ring::default_provider().install_default());
        let url = format!("http://{}/api", prefect.local_addr().unwrap());
        let config = Config::from_env(|it| (it == "PREFECT_API_URL").then(|| url.clone()));
        let app = App::open(config.unwrap(), Some(dir.path())).unwrap();
        app.stores.ensure().await.unwrap();
        app.stores.bundles.write("a.zip", Vec::new(), Condition::Any).await.unwrap();
        app
    }

    async fn verdict(app: &App, options: Options) -> Verdict {
        let scope = Scope::Bundle(BundleId::new("a").unwrap());
        let job = Job { options, ..Job::new(scope, Cause::Upload, "r") };
        super::super::reconcile(app, &job, Instant::now()).await
    }

    #[tokio::test]
    async fn a_busy_job_comes_again_when_it_asks_for_what_the_holder_does_not_do() {
        let (dir, silent) =
            (tempfile::tempdir().unwrap(), TcpListener::bind("127.0.0.1:0").unwrap());
        let app = app(&dir, &silent).await;
        let _held = app.stores.receipts.acquire("a/lease", SECONDS).await.unwrap().unwrap();
        let adopt = verdict(&app, Options { adopt: true, ..Options::default() }).await;
        assert!(matches!(adopt, Verdict::Later(_)), "{adopt:?}");
        let plain = verdict(&app, Options::default()).await;
        assert!(matches!(plain, Verdict::Busy(_)), "{plain:?}");
        assert!(app.stores.receipts.head("a/pending").await.unwrap().is_some());
    }

    #[tokio::test(start_paused = true)]
    async fn work_that_hangs_past_its_deadline_is_cut_and_comes_again() {
        let (dir, silent) =
            (tempfile::tempdir().unwrap(), TcpListener::bind("127.0.0.1:0").unwrap());
        let app = app(&dir, &silent).await;
        let want = Verdict::Later("a: the time was up amid the work".to_owned());
        assert_eq!(verdict(&app, Options::default()).await, want);
        assert!(app.stores.receipts.acquire("a/lease", SECONDS).await.unwrap().is_some());
    }
}
