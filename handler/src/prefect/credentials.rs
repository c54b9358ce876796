//! Who we are to Prefect: the settings say it, or name the secret of the vault that does.

use std::sync::Arc;

use anyhow::Context as _;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::secret::SecretName;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use tokio::sync::Mutex;

use super::ApiError;
use crate::config::{Auth, PrefectConfig, Scheme, Secret};
use crate::secrets::Vault;

/// The API version that 2.20 and 3.x both have.
const API_VERSION: &str = "0.8.4";

/// What every call carries besides the credentials: the API version and the operator's own headers, which are never printed.
///
/// # Errors
/// When one of them is no valid header.
pub(super) fn headers(config: &PrefectConfig) -> anyhow::Result<HeaderMap> {
    let mut headers = HeaderMap::new();
    headers.insert("x-prefect-api-version", HeaderValue::from_static(API_VERSION));
    for (name, value) in &config.headers {
        let custom = "PREFECT_CLIENT_CUSTOM_HEADERS";
        let name = HeaderName::from_bytes(name.as_bytes());
        headers.insert(name.context(custom)?, sensitive(value.expose()).context(custom)?);
    }
    Ok(headers)
}

/// The credentials of the settings, or those of the vault as they were read last.
#[derive(Debug)]
pub(super) struct Credentials {
    reference: Option<Reference>,
    /// `None`: the vault was not asked yet, or it has others now.
    known: Mutex<Option<Arc<Sent>>>,
    /// The values of the operator's own headers.
    own: Vec<Secret>,
}

/// Where the vault has them.
#[derive(Debug)]
struct Reference {
    vault: Arc<Vault>,
    scheme: Scheme,
    name: SecretName,
}

/// The credentials that a call carries.
#[derive(Debug)]
pub(super) struct Sent {
    authorization: Option<HeaderValue>,
    /// The texts that a server's answer must not bring back to us: it may echo the headers of a request.
    pub(super) secrets: Vec<Secret>,
}

impl Sent {
    /// The header, where there is one.
    pub(super) fn headers(&self) -> HeaderMap {
        self.authorization.iter().map(|it| (AUTHORIZATION, it.clone())).collect()
    }
}

impl Credentials {
    /// The credentials of `config`; `vault` is where it refers to.
    ///
    /// # Errors
    /// When it refers to a vault and there is none, or what it gives is no valid header.
    pub(super) fn new(config: &PrefectConfig, vault: Option<&Arc<Vault>>) -> anyhow::Result<Self> {
        let own: Vec<Secret> = config.headers.iter().map(|it| it.1.clone()).collect();
        let fixed = |scheme_and_text: Option<(Scheme, &Secret)>| {
            let sent = sent(scheme_and_text, &own);
            sent.context("PREFECT_API_KEY: is there a line break in it?").map(Arc::new)
        };
        let (reference, known) = match &config.auth {
            Auth::None => (None, Some(fixed(None)?)),
            Auth::Given(scheme, text) => (None, Some(fixed(Some((*scheme, text)))?)),
            Auth::InVault(scheme, name) => {
                let vault = vault.context("the credentials for Prefect are in a vault, and none is configured (SYNC_VAULT_URL)")?;
                let (vault, name) = (Arc::clone(vault), name.clone());
                (Some(Reference { vault, scheme: *scheme, name }), None)
            }
        };
        Ok(Self { reference, known: Mutex::new(known), own })
    }

    /// Those to send now; the vault is asked for them once.
    ///
    /// # Errors
    /// When the vault does not give them.
    pub(super) async fn current(&self) -> Result<Arc<Sent>, ApiError> {
        let mut known = self.known.lock().await;
        if let Some(sent) = &*known {
            return Ok(Arc::clone(sent));
        }
        // boxed: it is seldom, and every call would carry its size
        let sent = Arc::new(Box::pin(self.read()).await?);
        *known = Some(Arc::clone(&sent));
        Ok(sent)
    }

    /// Whether there are others than `refused`, which Prefect does not accept: the vault is asked, unless somebody did meanwhile.
    ///
    /// # Errors
    /// When the vault does not give them.
    pub(super) async fn are_others(&self, refused: &Arc<Sent>) -> Result<bool, ApiError> {
        if self.reference.is_none() {
            return Ok(false);
        }
        {
            let mut known = self.known.lock().await;
            if known.as_ref().is_some_and(|it| Arc::ptr_eq(it, refused)) {
                *known = None;
            }
        }
        Ok(self.current().await?.authorization != refused.authorization)
    }

    /// The secret `name` has another value: if it is ours, the next call asks the vault.
    pub(super) async fn changed(&self, name: &SecretName) {
        if self.reference.as_ref().is_some_and(|it| it.name == *name) {
            *self.known.lock().await = None;
        }
    }

    async fn read(&self) -> Result<Sent, ApiError> {
        let Some(Reference { vault, scheme, name }) = &self.reference else {
            return Err(not_had("nothing is configured".to_owned(), false));
        };
        let read = vault.read(name).await;
        let (_, value) =
            read.map_err(|error| not_had(crate::telemetry::chain(&error), error.is_later()))?;
        // a file that was given to the vault ends with a line break more often than not
        let text = Secret::new(value.expose().trim());
        sent(Some((*scheme, &text)), &self.own).map_err(|_is_a_secret| {
            not_had(
                format!("the secret `{name}` is no header: is there a line break in it?"),
                false,
            )
        })
    }
}

fn not_had(detail: String, is_later: bool) -> ApiError {
    ApiError::NoCredentials { detail, is_later }
}

fn sent(given: Option<(Scheme, &Secret)>, own: &[Secret]) -> anyhow::Result<Sent> {
    let mut secrets = own.to_vec();
    let Some((scheme, text)) = given else { return Ok(Sent { authorization: None, secrets }) };
    secrets.push(text.clone());
    let authorization = match scheme {
        Scheme::Key => format!("Bearer {}", text.expose()),
        Scheme::Basic => {
            let encoded = STANDARD.encode(text.expose());
            let header = format!("Basic {encoded}");
            secrets.push(Secret::new(encoded));
            secrets.extend(text.expose().split_once(':').map(|it| Secret::new(it.1)));
            header
        }
    };
    Ok(Sent { authorization: Some(sensitive(&authorization)?), secrets })
}

fn sensitive(value: &str) -> anyhow::Result<HeaderValue> {
    let mut value = HeaderValue::from_str(value)?;
    value.set_sensitive(true);
    Ok(value)
}
