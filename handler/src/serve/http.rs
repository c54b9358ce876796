//! HTTP of `serve`: health, and redeploy behind a bearer token.

use std::net::SocketAddr;

use anyhow::{Context as _, bail};
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::{Json, Router, routing};
use domain::job::Job;
use serde_json::{Value, json};
use subtle::ConstantTimeEq as _;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};

use super::{deadline, log};
use crate::app::App;
use crate::functions::{Asked, dry_run, requested};
use crate::reconcile;
use crate::stores::Queue;

/// Largest body of a request.
const MAX_BODY: usize = 64 << 10;
/// Redeploys that wait; more are refused.
const WAITING: usize = 16;

/// The listener, unless others than this machine could use it without a token.
pub(super) async fn listen(app: &App, address: SocketAddr) -> anyhow::Result<TcpListener> {
    if app.config.http_token.is_none() && !address.ip().is_loopback() {
        bail!(
            "SYNC_HTTP_TOKEN must be set to listen on {address}; without it only this machine is served"
        );
    }
    TcpListener::bind(address).await.with_context(|| format!("{address} cannot be had"))
}

/// A dry run that a caller waits for.
type DryRun = (Job, oneshot::Sender<(u16, Value)>);

/// Where an accepted redeploy goes: the job queue, or without one the memory of this process.
#[derive(Debug, Clone)]
enum Accepted {
    Queue(Queue),
    Memory(mpsc::Sender<Job>),
}

impl Accepted {
    /// Takes the job over; the answer for the caller.
    async fn take(&self, job: &Job) -> (StatusCode, Value) {
        let accepted = (StatusCode::ACCEPTED, json!({"request": job.request}));
        match self {
            Self::Memory(jobs) => match jobs.try_send(job.clone()) {
                Ok(()) => accepted,
                Err(_full) => {
                    let error = json!({"error": "too many redeploys wait"});
                    (StatusCode::TOO_MANY_REQUESTS, error)
                }
            },
            Self::Queue(queue) => {
                match queue.send(&serde_json::to_string(job).unwrap_or_default(), 0).await {
                    Ok(()) => accepted,
                    Err(error) => {
                        let why = crate::telemetry::chain(&error);
                        tracing::error!(error = why, "a redeploy cannot be queued");
                        let error = json!({"error": "the job queue cannot be reached"});
                        (StatusCode::SERVICE_UNAVAILABLE, error)
                    }
                }
            }
        }
    }
}

/// Serves requests, and works on the jobs that they ask for, one after the other, unless there is a job queue.
pub(super) async fn serve(app: &App, listener: TcpListener) -> anyhow::Result<()> {
    let (sender, mut jobs) = mpsc::channel::<Job>(WAITING);
    let token: Option<Vec<u8>> =
        app.config.http_token.as_ref().map(|it| it.expose().as_bytes().to_vec());
    let healthy = || async { Json(json!({"status": "ok"})) };
    let accepted = app.stores.jobs.clone().map_or(Accepted::Memory(sender), Accepted::Queue);
    let (asker, mut asked) = mpsc::channel::<DryRun>(WAITING);
    let redeploy =
        move |request: Request| redeploy(request, token.clone(), accepted.clone(), asker.clone());
    let router = Router::new()
        .route("/", routing::get(healthy))
        .route("/healthz", routing::get(healthy))
        .route("/api/redeploy", routing::post(redeploy))
        .layer(DefaultBodyLimit::max(MAX_BODY));
    let work = async {
        while let Some(job) = jobs.recv().await {
            log(&reconcile::reconcile(app, &job, deadline(app)).await);
        }
        // nobody sends to memory where there is a queue
        std::future::pending::<()>().await;
    };
    let plans = async {
        while let Some((job, reply)) = asked.recv().await {
            // a caller that left needs no answer
            drop(reply.send(dry_run(app, &job).await));
        }
    };
    tokio::select! {
        served = axum::serve(listener, router) => served.context("the listener failed"),
        () = work => Ok(()),
        () = plans => Ok(()),
    }
}

async fn redeploy(
    request: Request,
    token: Option<Vec<u8>>,
    accepted: Accepted,
    asker: mpsc::Sender<DryRun>,
) -> Response {
    if !allowed(request.headers(), token.as_deref()) {
        return answer(StatusCode::UNAUTHORIZED, json!({"error": "a bearer token is wanted"}));
    }
    if !is_json(request.headers()) {
        return answer(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            json!({"error": "content-type: application/json is wanted"}),
        );
    }
    let Ok(body) = axum::body::to_bytes(request.into_body(), MAX_BODY).await else {
        return answer(StatusCode::PAYLOAD_TOO_LARGE, json!({"error": "the body is too large"}));
    };
    let id = uuid::Uuid::new_v4().to_string();
    match requested(&String::from_utf8_lossy(&body), &id) {
        Err(why) => answer(StatusCode::BAD_REQUEST, json!({"error": why})),
        Ok(Asked::Job(job)) => {
            let (status, body) = accepted.take(&job).await;
            answer(status, body)
        }
        Ok(Asked::DryRun(job)) => planned(asker, job).await,
    }
}

async fn planned(asker: mpsc::Sender<DryRun>, job: Job) -> Response {
    let (reply, answered) = oneshot::channel();
    let ended = (503, json!({"error": "too many requests wait"}));
    let (status, body) = match asker.try_send((job, reply)) {
        Ok(()) => answered.await.unwrap_or(ended),
        Err(_full) => ended,
    };
    answer(StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR), body)
}

fn allowed(headers: &HeaderMap, token: Option<&[u8]>) -> bool {
    let Some(token) = token else { return true };
    let given = headers.get(header::AUTHORIZATION).map(axum::http::HeaderValue::as_bytes);
    given.and_then(|it| it.strip_prefix(b"Bearer ")).is_some_and(|it| it.ct_eq(token).into())
}

/// A page in a browser can post text to this machine unasked, JSON it cannot.
fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok());
    kind.is_some_and(|it| it.starts_with("application/json"))
}

fn answer(status: StatusCode, body: Value) -> Response {
    (status, Json(body)).into_response()
}
