//! Settings -> clients that share one transport.

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
use crate::config::{Config, ConnectionString, Credential, Storage};

const OPERATION: &str = "use the setting";
const SETTING: &str = "SyncStorage";
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
            let parsed = ConnectionString::parse(text.expose()).map_err(|it| refused(&it))?;
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
