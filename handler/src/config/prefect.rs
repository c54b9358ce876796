//! How Prefect's API is reached.

use std::path::PathBuf;
use std::time::Duration;

use domain::secret::SecretName;

use super::Secret;

/// How Prefect's API is reached.
#[derive(Debug)]
pub struct PrefectConfig {
    /// `PREFECT_API_URL`, with `/api` or the Cloud workspace, without a slash at the end.
    pub url: String,
    /// `PREFECT_API_AUTH_STRING` (wins) or `PREFECT_API_KEY`, or the secret that `SYNC_PREFECT_API_AUTH_STRING_SECRET` or
    /// `SYNC_PREFECT_API_KEY_SECRET` names.
    pub auth: Auth,
    /// `PREFECT_CLIENT_CUSTOM_HEADERS`, values secret.
    pub headers: Vec<(String, Secret)>,
    /// `PREFECT_API_SSL_CERT_FILE`: replaces the system's roots.
    pub ca_file: Option<PathBuf>,
    /// `PREFECT_API_TLS_INSECURE_SKIP_VERIFY`.
    pub skip_verify: bool,
    /// `SYNC_PREFECT_TIMEOUT_SECONDS` (default 60): one request.
    pub timeout: Duration,
    /// `SYNC_PREFECT_MAX_REQUESTS` (default 20000): the budget of one job, retries included.
    pub max_requests: u32,
    /// `SYNC_PREFECT_REQUESTS_PER_MINUTE`; `None`: by the server.
    pub requests_per_minute: Option<u32>,
    /// `SYNC_PREFECT_WRITES_AT_ONCE`; `None`: by the server.
    pub writes_at_once: Option<usize>,
}

impl PrefectConfig {
    /// The address with `/api` at its end, which was probably meant; `None` when it has that. Without a user or password.
    pub fn with_api(&self) -> Option<String> {
        let url: url::Url = self.url.parse().ok()?;
        let mut segments = url.path_segments()?;
        if segments.any(|it| it == "api") {
            return None;
        }
        let path = url.path().trim_end_matches('/');
        Some(format!("{}{path}/api", url.origin().ascii_serialization()))
    }
}

/// How we prove who we are to Prefect.
#[derive(Debug)]
pub enum Auth {
    /// Nothing is sent.
    None,
    /// This is sent.
    Given(Scheme, Secret),
    /// What the vault has under this name is sent.
    InVault(Scheme, SecretName),
}

impl Auth {
    /// The secret of the vault that is ours, where it is one.
    pub fn in_vault(&self) -> Option<&SecretName> {
        if let Self::InVault(_, name) = self { Some(name) } else { None }
    }
}

/// How a credential is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// `Authorization: Basic base64(<whole string>)`, `user:password`.
    Basic,
    /// `Authorization: Bearer <key>`.
    Key,
}
