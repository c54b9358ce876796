//! What callers ask of the app, a few at once; each kind in a lane of its own, so that those that take long keep nobody else
//! waiting.

use axum::response::{IntoResponse as _, Response};
use axum::{Json, http::StatusCode};
use domain::job::Job;
use futures::{StreamExt as _, future, stream};
use serde_json::{Value, json};
use tokio::sync::{Semaphore, mpsc, oneshot};

use super::super::flights::Flights;
use super::super::inbox;
use crate::app::App;
use crate::reconcile::note_accepted;
use crate::requests::{self, Query, dry_run, refusal, waited};
use crate::stores::StoreError;

/// Requests that wait to be answered, of each lane; more are refused.
const WAITING: usize = 64;
/// Requests that are answered at once: what takes a moment.
const BRIEF: usize = 16;
/// Dry runs at once: each reads a whole bundle.
const DRY_RUNS: usize = 4;
/// Callers that wait for the end of their redeploy; others are told where to look.
const WAITERS: usize = 64;

/// What is asked for.
pub(super) enum Ask {
    /// To take a redeploy over; `true`: its caller gave it a name.
    Redeploy(Job, bool),
    DryRun(Job),
    /// The end of a redeploy that was taken over.
    End(Job),
    Status(Query),
}

/// What its caller hears.
#[derive(Debug)]
pub(super) struct Answer {
    status: u16,
    body: Value,
    /// The redeploy that was taken over, or is the same and waits already.
    pub(super) taken: Option<Job>,
}

type Asking = (Ask, oneshot::Sender<Answer>);

/// Where callers ask.
#[derive(Debug)]
pub(super) struct Lanes {
    redeploys: mpsc::Sender<Asking>,
    dry_runs: mpsc::Sender<Asking>,
    ends: mpsc::Sender<Asking>,
    statuses: mpsc::Sender<Asking>,
    /// Who waits for an end is answered at once or not at all, never behind another.
    waiters: Semaphore,
}

/// Where they are heard.
pub(super) struct Ears {
    lanes: [(mpsc::Receiver<Asking>, usize); 4],
}

pub(super) fn lanes() -> (Lanes, Ears) {
    let (redeploys, first) = mpsc::channel(WAITING);
    let (dry_runs, second) = mpsc::channel(WAITING);
    let (ends, third) = mpsc::channel(WAITERS);
    let (statuses, fourth) = mpsc::channel(WAITING);
    let lanes = [(first, BRIEF), (second, DRY_RUNS), (third, WAITERS), (fourth, BRIEF)];
    let waiters = Semaphore::new(WAITERS);
    (Lanes { redeploys, dry_runs, ends, statuses, waiters }, Ears { lanes })
}

impl Lanes {
    /// The answer, or `None` when too many wait.
    pub(super) async fn ask(&self, asked: Ask) -> Option<Answer> {
        let (lane, waiters) = match asked {
            Ask::Redeploy(..) => (&self.redeploys, None),
            Ask::DryRun(_) => (&self.dry_runs, None),
            Ask::End(_) => (&self.ends, Some(&self.waiters)),
            Ask::Status(_) => (&self.statuses, None),
        };
        let _held = waiters.map(Semaphore::try_acquire).transpose().ok()?;
        let (reply, answered) = oneshot::channel();
        lane.try_send((asked, reply)).ok()?;
        answered.await.ok()
    }
}

impl Ears {
    /// Answers until nobody can ask any more.
    pub(super) async fn listen(self, app: &App, flights: &Flights) {
        let lanes = self.lanes.into_iter().map(|(asks, at_once)| {
            let asks =
                stream::unfold(asks, |mut it| async { it.recv().await.map(|ask| (ask, it)) });
            asks.for_each_concurrent(at_once, move |(asked, reply)| async move {
                // a caller that left needs no answer
                drop(reply.send(answered(app, flights, &asked).await));
            })
        });
        future::join_all(lanes).await;
    }
}

async fn answered(app: &App, flights: &Flights, asked: &Ask) -> Answer {
    let (status, body) = match asked {
        Ask::Redeploy(job, is_named) => {
            let mut job = job.clone();
            match refusal(app, &mut job).await {
                Some(refusal) => refusal,
                None => return taken(app, flights, (&job, *is_named)).await,
            }
        }
        Ask::DryRun(job) => dry_run(app, job).await,
        Ask::End(job) => waited(app, job).await,
        Ask::Status(query) => requests::status(app, query).await,
    };
    Answer { status, body, taken: None }
}

/// Why a redeploy is not taken over.
enum Untaken {
    Store(StoreError),
    Many,
}

/// Takes the job over, unless the same one waits.
async fn taken(app: &App, flights: &Flights, (job, is_named): (&Job, bool)) -> Answer {
    let accepted = flights.accept(app, (job, is_named), async || keep(app, job).await).await;
    let (status, body) = match accepted {
        Ok(job) => {
            let (status, body) = requests::accepted(&job);
            return Answer { status, body, taken: Some(job) };
        }
        Err(Untaken::Many) => (429, json!({"error": "too many redeploys wait"})),
        Err(Untaken::Store(error)) => {
            tracing::error!(error = crate::telemetry::chain(&error), "a redeploy cannot be kept");
            (503, json!({"error": "the redeploy cannot be kept; the log says why"}))
        }
    };
    Answer { status, body, taken: None }
}

/// Into the job queue, or without one to the disk.
async fn keep(app: &App, job: &Job) -> Result<(), Untaken> {
    let is_kept = match &app.stores.jobs {
        Some(queue) => queue.send(&job.to_message(), 0).await.map(|()| true),
        None => inbox::keep(app, job).await,
    };
    if !is_kept.map_err(Untaken::Store)? {
        return Err(Untaken::Many);
    }
    note_accepted(app, job).await;
    Ok(())
}

impl Answer {
    /// An answer without a job.
    pub(super) fn new(status: u16, body: Value) -> Self {
        Self { status, body, taken: None }
    }

    pub(super) fn of_error(status: u16, error: &str) -> Self {
        Self::new(status, json!({"error": error}))
    }

    pub(super) fn response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        (status, Json(self.body)).into_response()
    }
}
