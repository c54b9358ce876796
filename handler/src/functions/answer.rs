//! Answers that the host takes: never empty, always `application/json`, queue outputs as an array of strings.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::job::Job;
use serde_json::{Value, json};

use super::Handler;
use crate::app::App;

/// Runs `invoke` with the app, or fails with the faults of the settings.
pub(super) fn with(handler: &Handler, invoke: impl FnOnce(&App) -> Response) -> Response {
    match handler.as_ref() {
        Ok(app) => invoke(app),
        Err(faults) => failed(faults),
    }
}

/// Done, with messages for the job queue and one line for the invocation's log.
pub(super) fn done(jobs: &[Job], log: &str) -> Response {
    Json(json!({"Outputs": {"jobs": texts(jobs)}, "Logs": [log], "ReturnValue": null}))
        .into_response()
}

/// Done, for a function without outputs.
pub(super) fn finished(log: &str) -> Response {
    Json(json!({"Outputs": {}, "Logs": [log], "ReturnValue": null})).into_response()
}

/// The invocation failed: the host tries again. It ignores the body, so the reason goes to stderr.
pub(super) fn failed(why: &str) -> Response {
    tracing::error!(why, "the invocation failed");
    (StatusCode::INTERNAL_SERVER_ERROR, Json(json!({"error": why}))).into_response()
}

/// An HTTP answer, with jobs; to the host it is always 200.
pub(super) fn http(status: u16, body: &Value, jobs: &[Job]) -> Response {
    let res = json!({
        "statusCode": status.to_string(),
        "headers": {"content-type": "application/json"},
        "body": body.to_string(),
    });
    Json(json!({"Outputs": {"res": res, "jobs": texts(jobs)}, "Logs": [], "ReturnValue": null}))
        .into_response()
}

/// The settings cannot be used.
pub(super) fn http_failed(faults: &str) -> Response {
    tracing::error!(faults, "the invocation failed");
    http(
        503,
        &json!({"error": "the settings of this function app cannot be used; its log says which"}),
        &[],
    )
}

/// One JSON text per job: the host sends elements of an array as they are, and encodes them in base64.
fn texts(jobs: &[Job]) -> Vec<String> {
    jobs.iter().map(Job::to_message).collect()
}
