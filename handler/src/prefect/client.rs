//! One `send`: authentication, timeout, retries and budget in one place.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use base64::Engine as _;
use domain::dialect::Dialect;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, StatusCode};
use serde_json::Value;
use tokio::time::Instant;

use super::ApiError;
use super::csrf::{self, Csrf};
use crate::config::{Auth, PrefectConfig};

/// The API version that 2.20 and 3.x both have.
const API_VERSION: &str = "0.8.4";
/// The server closes an idle connection after 5 s without notice.
const IDLE: Duration = Duration::from_secs(4);
/// All tries of one call together.
const RETRY_FOR: Duration = Duration::from_mins(1);
const RETRIES: u32 = 12;

/// A client of one Prefect server.
#[derive(Debug)]
pub struct Client {
    http: reqwest::Client,
    url: String,
    cloud: bool,
    csrf: Arc<Csrf>,
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
            .default_headers(headers(config)?)
            .user_agent(concat!("prefect-azure-sync/", env!("CARGO_PKG_VERSION")))
            .timeout(config.timeout)
            .connect_timeout(Duration::from_secs(10))
            .pool_idle_timeout(IDLE)
            .redirect(reqwest::redirect::Policy::none())
            .tls_danger_accept_invalid_certs(config.skip_verify);
        if let Some(file) = &config.ca_file {
            let certificates = reqwest::Certificate::from_pem_bundle(&std::fs::read(file)?)?;
            builder = builder.tls_certs_only(certificates);
        }
        let url = config.url.trim_end_matches('/').to_owned();
        Ok(Self {
            http: builder.build()?,
            cloud: url.contains("/accounts/") && url.contains("/workspaces/"),
            url,
            csrf: Arc::default(),
            requests: AtomicU32::new(0),
            max_requests: config.max_requests,
            writes_at_once: config.writes_at_once.max(1),
        })
    }

    /// The same client with a whole request budget.
    #[must_use]
    pub fn for_job(&self) -> Self {
        Self {
            http: self.http.clone(),
            url: self.url.clone(),
            csrf: Arc::clone(&self.csrf),
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
        self.send(Method::GET, path, None).await
    }

    pub(super) async fn post(&self, path: &str, body: &Value) -> Result<Value, ApiError> {
        self.send(Method::POST, path, Some(body)).await
    }

    /// A create without a unique key: not sent again where the answer was lost, since it may have been carried out.
    pub(super) async fn post_new(&self, path: &str, body: &Value) -> Result<Value, ApiError> {
        let operation = format!("POST {path}");
        for attempt in 0..RETRIES {
            let wait = match self.once(&Method::POST, path, Some(body), &operation).await? {
                Try::Answer(StatusCode::FORBIDDEN, bytes, _) if csrf::refused(&bytes) => {
                    self.csrf.forget().await;
                    pause(attempt)
                }
                // refused before anything was done
                Try::Answer(
                    StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE,
                    _,
                    after,
                ) => after.unwrap_or_else(|| pause(attempt)),
                Try::Answer(status, ..) if is_later(status) => {
                    return Err(ApiError::Unavailable {
                        operation,
                        detail: format!("HTTP {status}"),
                    });
                }
                Try::Answer(status, bytes, _) => return finish(operation, status, &bytes),
                Try::NoAnswer(detail) => return Err(ApiError::Unavailable { operation, detail }),
            };
            tokio::time::sleep(wait).await;
        }
        Err(ApiError::Unavailable { operation, detail: "too many tries".to_owned() })
    }

    pub(super) async fn patch(&self, path: &str, body: &Value) -> Result<Value, ApiError> {
        self.send(Method::PATCH, path, Some(body)).await
    }

    pub(super) async fn put(&self, path: &str, body: &Value) -> Result<Value, ApiError> {
        self.send(Method::PUT, path, Some(body)).await
    }

    pub(super) async fn delete(&self, path: &str) -> Result<Value, ApiError> {
        self.send(Method::DELETE, path, None).await
    }

    /// Sends one call, and again while the server says "later": every call here is idempotent (creates have unique keys).
    async fn send(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Value, ApiError> {
        let operation = format!("{method} {path}");
        let started = Instant::now();
        let mut renewed = false;
        for attempt in 0.. {
            let (detail, wait) = match self.once(&method, path, body, &operation).await? {
                Try::Answer(StatusCode::FORBIDDEN, bytes, _)
                    if !renewed && csrf::refused(&bytes) =>
                {
                    renewed = true;
                    self.csrf.forget().await;
                    continue;
                }
                Try::Answer(status, _, after) if is_later(status) => {
                    (format!("HTTP {status}"), after)
                }
                Try::Answer(status, bytes, _) => return finish(operation, status, &bytes),
                Try::NoAnswer(detail) => (detail, None),
            };
            let wait = wait.unwrap_or_else(|| pause(attempt));
            if attempt >= RETRIES || started.elapsed() + wait > RETRY_FOR {
                return Err(ApiError::Unavailable { operation, detail });
            }
            if attempt == 0 {
                tracing::warn!(operation, detail, "prefect does not answer; trying for a minute");
            }
            tokio::time::sleep(wait).await;
        }
        Err(ApiError::Unavailable { operation, detail: "no try left".to_owned() })
    }

    async fn csrf_headers(&self) -> Result<HeaderMap, ApiError> {
        self.csrf.headers(&self.http, &self.url, &self.requests).await
    }

    async fn once(
        &self,
        method: &Method,
        path: &str,
        body: Option<&Value>,
        operation: &str,
    ) -> Result<Try, ApiError> {
        if self.requests.fetch_add(1, Ordering::Relaxed) >= self.max_requests {
            let detail = "the request budget is used up (SYNC_PREFECT_MAX_REQUESTS)".to_owned();
            return Err(ApiError::Unavailable { operation: operation.to_owned(), detail });
        }
        let mut request = self.http.request(method.clone(), format!("{}{path}", self.url));
        if *method != Method::GET && !self.cloud {
            match self.csrf_headers().await {
                Ok(headers) => request = request.headers(headers),
                // as if the call itself had not been answered: it is tried again
                Err(ApiError::Unavailable { detail, .. }) => return Ok(Try::NoAnswer(detail)),
                Err(error) => return Err(error),
            }
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        let response = match request.send().await {
            Ok(response) => response,
            Err(error) => return Ok(Try::NoAnswer(crate::telemetry::chain(&error.without_url()))),
        };
        let (status, after) = (response.status(), retry_after(response.headers()));
        Ok(match response.bytes().await {
            Ok(bytes) => Try::Answer(status, bytes.to_vec(), after),
            Err(error) => Try::NoAnswer(crate::telemetry::chain(&error.without_url())),
        })
    }
}

enum Try {
    Answer(StatusCode, Vec<u8>, Option<Duration>),
    NoAnswer(String),
}

fn headers(config: &PrefectConfig) -> anyhow::Result<HeaderMap> {
    let mut headers = HeaderMap::new();
    headers.insert("x-prefect-api-version", HeaderValue::from_static(API_VERSION));
    for (name, value) in &config.headers {
        headers.insert(HeaderName::from_bytes(name.as_bytes())?, secret(value.expose())?);
    }
    let authorization = match &config.auth {
        Auth::None => return Ok(headers),
        Auth::Basic(pair) => {
            format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(pair.expose()))
        }
        Auth::Key(key) => format!("Bearer {}", key.expose()),
    };
    headers.insert(AUTHORIZATION, secret(&authorization)?);
    Ok(headers)
}

fn secret(value: &str) -> anyhow::Result<HeaderValue> {
    let mut value = HeaderValue::from_str(value)?;
    value.set_sensitive(true);
    Ok(value)
}

pub(super) fn is_later(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 429 | 502 | 503 | 504)
}

fn finish(operation: String, status: StatusCode, body: &[u8]) -> Result<Value, ApiError> {
    if status.is_success() {
        if body.is_empty() {
            return Ok(Value::Null);
        }
        let garbled =
            |error: serde_json::Error| ApiError::Garbled { operation, detail: error.to_string() };
        return serde_json::from_slice(body).map_err(garbled);
    }
    if status.is_redirection() {
        return Err(ApiError::Garbled { operation, detail: format!("HTTP {status}") });
    }
    Err(ApiError::of(operation, status, body))
}

/// Seconds, as `SQLite`-backed servers and Cloud send it; capped, a server must not park us.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds: f64 = headers.get("retry-after")?.to_str().ok()?.parse().ok()?;
    Duration::try_from_secs_f64(seconds.clamp(0.0, 30.0)).ok()
}

/// 80 ms doubled each time up to 4 s, with half of it random.
fn pause(attempt: u32) -> Duration {
    let base = Duration::from_millis(80 * 2_u64.pow(attempt.min(6)));
    base.min(Duration::from_secs(4)).mul_f64(0.5 + 0.5 * rand::random::<f64>())
}
