//! What a vault answers.

use axum::Json;
use axum::http::header::{RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// Why a request is refused: `{"error":{"code","message","innererror":{"code"}}}`.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) status: u16,
    pub(super) code: &'static str,
    pub(super) inner: Option<&'static str>,
    pub(super) message: String,
}

pub(super) type Answer = Result<Value, Refusal>;

impl Refusal {
    pub(super) fn parameter(message: impl Into<String>) -> Self {
        Self { status: 400, code: "BadParameter", inner: None, message: message.into() }
    }

    pub(super) fn method() -> Self {
        let message = "The method is not allowed.".to_owned();
        Self { status: 405, code: "MethodNotAllowed", inner: None, message }
    }

    pub(super) fn not_found(name: &str) -> Self {
        let message = format!(
            "A secret with (name/id) {name} was not found in this key vault. If you recently deleted this secret you may \
             be able to recover it using the correct recovery command."
        );
        Self { status: 404, code: "SecretNotFound", inner: None, message }
    }

    pub(super) fn conflict(name: &str, inner: &'static str) -> Self {
        let message = format!("Secret {name} is in a state that does not allow it: {inner}.");
        Self { status: 409, code: "Conflict", inner: Some(inner), message }
    }

    pub(super) fn forbidden(inner: &'static str, message: &str) -> Self {
        Self { status: 403, code: "Forbidden", inner: Some(inner), message: message.to_owned() }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut error = json!({"code": self.code, "message": self.message});
        if let Some(inner) = self.inner {
            error["innererror"] = json!({"code": inner});
        }
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::BAD_REQUEST);
        (status, Json(json!({"error": error}))).into_response()
    }
}

/// 401, with where a token is made and for what.
pub(super) fn challenge(message: &str, resource: &str) -> Response {
    let tenant = "5e29463d-71da-4fe0-8e69-999b57db23b0";
    let text = format!(
        "Bearer authorization=\"https://login.windows.net/{tenant}\", resource=\"{resource}\""
    );
    let refusal =
        Refusal { status: 401, code: "Unauthorized", inner: None, message: message.to_owned() };
    let mut response = refusal.into_response();
    if let Ok(value) = HeaderValue::from_str(&text) {
        response.headers_mut().insert(WWW_AUTHENTICATE, value);
    }
    response
}

/// 429.
pub(super) fn throttled(seconds: u64) -> Response {
    let message = "Request was not processed because too many requests were received.".to_owned();
    let refusal = Refusal { status: 429, code: "Throttled", inner: None, message };
    let mut response = refusal.into_response();
    response.headers_mut().insert(RETRY_AFTER, seconds.into());
    response
}
