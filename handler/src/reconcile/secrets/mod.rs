//! Secrets of the vault -> fields of Prefect blocks: look, plan, carry out, tell.

mod body;
mod carry;
mod events;
mod keep;
mod look;
mod state;
mod turns;
mod usage;

use std::time::Duration;

use domain::job::{Cause, Job, Options, Scope};
use domain::plan::Plan;
use domain::secret::{SecretName, Step};
use serde_json::Value;
use tokio::time::Instant;

use super::{ReconcileError, Trouble, Verdict};
use crate::app::App;
use crate::apply::Applied;
use crate::prefect::Client;
use crate::secrets::Vault;
use crate::stores::StoreError;

pub use state::rows;

/// The id of the job for every secret; no secret has that name.
pub const ALL: &str = "*";

/// How long a person waits for a pass in the foreground.
const FOREGROUND: Duration = Duration::from_hours(1);

/// A job about secrets.
struct Asked<'a> {
    app: &'a App,
    vault: &'a Vault,
    /// With a request budget of its own.
    prefect: Client,
    job: &'a Job,
    /// `None`: every secret.
    name: Option<SecretName>,
    /// No step starts after it.
    deadline: Instant,
}

/// What was planned, and how each step of it ended.
#[derive(Debug)]
pub struct Report {
    /// One step for each secret that counts.
    pub plan: Plan,
    /// In the same order; empty when nothing was carried out.
    pub applied: Vec<Applied>,
}

/// The job that the timer has for the secrets; `None` without a vault.
pub fn job_of_all(app: &App, job: &Job) -> Option<Job> {
    app.vault.as_ref()?;
    let options = Options { adopt: job.options.adopt, ..Options::default() };
    Some(Job {
        scope: Scope::Secret(ALL.to_owned()),
        attempt: 0,
        etag: None,
        options,
        ..job.clone()
    })
}

/// Brings the blocks of the secret `name`, or of all, to what the vault says now.
pub(super) async fn reconcile(app: &App, name: &str, job: &Job, deadline: Instant) -> Verdict {
    let Some(vault) = &app.vault else {
        return Verdict::Done("ignored: no vault is configured (SYNC_VAULT_URL)".to_owned());
    };
    let name = match (name != ALL).then(|| SecretName::new(name)).transpose() {
        Ok(name) => name,
        Err(error) => return Verdict::Person(Trouble::Failed, error.to_string()),
    };
    if let Some(name) = &name {
        app.prefect.secret_changed(name).await;
    }
    let prefect = app.prefect.for_job();
    let asked = Asked { app, vault, prefect, job, name, deadline };
    match turns::taken(&asked).await {
        Ok(verdict) => verdict,
        Err(error) => {
            let text = format!("secrets: {}", crate::telemetry::chain(&error));
            match error.trouble() {
                Some(trouble) => Verdict::Person(trouble, text),
                None => Verdict::Later(text),
            }
        }
    }
}

/// What `reconcile` would do about `names`, or all secrets when there are none; writes nothing.
///
/// # Errors
/// When anything cannot be read.
pub async fn preview(
    app: &App,
    names: &[SecretName],
    adopt: bool,
) -> Result<Report, ReconcileError> {
    let (job, deadline) = (job(adopt), Instant::now() + FOREGROUND);
    let mut steps = Vec::new();
    for asked in asked(app, names, (&job, deadline)) {
        steps.extend(look::look(&asked).await?.steps);
    }
    Ok(Report { plan: shown(&steps), applied: Vec::new() })
}

/// The same as `reconcile`, in the foreground, with every step.
///
/// # Errors
/// When anything cannot be read, or another worker is at it.
pub async fn apply(
    app: &App,
    names: &[SecretName],
    adopt: bool,
) -> Result<(Report, Verdict), ReconcileError> {
    let (job, deadline) = (job(adopt), Instant::now() + FOREGROUND);
    let (mut report, mut worst) = (Report { plan: Plan::default(), applied: Vec::new() }, None);
    for asked in asked(app, names, (&job, deadline)) {
        let (one, verdict) = turns::reported(&asked).await?;
        report.plan.steps.extend(one.plan.steps);
        report.applied.extend(one.applied);
        worst = Some(worst.map_or(verdict.clone(), |it: Verdict| it.worse(verdict)));
    }
    Ok((report, worst.unwrap_or_else(|| Verdict::Done("no vault is configured".to_owned()))))
}

fn job(adopt: bool) -> Job {
    let scope = Scope::Secret(ALL.to_owned());
    let options = Options { adopt, ..Options::default() };
    Job { options, ..Job::new(scope, Cause::Redeploy, uuid::Uuid::new_v4().to_string()) }
}

fn asked<'a>(
    app: &'a App,
    names: &[SecretName],
    (job, deadline): (&'a Job, Instant),
) -> Vec<Asked<'a>> {
    let Some(vault) = &app.vault else { return Vec::new() };
    let names: Vec<Option<SecretName>> =
        if names.is_empty() { vec![None] } else { names.iter().cloned().map(Some).collect() };
    let one = |name| Asked { app, vault, prefect: app.prefect.for_job(), job, name, deadline };
    names.into_iter().map(one).collect()
}

fn shown(steps: &[Step]) -> Plan {
    Plan { steps: steps.iter().map(Step::shown).collect() }
}

/// Whether a secret that the vault still has goes to the block `address` (`type/name`).
///
/// # Errors
/// When the state cannot be read.
pub(super) async fn goes_to(app: &App, address: &str) -> Result<bool, StoreError> {
    if app.vault.is_none() {
        return Ok(false);
    }
    let state = state::read(&app.stores.receipts).await?;
    Ok(state.secrets.values().any(|it| it.block == address && !it.life.is_gone()))
}

/// What is known of the secrets, for the status; empty without a vault.
///
/// # Errors
/// When the state cannot be read.
pub async fn status(app: &App) -> Result<Vec<Value>, StoreError> {
    if app.vault.is_none() {
        return Ok(Vec::new());
    }
    Ok(rows(&state::read(&app.stores.receipts).await?))
}
