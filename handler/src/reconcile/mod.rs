//! The spine: scope -> load -> desired -> observe -> plan -> stage -> apply -> report.

use domain::job::Job;
use tokio::time::Instant;

use crate::app::App;

/// How a job ended; each front turns it into its own answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Applied, nothing to do, stale or ignored.
    Done(String),
    /// Invalid bundle, refused by a guard: retrying is pointless.
    Person(String),
    /// Another worker holds the lease; `pending` is noted.
    Busy(String),
    /// Azure or Prefect unavailable, deadline reached: send the job again.
    Later(String),
}

/// Reconciles the scope of `job`; stops at a step boundary when `deadline` is near.
pub async fn reconcile(_app: &App, _job: &Job, _deadline: Instant) -> Verdict {
    Verdict::Done(String::new())
}
