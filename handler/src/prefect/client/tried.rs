//! One try of a call.

use std::time::Duration;

use reqwest::{Response, StatusCode};

/// Most bytes of an answer: 200 deployments with large schemas are a tenth of it.
pub(super) const MAX_ANSWER: usize = 64 << 20;

/// What was refused once and is sent again with another.
#[derive(Default)]
pub(super) struct Renewed {
    /// The one against forgery.
    pub(super) token: bool,
    pub(super) credentials: bool,
}

/// What came of it.
pub(super) enum Try {
    Answer(StatusCode, Vec<u8>, Option<Duration>),
    /// Nothing left us.
    NotSent(String),
    /// It may have been carried out.
    NoAnswer(String),
}

/// The whole body; `None` when it is longer than any answer should be.
pub(super) async fn body(mut response: Response) -> reqwest::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if bytes.len() + chunk.len() > MAX_ANSWER {
            return Ok(None);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(Some(bytes))
}
