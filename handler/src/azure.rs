//! What every client of Azure shares: transport, retries and identity.

mod fault;

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use azure_core::credentials::TokenCredential;
use azure_core::http::{ClientOptions, ExponentialRetryOptions, RetryOptions, Transport};
use azure_identity::{
    ClientAssertionCredentialOptions, DeveloperToolsCredential, ManagedIdentityCredential,
    ManagedIdentityCredentialOptions, UserAssignedId, WorkloadIdentityCredential,
    WorkloadIdentityCredentialOptions,
};

pub(crate) use fault::Fault;

use crate::config::{Config, Credential};

/// A setting that no client can be built with, and why.
#[derive(Debug, thiserror::Error)]
#[error("cannot use the setting `{setting}`: {why}")]
pub(crate) struct Unusable {
    /// The name of the setting.
    pub(crate) setting: &'static str,
    /// On one line.
    pub(crate) why: String,
}

/// One transport for all clients: each one of their own would read the root certificates again. Redirects would carry the
/// authorisation elsewhere; the emulator and Azure send none. A proxy is the one of `HTTPS_PROXY`.
///
/// # Errors
/// When `SYNC_CA_FILE` holds no certificates, or the system has none.
pub(crate) fn options(config: &Config) -> Result<ClientOptions, Unusable> {
    let _second_install_changes_nothing =
        rustls::crypto::ring::default_provider().install_default();
    let mut builder = reqwest::Client::builder()
        .connect_timeout(Duration::from_secs(5))
        .read_timeout(Duration::from_secs(30))
        .redirect(reqwest::redirect::Policy::none());
    for root in roots(config)? {
        builder = builder.add_root_certificate(root);
    }
    let client = builder.build().map_err(|it| Unusable {
        setting: "SyncStorage",
        why: format!("{it}: {:?}", Error::source(&it)),
    })?;
    let retry = ExponentialRetryOptions {
        initial_delay: azure_core::time::Duration::milliseconds(200),
        max_retries: 4,
        max_total_elapsed: azure_core::time::Duration::seconds(20),
        max_delay: azure_core::time::Duration::seconds(5),
    };
    Ok(ClientOptions {
        transport: Some(Transport::new(Arc::new(client))),
        retry: RetryOptions::exponential(retry),
        ..Default::default()
    })
}

/// The certificates of `SYNC_CA_FILE`.
fn roots(config: &Config) -> Result<Vec<reqwest::Certificate>, Unusable> {
    let Some(file) = &config.ca_file else { return Ok(Vec::new()) };
    let unusable = |why: String| Unusable { setting: "SYNC_CA_FILE", why };
    let pem = std::fs::read(file).map_err(|it| unusable(it.to_string()))?;
    reqwest::Certificate::from_pem_bundle(&pem).map_err(|it| unusable(it.to_string()))
}

/// The identity `kind`; nothing is sent yet.
///
/// # Errors
/// When the platform's settings for it are missing.
pub(crate) fn identity(
    kind: Credential,
    client_id: Option<&str>,
    options: &ClientOptions,
) -> azure_core::Result<Arc<dyn TokenCredential>> {
    Ok(match kind {
        Credential::Workload => {
            let credential_options =
                ClientAssertionCredentialOptions { client_options: options.clone() };
            let client_id = client_id.map(str::to_owned);
            WorkloadIdentityCredential::new(Some(WorkloadIdentityCredentialOptions {
                credential_options,
                client_id,
                ..WorkloadIdentityCredentialOptions::default()
            }))?
        }
        Credential::Managed => {
            let user_assigned_id = client_id.map(|it| UserAssignedId::ClientId(it.to_owned()));
            let client_options = options.clone();
            ManagedIdentityCredential::new(Some(ManagedIdentityCredentialOptions {
                user_assigned_id,
                client_options,
            }))?
        }
        Credential::Developer => DeveloperToolsCredential::new(None)?,
    })
}

/// An error with its causes on one line, signatures masked: the SDK puts whole addresses into its messages.
pub(crate) fn chain(error: &(dyn Error + 'static)) -> String {
    masked(&crate::telemetry::chain(error))
}

/// `text` on one line, with the value of each `sig=` replaced.
pub(crate) fn masked(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut parts = text.split("sig=");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|it: char| it.is_whitespace() || "&\"')".contains(it));
        out.push_str("sig=***");
        out.push_str(end.and_then(|end| part.get(end..)).unwrap_or_default());
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_signature_is_masked() {
        let text = "get (https://a/b?sv=1&sig=abc%3D&se=2): again sig=x";
        assert_eq!(super::masked(text), "get (https://a/b?sv=1&sig=***&se=2): again sig=***");
    }
}
