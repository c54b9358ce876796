//! The CSRF protection that a self-hosted server may have on. Source: `prefect/server/api/csrf_token.py`.

use std::sync::atomic::{AtomicU32, Ordering};

use reqwest::StatusCode;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;
use tokio::sync::Mutex;

use super::ApiError;
use super::retry::is_later;

const TOKEN: HeaderName = HeaderName::from_static("prefect-csrf-token");
const CLIENT: HeaderName = HeaderName::from_static("prefect-csrf-client");

/// The token of our client id; asking again with the same id would void the first.
#[derive(Debug)]
pub(super) struct Csrf {
    client: String,
    known: Mutex<Option<HeaderMap>>,
}

impl Default for Csrf {
    fn default() -> Self {
        Self { client: uuid::Uuid::new_v4().to_string(), known: Mutex::default() }
    }
}

impl Csrf {
    /// The token is refused: the next write asks for another.
    pub(super) async fn forget(&self) {
        *self.known.lock().await = None;
    }

    /// The headers of a write, asked for once; empty where the server has the protection off.
    ///
    /// # Errors
    /// When the server does not answer, says "later", or does not accept our `credentials`.
    pub(super) async fn headers(
        &self,
        http: &reqwest::Client,
        (url, credentials): (&str, &HeaderMap),
        requests: &AtomicU32,
    ) -> Result<HeaderMap, ApiError> {
        let mut known = self.known.lock().await;
        if let Some(headers) = &*known {
            return Ok(headers.clone());
        }
        requests.fetch_add(1, Ordering::Relaxed);
        let headers = self.ask(http, (url, credentials)).await?;
        *known = Some(headers.clone());
        Ok(headers)
    }

    async fn ask(
        &self,
        http: &reqwest::Client,
        (url, credentials): (&str, &HeaderMap),
    ) -> Result<HeaderMap, ApiError> {
        let operation = || "GET /csrf-token".to_owned();
        let unavailable = |detail| ApiError::Unavailable { operation: operation(), detail };
        let url = format!("{url}/csrf-token?client={}", self.client);
        let sent = http.get(url).headers(credentials.clone()).send().await;
        let response =
            sent.map_err(|error| unavailable(crate::telemetry::chain(&error.without_url())))?;
        let status = response.status();
        if status.is_server_error() || is_later(status) {
            return Err(unavailable(format!("HTTP {status}")));
        }
        if status == StatusCode::UNAUTHORIZED {
            return Err(ApiError::Denied { operation: operation(), status });
        }
        let body: Value = response.json().await.unwrap_or_default();
        Ok(self.sent_with(body.get("token").and_then(Value::as_str)))
    }

    fn sent_with(&self, token: Option<&str>) -> HeaderMap {
        let value = |text: &str| HeaderValue::from_str(text).ok();
        let mut headers = HeaderMap::new();
        if let (Some(mut token), Some(client)) = (token.and_then(value), value(&self.client)) {
            token.set_sensitive(true);
            headers.insert(TOKEN, token);
            headers.insert(CLIENT, client);
        }
        headers
    }
}

/// Whether `body` is the answer to a write without a valid token.
pub(super) fn refused(body: &[u8]) -> bool {
    String::from_utf8_lossy(body).contains("CSRF token")
}
