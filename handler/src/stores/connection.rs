//! Settings -> clients that share one transport.

use std::sync::Arc;

use azure_core::credentials::{Secret, TokenCredential};
use azure_core::http::ClientOptions;
use azure_storage_blob::{BlobServiceClient, BlobServiceClientOptions};
use azure_storage_queue::{QueueServiceClient, QueueServiceClientOptions};
use url::Url;

use super::shared_key::SharedKey;
use super::{AzureContainer, Container, Queue, StoreError, Stores};
use crate::azure;
use crate::config::{Config, ConnectionString, Storage};

pub(super) const OPERATION: &str = "use the setting";
const SETTING: &str = "SyncStorage";
/// Addresses, and how to prove who we are there.
struct Access {
    blob: Url,
    queue: Url,
    signer: Option<SharedKey>,
    credential: Option<Arc<dyn TokenCredential>>,
}

/// The stores that `config` describes.
pub(super) fn open(config: &Config, mut options: ClientOptions) -> Result<Stores, StoreError> {
    let storage =
        config.storage.as_ref().ok_or_else(|| refused("nothing of Azure Storage is configured"))?;
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
            let made = azure::identity(*credential, client_id.as_deref(), options);
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
