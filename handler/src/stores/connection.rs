//! Settings -> clients that share one transport.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use azure_core::credentials::{Secret, TokenCredential};
use azure_core::http::{ClientOptions, ExponentialRetryOptions, RetryOptions, Transport};
use azure_identity::{
    DeveloperToolsCredential, ManagedIdentityCredential, ManagedIdentityCredentialOptions,
    UserAssignedId, WorkloadIdentityCredential,
};
use azure_storage_blob::{BlobServiceClient, BlobServiceClientOptions};
use azure_storage_queue::{QueueServiceClient, QueueServiceClientOptions};
use url::Url;

use super::shared_key::SharedKey;
use super::{AzureContainer, Container, Queue, StoreError, Stores};
use crate::config::{Config, Credential, Storage};

const OPERATION: &str = "use the setting";
const SETTING: &str = "SyncStorage";
/// The published key of the storage emulator.
const EMULATOR_ACCOUNT: &str = "devstoreaccount1";
const EMULATOR_KEY: &str =
    "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

/// What a connection string says.
#[derive(Debug, PartialEq, Eq)]
struct Parsed {
    blob: String,
    queue: String,
    account: String,
    key: Option<String>,
    sas: Option<String>,
}

/// Addresses, and how to prove who we are there.
struct Access {
    blob: Url,
    queue: Url,
    signer: Option<SharedKey>,
    credential: Option<Arc<dyn TokenCredential>>,
}

/// The stores that `config` describes.
pub(super) fn open(config: &Config) -> Result<Stores, StoreError> {
    let storage =
        config.storage.as_ref().ok_or_else(|| refused("nothing of Azure Storage is configured"))?;
    let mut options = options(config)?;
    let access = access(storage, &options)?;
    if let Some(signer) = &access.signer {
        options.per_try_policies.push(Arc::new(signer.clone()));
    }
    let blob_options =
        BlobServiceClientOptions { client_options: options.clone(), ..Default::default() };
    let blob = BlobServiceClient::new(access.blob, access.credential.clone(), Some(blob_options));
    let blob = blob.map_err(|it| StoreError::of_azure(OPERATION, SETTING, &it))?;
    let queue_options = QueueServiceClientOptions { client_options: options, ..Default::default() };
    let queue = QueueServiceClient::new(access.queue, access.credential, Some(queue_options));
    let queue = queue.map_err(|it| StoreError::of_azure(OPERATION, SETTING, &it))?;
    let container = |name: &str| Container::Azure(AzureContainer::new(&blob, name));
    Ok(Stores {
        bundles: container(&config.bundles_container),
        code: container(&config.code_container),
        receipts: container(&config.receipts_container),
        jobs: Some(Queue::new(&queue, &config.jobs_queue)?),
        poison: Some(Queue::new(&queue, &format!("{}-poison", config.jobs_queue))?),
        events: Some(Queue::new(&queue, &config.events_queue)?),
    })
}

fn refused(why: &str) -> StoreError {
    StoreError::rejected(OPERATION, SETTING, why)
}

/// One transport for all clients: each one of their own would read the root certificates again. Redirects would carry the
/// authorisation elsewhere; the emulator and Azure send none.
fn options(config: &Config) -> Result<ClientOptions, StoreError> {
    let ca_error = |why: &dyn std::error::Error| {
        StoreError::rejected(OPERATION, "SYNC_CA_FILE", &why.to_string())
    };
    let _second_install_changes_nothing =
        rustls::crypto::ring::default_provider().install_default();
    let mut builder = reqwest::Client::builder()
        .connect_timeout(Duration::from_secs(5))
        .read_timeout(Duration::from_secs(30))
        .redirect(reqwest::redirect::Policy::none());
    if let Some(file) = &config.ca_file {
        let pem = std::fs::read(file).map_err(|it| ca_error(&it))?;
        for root in reqwest::Certificate::from_pem_bundle(&pem).map_err(|it| ca_error(&it))? {
            builder = builder.add_root_certificate(root);
        }
    }
    let client = builder
        .build()
        .map_err(|it| refused(&format!("{it}: {:?}", std::error::Error::source(&it))))?;
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

fn access(storage: &Storage, options: &ClientOptions) -> Result<Access, StoreError> {
    match storage {
        Storage::ConnectionString(text) => {
            let parsed = parse(text.expose()).map_err(|it| refused(&it))?;
            let address = |text: &str| {
                let mut url =
                    Url::parse(text).map_err(|it| refused(&format!("an endpoint: {it}")))?;
                url.set_query(parsed.sas.as_deref());
                Ok(url)
            };
            let (blob, queue) = (address(&parsed.blob)?, address(&parsed.queue)?);
            let account = parsed.account;
            let signer = parsed.key.map(|key| SharedKey { account, key: Secret::new(key) });
            Ok(Access { blob, queue, signer, credential: None })
        }
        Storage::Identity { blob, queue, client_id, credential } => {
            let made = identity(*credential, client_id.as_deref(), options);
            let made = made.map_err(|it| StoreError::of_azure(OPERATION, SETTING, &it))?;
            Ok(Access {
                blob: blob.clone(),
                queue: queue.clone(),
                signer: None,
                credential: Some(made),
            })
        }
    }
}

fn identity(
    kind: Credential,
    client_id: Option<&str>,
    options: &ClientOptions,
) -> azure_core::Result<Arc<dyn TokenCredential>> {
    Ok(match kind {
        Credential::Workload => WorkloadIdentityCredential::new(None)?,
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

fn parse(text: &str) -> Result<Parsed, String> {
    let mut parts = BTreeMap::new();
    for part in text.split(';').map(str::trim).filter(|it| !it.is_empty()) {
        // Keys end in `=`, so only the first one separates.
        let (name, value) = part.split_once('=').ok_or("each part must be `Name=value`")?;
        parts.insert(name.trim().to_lowercase(), value.trim().to_owned());
    }
    if parts.get("usedevelopmentstorage").is_some_and(|it| it.eq_ignore_ascii_case("true")) {
        let at = |port: u16| format!("http://127.0.0.1:{port}/{EMULATOR_ACCOUNT}");
        return Ok(Parsed {
            blob: at(10000),
            queue: at(10001),
            account: EMULATOR_ACCOUNT.into(),
            key: Some(EMULATOR_KEY.into()),
            sas: None,
        });
    }
    let mut take = |name: &str| parts.remove(name).filter(|it| !it.is_empty());
    let account = take("accountname").unwrap_or_default();
    let protocol = take("defaultendpointsprotocol").unwrap_or_else(|| "https".into());
    let suffix = take("endpointsuffix").unwrap_or_else(|| "core.windows.net".into());
    let mut endpoint = |name: &str, service: &str| {
        let derived =
            (!account.is_empty()).then(|| format!("{protocol}://{account}.{service}.{suffix}"));
        take(name).or(derived).ok_or(format!("`AccountName` or `{name}` is missing"))
    };
    let (blob, queue) = (endpoint("blobendpoint", "blob")?, endpoint("queueendpoint", "queue")?);
    let key = take("accountkey");
    let sas = take("sharedaccesssignature").map(|it| it.trim_start_matches('?').to_owned());
    match (&key, &sas) {
        (None, None) => Err("`AccountKey` or `SharedAccessSignature` is missing".into()),
        (Some(_), _) if account.is_empty() => Err("`AccountName` is missing".into()),
        (Some(_), _) => Ok(Parsed { blob, queue, account, key, sas: None }),
        _ => Ok(Parsed { blob, queue, account, key, sas }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn check(text: &str, want: Expect) {
        let out = match parse(text) {
            Ok(it) => format!("{} {} {} {:?} {:?}", it.blob, it.queue, it.account, it.key, it.sas),
            Err(it) => it,
        };
        want.assert_eq(&out);
    }

    #[test]
    fn connection_strings_are_read_as_the_tools_of_azure_read_them() {
        check(
            "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=k==;EndpointSuffix=core.example",
            expect![[
                r#"https://a.blob.core.example https://a.queue.core.example a Some("k==") None"#
            ]],
        );
        check(
            "BlobEndpoint=https://b/;QueueEndpoint=https://q/;SharedAccessSignature=?sv=1&sig=x=",
            expect![[r#"https://b/ https://q/  None Some("sv=1&sig=x=")"#]],
        );
        check("AccountName=a", expect!["`AccountKey` or `SharedAccessSignature` is missing"]);
        check("AccountKey=k", expect!["`AccountName` or `blobendpoint` is missing"]);
        check("nonsense", expect!["each part must be `Name=value`"]);
    }
}
