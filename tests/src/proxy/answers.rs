//! Answers of the proxy's own.

use axum::body::Body;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::Response;
use futures::stream;
use serde_json::json;

pub(super) fn with(status: StatusCode, text: String) -> Response {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    response
}

/// An answer whose body fails at once: the server closes the connection.
pub(super) fn cut() -> Response {
    let error = std::io::Error::other("cut");
    Response::new(Body::from_stream(stream::once(async { Err::<Vec<u8>, _>(error) })))
}

/// What the worst of servers says when it refuses `request`: its credentials and its body.
pub(super) async fn echo(status: u16, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, 64 << 20).await.unwrap_or_default();
    let private = |name: &str| name == "authorization" || name.starts_with("x-");
    let headers = parts.headers.iter().filter(|(name, _)| private(name.as_str()));
    let values: Vec<&str> = headers.filter_map(|(_, value)| value.to_str().ok()).collect();
    let detail = format!("refused: {}: {}", values.join(", "), String::from_utf8_lossy(&body));
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
    with(status, json!({"detail": detail}).to_string())
}
