//! Who may ask over HTTP: whoever has our token, or one of Entra ID.

use std::net::IpAddr;
use std::time::Duration;

use axum::Json;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde_json::json;
use subtle::ConstantTimeEq as _;

use super::limit::Failures;
use crate::config::{Config, Secret};
use crate::entra::{Entra, Judged};

/// Who may ask.
#[derive(Debug)]
pub(super) struct Access {
    token: Option<Secret>,
    entra: Option<Entra>,
    failures: Failures,
}

/// Why somebody may not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Denied {
    /// There is no bearer token.
    Nameless,
    /// It proves nothing, and why.
    Wrong(&'static str),
    /// It is good, and lacks the role.
    Lacking,
    /// Nobody can say whether it is good.
    Unavailable,
    /// Too many; for how long.
    Often(Duration),
}

impl Access {
    /// By the settings.
    ///
    /// # Errors
    /// When the certificates cannot be read.
    pub(super) fn new(config: &Config) -> anyhow::Result<Self> {
        let wanted = config.http.entra.clone();
        let entra = wanted.map(|it| Entra::new(it, config.ca_file.as_deref())).transpose()?;
        Ok(Self { token: config.http.token.clone(), entra, failures: Failures::default() })
    }

    /// Whether `peer` may ask with `headers`.
    ///
    /// # Errors
    /// Why not.
    pub(super) async fn of(&self, headers: &HeaderMap, peer: IpAddr) -> Result<(), Denied> {
        if self.token.is_none() && self.entra.is_none() {
            return Ok(());
        }
        // before the token is looked at: guesses must not be told from each other
        if let Some(wait) = self.failures.wait(peer) {
            return Err(Denied::Often(wait));
        }
        let judged = match bearer(headers) {
            Some(token) => self.judged(token).await,
            None => Err(Denied::Nameless),
        };
        if let Err(denied @ (Denied::Nameless | Denied::Wrong(_))) = &judged {
            self.failures.count(peer);
            tracing::info!(%peer, why = denied.why(), "a request is refused");
        }
        judged
    }

    async fn judged(&self, given: &[u8]) -> Result<(), Denied> {
        let token = self.token.as_ref().map(|it| it.expose().as_bytes());
        if token.is_some_and(|it| given.ct_eq(it).into()) {
            return Ok(());
        }
        let given = std::str::from_utf8(given).ok();
        let (Some(entra), Some(given)) = (&self.entra, given) else {
            return Err(Denied::Wrong("it is not the one that is wanted"));
        };
        match entra.judge(given).await {
            Judged::Welcome => Ok(()),
            Judged::Refused(why) => Err(Denied::Wrong(why)),
            Judged::Lacking => Err(Denied::Lacking),
            Judged::Unavailable => Err(Denied::Unavailable),
        }
    }
}

/// The token of `Authorization: Bearer …`; the name of a scheme is in any case: RFC 9110, 11.1.
fn bearer(headers: &HeaderMap) -> Option<&[u8]> {
    let given = headers.get(header::AUTHORIZATION)?.as_bytes();
    let (scheme, token) = given.split_at_checked(b"Bearer ".len())?;
    scheme.eq_ignore_ascii_case(b"Bearer ").then_some(token)
}

impl Denied {
    fn why(self) -> &'static str {
        match self {
            Self::Nameless => "a bearer token is wanted",
            Self::Wrong(why) => why,
            Self::Lacking => "the token lacks the role that SYNC_HTTP_ROLE names",
            Self::Unavailable => "the keys of Entra ID cannot be read; the log says why",
            Self::Often(_) => "too many requests",
        }
    }

    /// The answer; challenges are those of RFC 6750, 3.
    pub(super) fn answer(self) -> Response {
        let (status, challenge) = match self {
            Self::Nameless => (StatusCode::UNAUTHORIZED, Some("Bearer")),
            Self::Wrong(_) => (StatusCode::UNAUTHORIZED, Some("Bearer error=\"invalid_token\"")),
            Self::Lacking => (StatusCode::FORBIDDEN, Some("Bearer error=\"insufficient_scope\"")),
            Self::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, None),
            Self::Often(_) => (StatusCode::TOO_MANY_REQUESTS, None),
        };
        let error = match self {
            Self::Wrong(why) => format!("the bearer token is refused: {why}"),
            other => other.why().to_owned(),
        };
        let mut answer = (status, Json(json!({"error": error}))).into_response();
        let headers = answer.headers_mut();
        if let Some(challenge) = challenge {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
        }
        if let Some(wait) = self.wait() {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(wait.as_secs() + 1));
        }
        answer
    }

    /// When it may be worth trying again.
    fn wait(self) -> Option<Duration> {
        match self {
            Self::Often(wait) => Some(wait),
            Self::Unavailable => Some(Duration::from_mins(1)),
            _ => None,
        }
    }
}
