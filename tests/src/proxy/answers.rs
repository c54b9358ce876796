//! Answers of the proxy's own.

use axum::body::Body;
use axum::http::StatusCode;
use axum::response::Response;
use futures::stream;

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
