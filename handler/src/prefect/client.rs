//! One `send`: authentication, timeout, retries and budget in one place.

mod call;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use anyhow::Context as _;
use domain::dialect::Dialect;
use reqwest::{Method, RequestBuilder, Response, StatusCode};
use serde_json::Value;

use self::call::Call;
use super::csrf::{self, Csrf};
use super::pace::Pace;
use super::retry::{Retry, is_later, is_undone, retry_after};
use super::{ApiError, auth};
use crate::config::{PrefectConfig, Secret};

/// The server closes an idle connection after 5 s without notice.
const IDLE: Duration = Duration::from_secs(4);
/// Cloud is far away and has no `SQLite`, which gets slower with more than one writer.
const CLOUD_WRITES_AT_ONCE: usize = 4;
/// Half of what the smallest plan of Cloud allows: workers need theirs.
const CLOUD_PER_MINUTE: u32 = 200;
/// Most bytes of an answer: 200 deployments with large schemas are a tenth of it.
const MAX_ANSWER: usize = 64 << 20;

/// A client of one Prefect server.
#[derive(Debug)]
pub struct Client {
    http: reqwest::Client,
    url: String,
    cloud: bool,
    csrf: Arc<Csrf>,
    pace: Arc<Pace>,
    secrets: Arc<[Secret]>,
    requests: AtomicU32,
    max_requests: u32,
    /// Most writes at once.
    pub writes_at_once: usize,
}

impl Client {
    /// A client by `config`; nothing is sent yet.
    ///
    /// # Errors
    /// When a header is not valid or the certificates cannot be read.
    pub fn new(config: &PrefectConfig) -> anyhow::Result<Self> {
        let mut builder = reqwest::Client::builder()
            .default_headers(auth::headers(config)?)
            .user_agent(concat!("prefect-azure-sync/", env!("CARGO_PKG_VERSION")))
            .timeout(config.timeout)
            .connect_timeout(Duration::from_secs(10))
            .pool_idle_timeout(IDLE)
            .redirect(reqwest::redirect::Policy::none())
            .tls_danger_accept_invalid_certs(config.skip_verify);
        if let Some(file) = &config.ca_file {
            builder = builder.tls_certs_only(certificates(file)?);
        }
        let url = config.url.trim_end_matches('/').to_owned();
        let cloud = url.contains("/accounts/") && url.contains("/workspaces/");
        let default = if cloud { CLOUD_WRITES_AT_ONCE } else { 1 };
        Ok(Self {
            http: builder.build()?,
            cloud,
            url,
            csrf: Arc::default(),
            pace: Arc::new(Pace::new(
                config.requests_per_minute.or(cloud.then_some(CLOUD_PER_MINUTE)),
            )),
            secrets: auth::secrets(config).into(),
            requests: AtomicU32::new(0),
            max_requests: config.max_requests,
            writes_at_once: config.writes_at_once.unwrap_or(default).max(1),
        })
    }

    /// The same client with a whole request budget.
    #[must_use]
    pub fn for_job(&self) -> Self {
        Self {
            http: self.http.clone(),
            url: self.url.clone(),
            csrf: Arc::clone(&self.csrf),
            pace: Arc::clone(&self.pace),
            secrets: Arc::clone(&self.secrets),
            requests: AtomicU32::new(0),
            ..*self
        }
    }

    /// The dialect of the server; a Cloud URL is the newest 3.x.
    ///
    /// # Errors
    /// When the server does not answer, is no Prefect, or is too old.
    pub async fn dialect(&self) -> Result<Dialect, ApiError> {
        if self.cloud {
            return Ok(Dialect::cloud());
        }
        let operation = "GET /admin/version".to_owned();
        let answer = self.get("/admin/version").await?;
        let garbled = |detail: String| ApiError::Garbled { operation: operation.clone(), detail };
        let version = answer.as_str().ok_or_else(|| garbled("no version in the answer".into()))?;
        Dialect::new(version).map_err(|error| garbled(error.to_string()))
    }

    pub(super) async fn get(&self, path: &str) -> Result<Value, ApiError> {
        self.send(&Call::of(Method::GET, path, None)).await
    }

    pub(super) async fn post(&self, path: &str, body: &Value) -> Result<Value, ApiError> {
        self.send(&Call::of(Method::POST, path, Some(body))).await
    }

    /// A create without a unique key: not sent again where the answer was lost, since it may have been carried out.
    pub(super) async fn post_new(&self, path: &str, body: &Value) -> Result<Value, ApiError> {
        let call = Call::of(Method::POST, path, Some(body));
        self.send(&Call { repeatable: false, ..call }).await
    }

    pub(super) async fn patch(&self, path: &str, body: &Value) -> Result<Value, ApiError> {
        self.send(&Call::of(Method::PATCH, path, Some(body))).await
    }

    pub(super) async fn put(&self, path: &str, body: &Value) -> Result<Value, ApiError> {
        self.send(&Call::of(Method::PUT, path, Some(body))).await
    }

    pub(super) async fn delete(&self, path: &str) -> Result<Value, ApiError> {
        self.send(&Call::of(Method::DELETE, path, None)).await
    }

    /// Sends one call, and again while the server says "later".
    async fn send(&self, call: &Call<'_>) -> Result<Value, ApiError> {
        let (mut retry, mut renewed) = (Retry::start(), false);
        loop {
            let (detail, undone, after) = match self.once(call).await? {
                Try::Answer(StatusCode::FORBIDDEN, bytes, _)
                    if !renewed && csrf::refused(&bytes) =>
                {
                    renewed = true;
                    self.csrf.forget().await;
                    continue;
                }
                Try::Answer(StatusCode::TOO_MANY_REQUESTS, _, after) => {
                    // the others are too many as well
                    self.pace.hold(after.unwrap_or_default());
                    retry.is_paced();
                    ("HTTP 429 Too Many Requests".to_owned(), true, after)
                }
                Try::Answer(status, _, after) if is_later(status) => {
                    (format!("HTTP {status}"), is_undone(status), after)
                }
                Try::Answer(status, bytes, _) => return call.ended(status, &bytes, &self.secrets),
                Try::NotSent(detail) => (detail, true, None),
                Try::NoAnswer(detail) => (detail, false, None),
            };
            if retry.is_news() {
                let operation = call.operation();
                tracing::warn!(operation, detail, "prefect does not answer; trying for a minute");
            }
            let repeatable = call.repeatable || undone;
            if !repeatable || !retry.again(after).await {
                return Err(ApiError::Unavailable { operation: call.operation(), detail });
            }
        }
    }

    async fn once(&self, call: &Call<'_>) -> Result<Try, ApiError> {
        if self.requests.fetch_add(1, Ordering::Relaxed) >= self.max_requests {
            let detail = "the request budget is used up (SYNC_PREFECT_MAX_REQUESTS)".to_owned();
            return Err(ApiError::Unavailable { operation: call.operation(), detail });
        }
        self.pace.turn().await;
        let request = match self.request(call).await {
            Ok(request) => request,
            // the token could not be had: as if the call itself had not been answered
            Err(ApiError::Unavailable { detail, .. }) => return Ok(Try::NotSent(detail)),
            Err(error) => return Err(error),
        };
        let no_answer = |error: reqwest::Error| {
            Ok(Try::NoAnswer(crate::telemetry::chain(&error.without_url())))
        };
        let response = match request.send().await {
            Ok(response) => response,
            Err(error) => return no_answer(error),
        };
        let (status, after) = (response.status(), retry_after(response.headers()));
        match body(response).await {
            Ok(Some(bytes)) => Ok(Try::Answer(status, bytes, after)),
            Ok(None) => {
                let detail = format!("an answer of more than {MAX_ANSWER} bytes");
                Err(ApiError::Garbled { operation: call.operation(), detail })
            }
            Err(error) => no_answer(error),
        }
    }

    async fn request(&self, call: &Call<'_>) -> Result<RequestBuilder, ApiError> {
        let url = format!("{}{}", self.url, call.path);
        let mut request = self.http.request(call.method.clone(), url);
        if call.method != Method::GET && !self.cloud {
            let headers = self.csrf.headers(&self.http, &self.url, &self.requests).await?;
            request = request.headers(headers);
        }
        Ok(match call.body {
            Some(body) => request.json(body),
            None => request,
        })
    }
}

fn certificates(file: &Path) -> anyhow::Result<Vec<reqwest::Certificate>> {
    let named = || format!("PREFECT_API_SSL_CERT_FILE {}", file.display());
    let pem = std::fs::read(file).with_context(named)?;
    reqwest::Certificate::from_pem_bundle(&pem).with_context(named)
}

enum Try {
    Answer(StatusCode, Vec<u8>, Option<Duration>),
    /// Nothing left us.
    NotSent(String),
    /// It may have been carried out.
    NoAnswer(String),
}

/// The whole body; `None` when it is longer than any answer should be.
async fn body(mut response: Response) -> reqwest::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if bytes.len() + chunk.len() > MAX_ANSWER {
            return Ok(None);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(Some(bytes))
}

#[cfg(test)]
mod tests;
