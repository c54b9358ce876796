//! One `send`: authentication, timeout, retries and budget in one place.

mod call;
mod tried;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use anyhow::Context as _;
use domain::dialect::Dialect;
use domain::secret::SecretName;
use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::Value;

use self::call::Call;
use self::tried::{MAX_ANSWER, Renewed, Try, body};
use super::ApiError;
use super::credentials::{self, Credentials, Sent};
use super::csrf::{self, Csrf};
use super::pace::Pace;
use super::retry::{Retry, is_later, is_undone, retry_after};
use crate::config::PrefectConfig;
use crate::secrets::Vault;

/// The server closes an idle connection after 5 s without notice.
const IDLE: Duration = Duration::from_secs(4);
/// Cloud is far away and has no `SQLite`, which gets slower with more than one writer.
const CLOUD_WRITES_AT_ONCE: usize = 4;
/// Half of what the smallest plan of Cloud allows: workers need theirs.
const CLOUD_PER_MINUTE: u32 = 200;

/// A client of one Prefect server.
#[derive(Debug)]
pub struct Client {
    http: reqwest::Client,
    url: String,
    cloud: bool,
    csrf: Arc<Csrf>,
    pace: Arc<Pace>,
    credentials: Arc<Credentials>,
    requests: AtomicU32,
    max_requests: u32,
    /// Most writes at once.
    pub writes_at_once: usize,
}

impl Client {
    /// A client by `config`, whose credentials may be in `vault`; nothing is sent yet.
    ///
    /// # Errors
    /// When a header is not valid, the certificates cannot be read, or there is no vault where one is needed.
    pub fn new(config: &PrefectConfig, vault: Option<&Arc<Vault>>) -> anyhow::Result<Self> {
        let mut builder = reqwest::Client::builder()
            .default_headers(credentials::headers(config)?)
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
            credentials: Arc::new(Credentials::new(config, vault)?),
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
            credentials: Arc::clone(&self.credentials),
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

    /// The secret `name` of the vault has another value; it may be our credentials.
    pub(crate) async fn secret_changed(&self, name: &SecretName) {
        self.credentials.changed(name).await;
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
        let (mut retry, mut renewed) = (Retry::start(), Renewed::default());
        loop {
            let sent = self.credentials.current().await?;
            let tried = self.once(call, &sent).await;
            if self.renews(&tried, &sent, &mut renewed).await? {
                continue;
            }
            let (detail, undone, after) = match tried? {
                Try::Answer(StatusCode::TOO_MANY_REQUESTS, _, after) => {
                    // the others are too many as well
                    self.pace.hold(after.unwrap_or_default());
                    retry.is_paced();
                    ("HTTP 429 Too Many Requests".to_owned(), true, after)
                }
                Try::Answer(status, _, after) if is_later(status) => {
                    (format!("HTTP {status}"), is_undone(status), after)
                }
                Try::Answer(status, bytes, _) => return call.ended(status, &bytes, &sent.secrets),
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

    /// Whether what was refused is to be sent again: with another token against forgery, or with other credentials; once each.
    async fn renews(
        &self,
        tried: &Result<Try, ApiError>,
        sent: &Arc<Sent>,
        renewed: &mut Renewed,
    ) -> Result<bool, ApiError> {
        match tried {
            Ok(Try::Answer(StatusCode::FORBIDDEN, bytes, _))
                if !renewed.token && csrf::refused(bytes) =>
            {
                renewed.token = true;
                self.csrf.forget().await;
                Ok(true)
            }
            Ok(Try::Answer(StatusCode::UNAUTHORIZED, ..))
            | Err(ApiError::Denied { status: StatusCode::UNAUTHORIZED, .. })
                if !renewed.credentials =>
            {
                renewed.credentials = true;
                self.credentials.are_others(sent).await
            }
            _ => Ok(false),
        }
    }

    async fn once(&self, call: &Call<'_>, sent: &Sent) -> Result<Try, ApiError> {
        if self.requests.fetch_add(1, Ordering::Relaxed) >= self.max_requests {
            let detail = "the request budget is used up (SYNC_PREFECT_MAX_REQUESTS)".to_owned();
            return Err(ApiError::Unavailable { operation: call.operation(), detail });
        }
        self.pace.turn().await;
        let request = match self.request(call, sent).await {
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

    async fn request(&self, call: &Call<'_>, sent: &Sent) -> Result<RequestBuilder, ApiError> {
        let url = format!("{}{}", self.url, call.path);
        let headers = sent.headers();
        let mut request = self.http.request(call.method.clone(), url);
        if call.method != Method::GET && !self.cloud {
            let place = (self.url.as_str(), &headers);
            let token = self.csrf.headers(&self.http, place, &self.requests).await?;
            request = request.headers(token);
        }
        let request = request.headers(headers);
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

#[cfg(test)]
mod tests;
