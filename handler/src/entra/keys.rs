//! The keys of a tenant: read when one is needed, kept for a day, read anew for one that is not known.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use anyhow::Context as _;
use jsonwebtoken::DecodingKey;
use serde::Deserialize;
use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::config::EntraConfig;

/// Entra changes its keys about each six weeks, and says so days before.
const KEPT: Duration = Duration::from_hours(24);
/// Between two readings, whatever tokens name: a stranger's token must not make us ask for each.
const EVERY: Duration = Duration::from_mins(1);
const TIMEOUT: Duration = Duration::from_secs(10);
/// Bytes; a document of Entra has about 10,000.
const MAX: usize = 1 << 20;

/// The keys of one tenant.
#[derive(Debug)]
pub(super) struct Keys {
    http: reqwest::Client,
    url: String,
    known: Mutex<Known>,
}

/// Why a key is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum KeysError {
    /// The service does not answer, or not with keys.
    #[error("the keys of the tenant cannot be had")]
    Unavailable,
}

#[derive(Debug, Default)]
struct Known {
    by_id: BTreeMap<String, DecodingKey>,
    /// When they were read.
    read: Option<Instant>,
    /// When they were asked for.
    asked: Option<Instant>,
}

/// A set of JSON Web Keys: RFC 7517.
#[derive(Debug, Deserialize)]
struct Document {
    keys: Vec<Jwk>,
}

#[derive(Debug, Deserialize)]
struct Jwk {
    kty: String,
    #[serde(rename = "use")]
    purpose: Option<String>,
    kid: Option<String>,
    n: Option<String>,
    e: Option<String>,
}

impl Keys {
    /// The keys of the tenant of `wanted`; nothing is sent yet.
    ///
    /// # Errors
    /// When the certificates cannot be read.
    pub(super) fn new(wanted: &EntraConfig, ca_file: Option<&Path>) -> anyhow::Result<Self> {
        let _second_install_changes_nothing =
            rustls::crypto::ring::default_provider().install_default();
        // a redirect would have somebody else make our callers
        let mut builder = reqwest::Client::builder()
            .user_agent(concat!("prefect-azure-sync/", env!("CARGO_PKG_VERSION")))
            .timeout(TIMEOUT)
            .connect_timeout(TIMEOUT)
            .redirect(reqwest::redirect::Policy::none());
        if let Some(file) = ca_file {
            let named = || format!("SYNC_CA_FILE {}", file.display());
            let pem = std::fs::read(file).with_context(named)?;
            for root in reqwest::Certificate::from_pem_bundle(&pem).with_context(named)? {
                builder = builder.add_root_certificate(root);
            }
        }
        let url = format!("{}/{}/discovery/v2.0/keys", wanted.authority, wanted.tenant);
        Ok(Self { http: builder.build()?, url, known: Mutex::default() })
    }

    /// The key `kid`; `None` when the tenant has none of that name.
    ///
    /// # Errors
    /// When it is not known and the service did not answer within the last minute.
    pub(super) async fn named(&self, kid: &str) -> Result<Option<DecodingKey>, KeysError> {
        // held while they are read: many callers make one request
        let mut known = self.known.lock().await;
        if known.is_fresh()
            && let Some(key) = known.by_id.get(kid)
        {
            return Ok(Some(key.clone()));
        }
        if known.asked.is_none_or(|it| it.elapsed() >= EVERY) {
            known.asked = Some(Instant::now());
            match self.read().await {
                Ok(by_id) => {
                    known.by_id = by_id;
                    known.read = known.asked;
                }
                Err(error) => {
                    let error = format!("{error:#}");
                    tracing::warn!(error, "warning: the keys of Entra ID cannot be read");
                }
            }
        }
        let is_last = known.read == known.asked;
        if is_last { Ok(known.by_id.get(kid).cloned()) } else { Err(KeysError::Unavailable) }
    }

    async fn read(&self) -> anyhow::Result<BTreeMap<String, DecodingKey>> {
        let mut answer = self.http.get(&self.url).send().await?.error_for_status()?;
        anyhow::ensure!(answer.status().is_success(), "the answer is {}", answer.status());
        let mut bytes = Vec::new();
        while let Some(chunk) = answer.chunk().await? {
            anyhow::ensure!(bytes.len() + chunk.len() <= MAX, "more than {MAX} bytes");
            bytes.extend_from_slice(&chunk);
        }
        let document: Document = serde_json::from_slice(&bytes).context("no set of keys")?;
        let keys: BTreeMap<_, _> = document.keys.iter().filter_map(key).collect();
        anyhow::ensure!(!keys.is_empty(), "no RSA key for signatures is in it");
        Ok(keys)
    }
}

impl Known {
    fn is_fresh(&self) -> bool {
        self.read.is_some_and(|it| it.elapsed() < KEPT)
    }
}

/// Id and key of one for RSA signatures.
fn key(jwk: &Jwk) -> Option<(String, DecodingKey)> {
    let signs = jwk.kty == "RSA" && jwk.purpose.as_deref().is_none_or(|it| it == "sig");
    let (kid, n, e) = (jwk.kid.as_ref()?, jwk.n.as_ref()?, jwk.e.as_ref()?);
    let key = DecodingKey::from_rsa_components(n, e).ok().filter(|_| signs)?;
    Some((kid.clone(), key))
}

#[cfg(test)]
mod tests;
