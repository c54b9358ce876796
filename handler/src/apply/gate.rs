//! Each write to a live deployment at a moment at which it loses no run.

use std::time::Duration;

use domain::dialect::Dialect;
use domain::plan::Step;
use domain::plan::window::{Moment, Runs, Sought, Window, after, moment};
use jiff::Timestamp;
use serde_json::Value;
use tokio::sync::{Mutex, Semaphore};
use tokio::time::{Instant, sleep, timeout};

use super::{Applied, Means, Progress};
use crate::config::Config;
use crate::prefect::ApiError;
use crate::prefect::observe::edits;
use crate::prefect::observe::runs::{Deleted, Kept, deleted};

/// How long what the server said of the next starts is believed.
const FRESH: Duration = Duration::from_secs(3);
/// How often a run that is not started yet is looked at.
const AGAIN: Duration = Duration::from_secs(2);
/// How often a wait looks whether it is over.
const TICK: Duration = Duration::from_millis(500);

/// Why a step that waited is planned anew.
const OVERTAKEN: &str =
    "not written: somebody changed the deployment while that waited for a run; it is planned anew";

/// What keeps writes from losing runs.
#[derive(Debug, Clone, Copy)]
pub struct Care {
    /// When a deployment may be written.
    pub window: Window,
    /// How long a run that is due and has not begun holds up a deletion.
    pub drain: Duration,
    /// The server's.
    pub dialect: Dialect,
}

impl Care {
    /// What the settings want on a server of that dialect.
    pub fn of(config: &Config, dialect: Dialect) -> Self {
        Self { window: config.window, drain: config.prune_drain, dialect }
    }
}

/// Lets writes through: so many at once, each at its moment.
pub(super) struct Gate<'a> {
    means: &'a Means<'a>,
    /// Every live deployment that the plan writes.
    ids: Vec<&'a str>,
    /// What all these writes leave.
    kept: Kept,
    lanes: Semaphore,
    seen: Mutex<Option<(Instant, Deleted)>>,
}

/// What is to be done now.
enum Turn {
    /// The write, for at most this long.
    Write(Option<Duration>),
    /// Nothing until then.
    Wait(Timestamp),
    /// Nothing at all.
    End(Applied),
}

/// What a step knows that waits.
#[derive(Default)]
struct Waited {
    /// It is to be written at this time, since no start is far enough from the next one.
    crowded: Option<Timestamp>,
    /// What others may write of its deployment, as it was when the wait began.
    before: Option<Value>,
}

impl<'a> Gate<'a> {
    pub(super) fn new(steps: impl Iterator<Item = &'a Step> + Clone, means: &'a Means<'a>) -> Self {
        let kept = Kept::by(steps.clone(), means.care.dialect);
        let ids = steps.filter_map(Step::rewrites).collect();
        let lanes = Semaphore::new(means.client.writes_at_once);
        Self { means, ids, kept, lanes, seen: Mutex::default() }
    }

    /// Carries `write` out, after the moment for it has come when `step` writes a live deployment.
    pub(super) async fn pass<F>(&self, step: &Step, write: impl Fn() -> F) -> Applied
    where
        F: Future<Output = Applied>,
    {
        let limit = after(Timestamp::now(), self.means.care.window.wait);
        let mut waited = Waited::default();
        loop {
            // never closed
            let lane = self.lanes.acquire().await;
            let turn = match self.next(step, limit, &mut waited).await {
                _ if super::is_late(step, self.means) => return Applied::late(),
                Ok(turn) => turn,
                Err(error) => return Applied::failed(&error),
            };
            match turn {
                Turn::Write(None) => return write().await,
                Turn::Write(Some(most)) => {
                    if let Ok(ended) = timeout(most, write()).await {
                        return ended;
                    }
                    // it may have been written
                    waited.before = None;
                }
                Turn::Wait(then) => {
                    drop(lane);
                    self.wait(step, then).await;
                }
                Turn::End(ended) => return ended,
            }
        }
    }

    /// What is to be done now; the end, when somebody changed meanwhile what a step that waited would write: the plan does not know
    /// of it.
    async fn next(
        &self,
        step: &Step,
        limit: Timestamp,
        waited: &mut Waited,
    ) -> Result<Turn, ApiError> {
        let turn = self.turn(step, limit, &mut waited.crowded).await?;
        let Some(id) = step.rewrites() else { return Ok(turn) };
        match (&turn, &waited.before) {
            (Turn::Wait(_), None) => waited.before = Some(edits::of(self.means.client, id).await?),
            (Turn::Write(_), Some(before))
                if edits::of(self.means.client, id).await? != *before =>
            {
                return Ok(Turn::End(Applied::deferred(OVERTAKEN.to_owned())));
            }
            _ => {}
        }
        Ok(turn)
    }

    async fn turn(
        &self,
        step: &Step,
        limit: Timestamp,
        crowded: &mut Option<Timestamp>,
    ) -> Result<Turn, ApiError> {
        let Care { window, dialect, .. } = self.means.care;
        let Some(id) = step.rewrites().filter(|_| window.is_on()) else {
            return Ok(Turn::Write(None));
        };
        let runs = self.runs(id).await?;
        let now = Timestamp::now();
        let sought = Sought::of(step, dialect, *crowded);
        Ok(match moment(&runs, now, window, sought) {
            Moment::Now { until, at_risk } => {
                if let Some(run) = at_risk {
                    tracing::warn!(deployment = step.name, %run, "warning: this run may be lost");
                }
                Turn::Write(until.and_then(|it| it.duration_since(now).try_into().ok()))
            }
            Moment::At { then, start, .. } if then > limit => deferred(start, "is due too soon"),
            Moment::At { then, start, crowded: is_crowded } => {
                *crowded = is_crowded.then_some(then);
                (self.means.progress)(step, Progress::Waits(start));
                Turn::Wait(then)
            }
            Moment::Unstarted(start) if after(now, AGAIN) > limit => {
                deferred(start, "is late and not started yet")
            }
            Moment::Retries(start) if start.max(after(now, AGAIN)) > limit => {
                deferred(start, "waits for its next attempt")
            }
            Moment::Unstarted(start) | Moment::Retries(start) => {
                (self.means.progress)(step, Progress::Waits(start));
                Turn::Wait(after(now, AGAIN))
            }
        })
    }

    /// The runs of the deployment `id` that are due: one reading serves the writes of some seconds.
    async fn runs(&self, id: &str) -> Result<Runs, ApiError> {
        let mut seen = self.seen.lock().await;
        if seen.as_ref().is_none_or(|(at, _)| at.elapsed() > FRESH) {
            let (now, asked) = (Timestamp::now(), Instant::now());
            let span = (now, after(now, self.means.care.window.horizon()));
            *seen = Some((asked, deleted(self.means.client, &self.ids, span, self.kept).await?));
        }
        Ok(seen.as_ref().and_then(|(_, it)| it.get(id)).cloned().unwrap_or_default())
    }

    async fn wait(&self, step: &Step, then: Timestamp) {
        while Timestamp::now() < then && !super::is_late(step, self.means) {
            let rest: Duration = then.duration_since(Timestamp::now()).try_into().unwrap_or(TICK);
            sleep(rest.min(TICK)).await;
        }
        // what was seen is from before
        if self.seen.lock().await.as_ref().is_some_and(|(at, _)| at.elapsed() > TICK) {
            *self.seen.lock().await = None;
        }
    }
}

fn deferred(start: Timestamp, how: &str) -> Turn {
    let why = format!(
        "not written, since that would lose its run of {start}, which {how} (SYNC_WRITE_WINDOW_SECONDS, SYNC_WRITE_WAIT_SECONDS)"
    );
    Turn::End(Applied::deferred(why))
}
