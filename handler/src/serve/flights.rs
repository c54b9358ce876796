//! Redeploys that wait to be worked on: the same one, asked for once more, is that one.
//!
//! Only while it waits: one that is being worked on may have read by then what the second one is about.

use domain::job::{Job, Scope};
use jiff::Timestamp;
use tokio::sync::{Mutex, MutexGuard};

use crate::app::App;
use crate::reconcile::{request_of_all, request_receipt};

/// Seconds after which a redeploy is not waited for: whatever became of it.
const OLD: i64 = 3600;

/// The redeploys that this process accepted and has not begun.
#[derive(Debug, Default)]
pub(super) struct Flights(Mutex<Vec<Flight>>);

#[derive(Debug, Clone)]
struct Flight {
    job: Job,
    /// By its caller: its end is asked for by that name.
    is_named: bool,
}

impl Flights {
    /// Keeps `job` by `keep`, unless the same one waits: then that is given.
    ///
    /// # Errors
    /// Those of `keep`; then nothing waits.
    pub(super) async fn accept<E>(
        &self,
        app: &App,
        (job, is_named): (&Job, bool),
        keep: impl AsyncFnOnce() -> Result<(), E>,
    ) -> Result<Job, E> {
        let flight = Flight { job: job.clone(), is_named };
        // held while it is kept: a second one must not join what is not kept in the end
        let mut waiting = self.0.lock().await;
        if let Some(same) = still(app, &mut waiting, &flight).await {
            return Ok(same);
        }
        keep().await?;
        waiting.push(flight);
        Ok(job.clone())
    }

    /// What `request` asked for is being worked on.
    pub(super) async fn begins(&self, request: &str) {
        self.0.lock().await.retain(|it| it.job.request != request);
    }
}

/// The job of `waiting` that is the same as `flight`, unless it is done: another process may work on the same queue.
async fn still(
    app: &App,
    waiting: &mut MutexGuard<'_, Vec<Flight>>,
    flight: &Flight,
) -> Option<Job> {
    let now = app.clock().as_second();
    waiting.retain(|it| accepted(&it.job).is_some_and(|it| now - it < OLD));
    let same = waiting.iter().position(|it| is_same(it, flight))?;
    let job = waiting.get(same)?.job.clone();
    if is_done(app, &job).await {
        waiting.remove(same);
        return None;
    }
    Some(job)
}

/// Seconds since 1970.
fn accepted(job: &Job) -> Option<i64> {
    job.accepted.as_ref()?.parse::<Timestamp>().ok().map(Timestamp::as_second)
}

/// Each that wants a run wants one of its own.
fn is_same(a: &Flight, b: &Flight) -> bool {
    let wanted = |it: &Flight| (it.job.scope.clone(), it.job.options.clone(), it.job.etag.clone());
    let one_name = a.job.request == b.job.request;
    wanted(a) == wanted(b) && (one_name || !(a.is_named || b.is_named || a.job.options.run))
}

async fn is_done(app: &App, job: &Job) -> bool {
    let done = if let Scope::Bundle(id) = &job.scope {
        request_receipt(app, id, &job.request).await.map(|it| it.is_some())
    } else {
        let found = request_of_all(app, &job.request).await;
        found.map(|it| it.is_some_and(|(_, is_done)| is_done))
    };
    // what cannot be read is not joined
    done.unwrap_or(true)
}

#[cfg(test)]
mod tests {
    use domain::job::{Cause, Options};
    use domain::names::BundleId;

    use super::*;

    fn flight(bundle: &str, request: &str, is_named: bool) -> Flight {
        let scope = Scope::Bundle(BundleId::new(bundle).unwrap());
        Flight { job: Job::new(scope, Cause::Redeploy, request), is_named }
    }

    #[test]
    fn the_same_is_of_one_bundle_with_one_set_of_options_and_has_no_name_of_its_own() {
        let one = flight("a", "r1", false);
        assert!(is_same(&one, &flight("a", "r2", false)));
        assert!(!is_same(&one, &flight("b", "r2", false)));
        assert!(!is_same(&one, &flight("a", "ci-7", true)));
        assert!(is_same(&flight("a", "ci-7", true), &flight("a", "ci-7", true)));
        let with = |options: Options| {
            let mut it = flight("a", "r2", false);
            it.job.options = options;
            it
        };
        let adopts = with(Options { adopt: true, ..Options::default() });
        assert!(!is_same(&one, &adopts) && is_same(&adopts, &adopts.clone()));
        let mut runs = with(Options { run: true, ..Options::default() });
        let other = runs.clone();
        runs.job.request = "r3".to_owned();
        assert!(!is_same(&runs, &other), "two runs are wanted");
        let mut newer = one.clone();
        newer.job.etag = Some("0x2".to_owned());
        newer.job.request = "r4".to_owned();
        assert!(!is_same(&one, &newer), "an upload came between");
    }
}
