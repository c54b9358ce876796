//! HTTP of `serve`: health, and redeploy behind a bearer token.

use std::net::SocketAddr;

use anyhow::{Context as _, bail};
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::{Json, Router, routing};
use domain::job::Job;
use futures::{StreamExt as _, stream};
use serde_json::{Value, json};
use subtle::ConstantTimeEq as _;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};

use super::inbox;
use crate::app::App;
use crate::requests::{self, Asked, Query, dry_run, refusal, requested, waited};

/// Largest body of a request.
const MAX_BODY: usize = 64 << 10;
/// Requests that wait to be answered; more are refused.
const WAITING: usize = 16;
/// Requests that are answered at once.
const AT_ONCE: usize = 16;

/// The listener, unless others than this machine could use it without a token.
pub(super) async fn listen(app: &App, address: SocketAddr) -> anyhow::Result<TcpListener> {
    if app.config.http_token.is_none() && !address.ip().is_loopback() {
        bail!(
            "SYNC_HTTP_TOKEN must be set to listen on {address}; without it only this machine is served"
        );
    }
    TcpListener::bind(address).await.with_context(|| format!("{address} cannot be had"))
}

/// What a caller asks for and waits to hear about.
type Asking = (Ask, oneshot::Sender<(u16, Value)>);

/// What is asked for.
enum Ask {
    Redeploy(Asked),
    Status(Query),
}

/// Serves requests; what they ask of the app is answered here, a few at once.
pub(super) async fn serve(app: &App, listener: TcpListener) -> anyhow::Result<()> {
    let token: Option<Vec<u8>> =
        app.config.http_token.as_ref().map(|it| it.expose().as_bytes().to_vec());
    let healthy = || async { Json(json!({"status": "ok"})) };
    let (asker, asks) = mpsc::channel::<Asking>(WAITING);
    let (token_of_status, asker_of_status) = (token.clone(), asker.clone());
    let redeploy = move |request: Request| redeploy(request, token.clone(), asker.clone());
    let status =
        move |request: Request| status(request, token_of_status.clone(), asker_of_status.clone());
    let router = Router::new()
        .route("/", routing::get(healthy))
        .route("/healthz", routing::get(healthy))
        .route("/api/redeploy", routing::post(redeploy))
        .route("/api/status", routing::get(status))
        .layer(DefaultBodyLimit::max(MAX_BODY));
    let asks = stream::unfold(asks, |mut it| async { it.recv().await.map(|ask| (ask, it)) });
    let answers = asks.for_each_concurrent(AT_ONCE, |(asked, reply)| async move {
        // a caller that left needs no answer
        drop(reply.send(answered(app, &asked).await));
    });
    tokio::select! {
        served = axum::serve(listener, router) => served.context("the listener failed"),
        () = answers => Ok(()),
    }
}

/// Status and body for `asked`.
async fn answered(app: &App, asked: &Ask) -> (u16, Value) {
    match asked {
        Ask::Redeploy(Asked::DryRun(job)) => dry_run(app, job).await,
        Ask::Redeploy(Asked::Job(job, wait)) => {
            let mut job = job.clone();
            match refusal(app, &mut job).await {
                Some(refusal) => refusal,
                None => accepted(app, &job, *wait).await,
            }
        }
        Ask::Status(query) => requests::status(app, query).await,
    }
}

/// Takes the job over: into the job queue, or without one to the disk.
async fn accepted(app: &App, job: &Job, wait: bool) -> (u16, Value) {
    let kept = match &app.stores.jobs {
        Some(queue) => queue.send(&job.to_message(), 0).await,
        None => match inbox::keep(app, job).await {
            Ok(false) => return (429, json!({"error": "too many redeploys wait"})),
            kept => kept.map(|_| ()),
        },
    };
    if let Err(error) = kept {
        tracing::error!(error = crate::telemetry::chain(&error), "a redeploy cannot be kept");
        return (503, json!({"error": "the redeploy cannot be kept; the log says why"}));
    }
    if wait { waited(app, job).await } else { requests::accepted(job) }
}

async fn redeploy(
    request: Request,
    token: Option<Vec<u8>>,
    asker: mpsc::Sender<Asking>,
) -> Response {
    if !allowed(request.headers(), token.as_deref()) {
        return answer(401, json!({"error": "a bearer token is wanted"}));
    }
    if !is_json(request.headers()) {
        return answer(415, json!({"error": "content-type: application/json is wanted"}));
    }
    let Ok(body) = axum::body::to_bytes(request.into_body(), MAX_BODY).await else {
        return answer(413, json!({"error": "the body is too large"}));
    };
    let id = uuid::Uuid::new_v4().to_string();
    match requested(&String::from_utf8_lossy(&body), &id) {
        Err(why) => answer(400, json!({"error": why})),
        Ok(asked) => ask(asker, Ask::Redeploy(asked)).await,
    }
}

async fn status(request: Request, token: Option<Vec<u8>>, asker: mpsc::Sender<Asking>) -> Response {
    if !allowed(request.headers(), token.as_deref()) {
        return answer(401, json!({"error": "a bearer token is wanted"}));
    }
    let pairs = url::form_urlencoded::parse(request.uri().query().unwrap_or_default().as_bytes());
    let mut query = Query::default();
    for (name, value) in pairs {
        match name.as_ref() {
            "bundle" => query.bundle = Some(value.into_owned()),
            "request" => query.request = Some(value.into_owned()),
            _ => {}
        }
    }
    ask(asker, Ask::Status(query)).await
}

async fn ask(asker: mpsc::Sender<Asking>, asked: Ask) -> Response {
    let (reply, answered) = oneshot::channel();
    let ended = (503, json!({"error": "too many requests wait"}));
    let (status, body) = match asker.try_send((asked, reply)) {
        Ok(()) => answered.await.unwrap_or(ended),
        Err(_full) => ended,
    };
    answer(status, body)
}

fn allowed(headers: &HeaderMap, token: Option<&[u8]>) -> bool {
    let Some(token) = token else { return true };
    let given = headers.get(header::AUTHORIZATION).map(axum::http::HeaderValue::as_bytes);
    let (scheme, given) =
        given.and_then(|it| it.split_at_checked(b"Bearer ".len())).unwrap_or_default();
    // the name of a scheme is in any case: RFC 9110, 11.1
    scheme.eq_ignore_ascii_case(b"Bearer ") && given.ct_eq(token).into()
}

/// A page in a browser can post text to this machine unasked, JSON it cannot.
fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok());
    kind.is_some_and(|it| it.starts_with("application/json"))
}

fn answer(status: u16, body: Value) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, Json(body)).into_response()
}
