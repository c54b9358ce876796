//! The spine: scope -> load -> desired -> observe -> plan -> stage -> apply -> report.

mod bundle;
mod claims;
mod copies;
mod documents;
mod events;
mod gone;
mod health;
mod heirs;
mod housekeeping;
mod inventory;
mod lease;
mod making;
pub mod notes;
mod poison;
mod read;
mod receipt;
mod retention;
mod revision;
mod scope;
pub mod secrets;
mod start;
mod status;
mod work;

use std::time::Duration;

use domain::job::{Cause, Job, Scope};
use domain::names::BundleId;
use tokio::time::{Instant, timeout};

use crate::app::App;
use crate::load::LoadError;
use crate::prefect::Client;
use crate::stores::{Condition, Queue, StoreError};

pub use housekeeping::keep_house;
pub use inventory::{gone, ids, jobs};
pub use read::dry_run;
pub use scope::{Found, bundles};
pub use status::{
    is_requested, known, note_accepted, of_bundle, overview, request_of_all, request_receipt,
};

/// Why a bundle could not be worked on.
#[derive(Debug, thiserror::Error)]
pub enum ReconcileError {
    /// Blob or the local folder.
    #[error("the store could not be used")]
    Store(#[from] StoreError),
    /// Prefect.
    #[error("prefect could not be used")]
    Prefect(#[from] crate::prefect::ApiError),
    /// Key Vault, or the file that plays it.
    #[error("the vault could not be used")]
    Vault(#[from] crate::secrets::VaultError),
    /// Another worker is at it.
    #[error("another worker is at it; try again in a minute")]
    Busy,
    /// The temporary disk.
    #[error("the bundle could not be read")]
    Load(#[from] LoadError),
}

impl ReconcileError {
    /// Whether a person has to change something first: denied, refused or not to be understood, as opposed to unavailable.
    fn needs_a_person(&self) -> bool {
        use crate::prefect::ApiError as Api;
        match self {
            Self::Prefect(it) => {
                use Api::{Denied, Garbled, NoCredentials, Rejected};
                let lasting = matches!(it, NoCredentials { is_later: false, .. });
                lasting || matches!(it, Denied { .. } | Rejected { .. } | Garbled { .. })
            }
            Self::Store(it) | Self::Load(LoadError::Store(it)) => {
                use StoreError as Store;
                matches!(it, Store::Denied(_) | Store::Rejected(_) | Store::Garbled(_))
            }
            Self::Vault(it) => !it.is_later(),
            Self::Load(LoadError::Gone | LoadError::Io(_)) | Self::Busy => false,
        }
    }

    /// What a person has to look at; `None` when trying later may help.
    fn trouble(&self) -> Option<Trouble> {
        let trouble = if self.is_denied() { Trouble::Denied } else { Trouble::Failed };
        self.needs_a_person().then_some(trouble)
    }

    fn is_denied(&self) -> bool {
        use crate::prefect::ApiError as Api;
        match self {
            Self::Prefect(it) => matches!(it, Api::Denied { .. }),
            Self::Store(it) | Self::Load(LoadError::Store(it)) => {
                matches!(it, StoreError::Denied(_))
            }
            Self::Vault(it) => matches!(it, crate::secrets::VaultError::Denied(_)),
            Self::Load(_) | Self::Busy => false,
        }
    }
}

/// How a job ended; each front turns it into its own answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Applied, nothing to do, stale or ignored.
    Done(String),
    /// Retrying is pointless: somebody has to change something.
    Person(Trouble, String),
    /// Another worker holds the lease; `pending` is noted.
    Busy(String),
    /// A write was put off, since it would have lost a run: send the job again; the timer comes back to it, too.
    Deferred(String),
    /// Azure or Prefect unavailable, deadline reached: send the job again.
    Later(String),
}

/// What a person has to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The bundle has errors.
    Invalid,
    /// Prefect or Azure does not accept our credentials.
    Denied,
    /// Some of it is done.
    Partly,
    /// A guard refused the plan.
    Refused,
    /// Whatever else cannot be done.
    Failed,
}

/// How long the receipt of a job that is given up may take.
const GIVEN_UP: Duration = Duration::from_secs(20);

/// Whoever has no queue enqueues no job for all.
const NO_QUEUE: &str = "without a job queue there is one job per bundle";

/// Reconciles the scope of `job`; stops at a step boundary when `deadline` is near.
pub async fn reconcile(app: &App, job: &Job, deadline: Instant) -> Verdict {
    match &job.scope {
        Scope::Bundle(id) => one(app, id, job, deadline).await,
        Scope::All => match &app.stores.jobs {
            Some(queue) => match fan_out(app, queue, job).await {
                Ok(count) => Verdict::Done(format!("{count} bundles queued")),
                Err(error) => Verdict::Later(crate::telemetry::chain(&error)),
            },
            None => Verdict::Person(Trouble::Failed, NO_QUEUE.to_owned()),
        },
        Scope::Secret(name) => Box::pin(secrets::reconcile(app, name, job, deadline)).await,
        Scope::Queues => health::look(app).await,
    }
}

/// The work on one bundle.
struct Task<'a> {
    app: &'a App,
    /// With a request budget of its own.
    prefect: Client,
    id: &'a BundleId,
    job: &'a Job,
    /// No step starts after it.
    deadline: Instant,
}

async fn one(app: &App, id: &BundleId, job: &Job, deadline: Instant) -> Verdict {
    let task = Task { app, prefect: app.prefect.for_job(), id, job, deadline };
    match installed(&task).await {
        Ok(verdict) => verdict,
        Err(error) => {
            let text = format!("{id}: {}", crate::telemetry::chain(&error));
            match error.trouble() {
                Some(trouble) => Verdict::Person(trouble, text),
                None => Verdict::Later(text),
            }
        }
    }
}

/// The work, with our own containers made when a new installation has none yet; never that of the bundles: one that is gone is
/// no empty one.
async fn installed(task: &Task<'_>) -> Result<Verdict, ReconcileError> {
    match Box::pin(lease::reconcile(task)).await {
        Err(ReconcileError::Store(error)) if error.is_no_container() => {
            let stores = &task.app.stores;
            stores.receipts.ensure().await?;
            stores.code.ensure().await?;
            Box::pin(lease::reconcile(task)).await
        }
        result => result,
    }
}

/// Writes the receipt of a `job` that is given up: it says why, and the poison queue, which a person replays, has the job.
pub async fn given_up(app: &App, job: &Job, why: &str) {
    let Scope::Bundle(id) = &job.scope else { return };
    // the time of the job is over
    drop(timeout(GIVEN_UP, told(app, id, job, why)).await);
}

async fn told(app: &App, id: &BundleId, job: &Job, why: &str) {
    let task = Task { app, prefect: app.prefect.for_job(), id, job, deadline: Instant::now() };
    let found = Found::of(&app.stores.bundles, id).await.ok();
    let item = found.as_ref().and_then(|it| it.blobs.last()).map(|(item, _)| item);
    let (about, why) = (receipt::About::new(&task, item), format!("given up: {why}"));
    if let Err(error) = about.write_given_up(&why, Some(Condition::Any)).await {
        tracing::warn!(bundle = %id, error = crate::telemetry::chain(&error), "no receipt");
    }
}

/// Notes for which bundles a redeploy of all is, so that its end can be told.
///
/// # Errors
/// When it cannot be written.
pub async fn noted(app: &App, job: &Job, jobs: &[Job]) -> Result<(), StoreError> {
    if job.cause != Cause::Redeploy {
        return Ok(());
    }
    let id = |it: &Job| if let Scope::Bundle(id) = &it.scope { Some(id.clone()) } else { None };
    let bundles: Vec<BundleId> = jobs.iter().filter_map(id).collect();
    documents::write(&app.stores.receipts, &documents::of_all(&job.request), &bundles).await
}

/// Sends one job per bundle and one for the secrets, so that each has a deadline of its own; gives how many bundles there are.
///
/// # Errors
/// When the bundles cannot be listed or a message cannot be sent; some may be sent by then.
pub async fn fan_out(app: &App, queue: &Queue, job: &Job) -> Result<usize, StoreError> {
    let jobs = jobs(app, job).await?;
    noted(app, job, &jobs).await?;
    for it in &jobs {
        queue.send(&it.to_message(), 0).await?;
    }
    Ok(jobs.iter().filter(|it| matches!(it.scope, Scope::Bundle(_))).count())
}

impl Verdict {
    /// Whether the job has to be tried again.
    pub fn is_again(&self) -> bool {
        matches!(self, Self::Later(_) | Self::Deferred(_))
    }

    /// Whether `job` is sent again: the timer comes back by itself to what it put off.
    pub fn is_sent_again(&self, job: &Job) -> bool {
        match self {
            Self::Later(_) => true,
            Self::Deferred(_) => job.cause != Cause::Timer,
            _ => false,
        }
    }

    /// The worse of two: later, deferred, a person, busy, done.
    #[must_use]
    pub fn worse(self, other: Self) -> Self {
        let rank = |it: &Self| match it {
            Self::Done(_) => 0,
            Self::Busy(_) => 1,
            Self::Person(..) => 2,
            Self::Deferred(_) => 3,
            Self::Later(_) => 4,
        };
        if rank(&other) > rank(&self) { other } else { self }
    }
}
