//! Front 1: the custom handler of the Functions host.
//!
//! The host sends `POST /<Function>` with an envelope and takes any 2xx with a JSON object for success; an empty answer would
//! make the invocation hang until the host kills us, and a 3xx would be followed.

mod answer;
mod envelope;
mod invoke;
mod later;

use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;
use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::response::Response;
use axum::routing::{get, post};
use bytes::Bytes;

use crate::app::App;

pub use later::{DELAYS, after_lease, again as send_again};

/// Largest envelope: an event of 1 MB comes twice in it, and more with escapes.
const MAX_BODY: usize = 16 << 20;

/// The functions, each a folder of the package and a route of the same name.
pub const FUNCTIONS: [&str; 6] =
    ["StorageEvents", "VaultEvents", "SyncJob", "Reconcile", "Redeploy", "Status"];

/// The app, or why it could not be built: then every invocation fails with it, and the process lives, since the host would
/// restart it three times and then stop itself.
pub type Handler = Arc<Result<App, String>>;

/// Serves the host on 127.0.0.1:`port` until SIGINT or SIGTERM; 0 then, 1 when the port cannot be had.
pub async fn run(app: Result<App, String>, port: u16) -> ExitCode {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let listener = match tokio::net::TcpListener::bind(address).await {
        Ok(listener) => listener,
        Err(error) => {
            tracing::error!(%error, %address, "the port cannot be had");
            return ExitCode::FAILURE;
        }
    };
    let served = axum::serve(listener, router(Arc::new(app)))
        .with_graceful_shutdown(crate::serve::stopped());
    match served.await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "the listener failed");
            ExitCode::FAILURE
        }
    }
}

/// The routes: the probe, and one per function.
pub fn router(handler: Handler) -> Router {
    Router::new()
        .route("/", get(|| async { axum::Json(serde_json::json!({})) }))
        .route("/StorageEvents", post(events))
        .route("/VaultEvents", post(events))
        .route("/SyncJob", post(sync_job))
        .route("/Reconcile", post(reconcile))
        .route("/Redeploy", post(redeploy))
        .route("/Status", post(status))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .with_state(handler)
}

async fn events(State(handler): State<Handler>, body: Bytes) -> Response {
    answer::with(&handler, |app| invoke::events(app, &body))
}

async fn sync_job(State(handler): State<Handler>, body: Bytes) -> Response {
    match handler.as_ref() {
        Ok(app) => invoke::job(app, &body).await,
        Err(faults) => answer::failed(faults),
    }
}

async fn reconcile(State(handler): State<Handler>, _body: Bytes) -> Response {
    match handler.as_ref() {
        Ok(app) => invoke::timer(app).await,
        Err(faults) => answer::failed(faults),
    }
}

async fn redeploy(State(handler): State<Handler>, body: Bytes) -> Response {
    match handler.as_ref() {
        Ok(app) => invoke::redeploy(app, &body).await,
        Err(faults) => answer::http_failed(faults),
    }
}

async fn status(State(handler): State<Handler>, body: Bytes) -> Response {
    match handler.as_ref() {
        Ok(app) => invoke::status(app, &body).await,
        Err(faults) => answer::http_failed(faults),
    }
}

#[cfg(test)]
mod tests;
