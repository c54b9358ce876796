//! HTTP of `serve`: health, and redeploy and status behind a bearer token.

mod lanes;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, bail};
use axum::extract::{ConnectInfo, DefaultBodyLimit, Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::{Json, Router, routing};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::time::timeout;

use super::access::{Access, Denied};
use super::flights::Flights;
use super::limit::Limit;
use crate::app::App;
use crate::requests::{Asked, Query, requested};
use lanes::{Answer, Ask, Lanes, lanes};

/// Largest body of a request.
const MAX_BODY: usize = 64 << 10;
/// How long a body may take.
const BODY_TIME: Duration = Duration::from_secs(30);

/// The listener, unless others than this machine could use it without a token.
pub(super) async fn listen(app: &App, address: SocketAddr) -> anyhow::Result<TcpListener> {
    if app.config.http.is_open() && !address.ip().is_loopback() {
        bail!(
            "SYNC_HTTP_TOKEN or SYNC_HTTP_TENANT must be set to listen on {address}; without them only this machine is served"
        );
    }
    TcpListener::bind(address).await.with_context(|| format!("{address} cannot be had"))
}

/// What each request needs.
struct Shared {
    access: Access,
    redeploys: Limit,
    lanes: Lanes,
}

/// Serves requests; what they ask of the app is answered here, a few at once.
pub(super) async fn serve(
    app: &App,
    flights: &Flights,
    listener: TcpListener,
) -> anyhow::Result<()> {
    let (lanes, ears) = lanes();
    let redeploys = Limit::new(app.config.http.requests_per_minute);
    let shared = Arc::new(Shared { access: Access::new(&app.config)?, redeploys, lanes });
    let healthy = || async { Json(json!({"status": "ok"})) };
    let guarded = Router::new()
        .route("/api/redeploy", routing::post(redeploy))
        .route("/api/status", routing::get(status))
        .route_layer(from_fn_with_state(Arc::clone(&shared), admitted));
    let router = Router::new()
        .route("/", routing::get(healthy))
        .route("/healthz", routing::get(healthy))
        .merge(guarded)
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .with_state(shared);
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    tokio::select! {
        served = axum::serve(listener, service) => served.context("the listener failed"),
        () = ears.listen(app, flights) => Ok(()),
    }
}

/// Whoever may ask goes on.
async fn admitted(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
    next: Next,
) -> Response {
    match shared.access.of(request.headers(), peer.ip()).await {
        Ok(()) => next.run(request).await,
        Err(denied) => denied.answer(),
    }
}

async fn redeploy(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    if let Err(wait) = shared.redeploys.take() {
        return Denied::Often(wait).answer();
    }
    if !is_json(request.headers()) {
        return Answer::of_error(415, "content-type: application/json is wanted").response();
    }
    let body = timeout(BODY_TIME, axum::body::to_bytes(request.into_body(), MAX_BODY));
    let body = match body.await {
        Ok(Ok(body)) => body,
        Ok(Err(_)) => return Answer::of_error(413, "the body is too large").response(),
        Err(_late) => return Answer::of_error(408, "the body took too long").response(),
    };
    let id = uuid::Uuid::new_v4().to_string();
    let answer = match requested(&String::from_utf8_lossy(&body), &id) {
        Err(why) => Answer::of_error(400, &why),
        Ok(Asked::DryRun(job)) => asked(&shared.lanes, Ask::DryRun(job)).await,
        Ok(Asked::Job(job, wait)) => {
            let is_named = job.request != id;
            let taken = asked(&shared.lanes, Ask::Redeploy(job, is_named)).await;
            if wait { ended(&shared.lanes, taken).await } else { taken }
        }
    };
    answer.response()
}

/// The end of what was taken over; where to look for it when too many wait.
async fn ended(lanes: &Lanes, taken: Answer) -> Answer {
    match &taken.taken {
        Some(job) => lanes.ask(Ask::End(job.clone())).await.unwrap_or(taken),
        None => taken,
    }
}

async fn status(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let pairs = url::form_urlencoded::parse(request.uri().query().unwrap_or_default().as_bytes());
    let mut query = Query::default();
    for (name, value) in pairs {
        match name.as_ref() {
            "bundle" => query.bundle = Some(value.into_owned()),
            "request" => query.request = Some(value.into_owned()),
            _ => {}
        }
    }
    asked(&shared.lanes, Ask::Status(query)).await.response()
}

async fn asked(lanes: &Lanes, ask: Ask) -> Answer {
    let many = || Answer::of_error(503, "too many requests wait");
    lanes.ask(ask).await.unwrap_or_else(many)
}

/// A page in a browser can post text to this machine unasked, JSON it cannot.
fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok());
    kind.is_some_and(|it| it.starts_with("application/json"))
}
