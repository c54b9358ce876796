//! A container of Azure Blob Storage.

use std::collections::HashMap;
use std::future::Future;
use std::io;
use std::time::Duration;

use azure_core::http::{Etag, RequestContent, StatusCode};
use azure_core::time::OffsetDateTime;
use azure_storage_blob::models::{
    BlobClientGetPropertiesResultHeaders, BlobClientUploadOptions,
    BlobContainerClientListBlobsOptions, BlobItem,
};
use azure_storage_blob::{BlobClient, BlobContainerClient, BlobServiceClient};
use bytes::Bytes;
use futures::{Stream, TryStreamExt as _};

use super::{Condition, ETag, Item, StoreError, transfer};

/// The deadline of a call that moves little.
pub(super) const SMALL: Duration = Duration::from_secs(30);
/// The deadline of a whole listing.
const LISTING: Duration = Duration::from_mins(2);
/// How often a small object that was written while it was read is read anew.
const REREADS: u32 = 5;
/// The metadata that says who wrote: a retried write whose first answer was lost is told by it from another's write.
const WRITER: &str = "writer";

/// A container of Azure Blob Storage.
#[derive(Clone)]
pub struct AzureContainer {
    client: std::sync::Arc<BlobContainerClient>,
    account_url: String,
    name: String,
}

impl std::fmt::Debug for AzureContainer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("AzureContainer").field(&self.account_url).field(&self.name).finish()
    }
}

/// `call`, at most `deadline` long.
pub(super) async fn within<T>(
    what: (&'static str, &str),
    deadline: Duration,
    call: impl Future<Output = azure_core::Result<T>>,
) -> Result<T, StoreError> {
    match tokio::time::timeout(deadline, call).await {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(StoreError::of_azure(what.0, what.1, &error)),
        Err(_elapsed) => Err(StoreError::timeout(what.0, what.1)),
    }
}

/// An absent object as `None`; a missing container stays an error.
pub(super) fn optional<T>(result: Result<T, StoreError>) -> Result<Option<T>, StoreError> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.is_absent() => Ok(None),
        Err(error) => Err(error),
    }
}

impl AzureContainer {
    pub(super) fn new(service: &BlobServiceClient, name: &str) -> Self {
        let mut url = service.url().clone();
        url.set_query(None);
        let account_url = url.as_str().trim_end_matches('/').to_owned();
        let client = std::sync::Arc::new(service.blob_container_client(name));
        Self { client, account_url, name: name.to_owned() }
    }

    /// The address of the account, without a signature or a slash at the end.
    pub fn account_url(&self) -> &str {
        &self.account_url
    }

    /// The container's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn blob(&self, key: &str) -> BlobClient {
        self.client.blob_client(key)
    }

    pub(super) async fn ensure(&self) -> Result<(), StoreError> {
        match within(("create the container", &self.name), SMALL, self.client.create(None)).await {
            Ok(_) | Err(StoreError::Conflict(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }

    pub(super) async fn list(&self, prefix: &str) -> Result<Vec<Item>, StoreError> {
        let options = BlobContainerClientListBlobsOptions {
            prefix: (!prefix.is_empty()).then(|| prefix.to_owned()),
            ..Default::default()
        };
        let listing =
            async { self.client.list_blobs(Some(options))?.try_collect::<Vec<_>>().await };
        let found = within(("list", &self.name), LISTING, listing).await?;
        let garbled =
            || StoreError::garbled("list", &self.name, "a blob has no name, size or ETag");
        let mut items = found
            .into_iter()
            .map(|it| item(it).ok_or_else(garbled))
            .collect::<Result<Vec<_>, _>>()?;
        items.sort_by(|a, b| a.key.cmp(&b.key));
        Ok(items)
    }

    pub(super) async fn head(&self, key: &str) -> Result<Option<Item>, StoreError> {
        Ok(self.properties(key).await?.map(|it| it.0))
    }

    async fn properties(
        &self,
        key: &str,
    ) -> Result<Option<(Item, HashMap<String, String>)>, StoreError> {
        let blob = self.blob(key);
        let call = async {
            let answer = blob.get_properties(None).await?;
            Ok((
                answer.etag()?,
                answer.content_length()?,
                answer.last_modified()?,
                answer.metadata()?,
            ))
        };
        let Some((etag, size, modified, metadata)) =
            optional(within(("look at", key), SMALL, call).await)?
        else {
            return Ok(None);
        };
        let (Some(etag), Some(size)) = (etag, size) else {
            return Err(StoreError::garbled("look at", key, "the answer has no size or ETag"));
        };
        let modified = modified.map(OffsetDateTime::unix_timestamp);
        let item = Item { key: key.to_owned(), etag: ETag::new(etag.as_ref()), size, modified };
        Ok(Some((item, metadata)))
    }

    pub(super) async fn read(
        &self,
        key: &str,
        max: u64,
    ) -> Result<Option<(Vec<u8>, ETag)>, StoreError> {
        let mut left = REREADS;
        loop {
            let Some(item) = self.head(key).await? else { return Ok(None) };
            let mut out = Vec::new();
            match transfer::download(&self.blob(key), &item, max, &mut out).await {
                // written between the two calls
                Err(StoreError::Conflict(_)) if left > 0 => left -= 1,
                found => return Ok(found?.then_some((out, item.etag))),
            }
        }
    }

    pub(super) async fn download(
        &self,
        key: &str,
        expected: Option<&ETag>,
        file: &mut tokio::fs::File,
        max: u64,
    ) -> Result<Option<Item>, StoreError> {
        let Some(item) = self.head(key).await? else { return Ok(None) };
        if expected.is_some_and(|it| *it != item.etag) {
            return Err(StoreError::conflict("download", key));
        }
        let found = transfer::download(&self.blob(key), &item, max, file).await?;
        Ok(found.then_some(item))
    }

    pub(super) async fn write(
        &self,
        key: &str,
        content: Vec<u8>,
        when: Condition,
    ) -> Result<ETag, StoreError> {
        let writer = uuid::Uuid::new_v4().to_string();
        let mut options = BlobClientUploadOptions {
            metadata: Some(HashMap::from([(WRITER.to_owned(), writer.clone())])),
            ..transfer::upload_options()
        };
        match &when {
            Condition::Any => {}
            Condition::IfAbsent => options.if_none_match = Some(Etag::from("*")),
            Condition::IfMatch(etag) => {
                options.if_match = Some(Etag::from(format!("\"{}\"", etag.as_str())));
            }
        }
        let blob = self.blob(key);
        let call = blob.upload(RequestContent::from(content), Some(options));
        match within(("write", key), SMALL * 2, call).await {
            Ok(answer) => etag_of(key, answer.etag),
            Err(StoreError::Conflict(fault)) => match self.properties(key).await? {
                Some((item, metadata)) if metadata.get(WRITER) == Some(&writer) => Ok(item.etag),
                _ => Err(StoreError::Conflict(fault)),
            },
            Err(error) => Err(error),
        }
    }

    pub(super) async fn write_stream<S>(&self, key: &str, content: S) -> Result<ETag, StoreError>
    where
        S: Stream<Item = io::Result<Bytes>> + Send + 'static,
    {
        let blob = self.blob(key);
        let call = blob.upload(transfer::one_shot(content), Some(transfer::upload_options()));
        let answer = within(("write", key), transfer::LONGEST, call).await?;
        etag_of(key, answer.etag)
    }

    pub(super) async fn delete(&self, key: &str) -> Result<(), StoreError> {
        let blob = self.blob(key);
        optional(within(("delete", key), SMALL, blob.delete(None)).await).map(|_| ())
    }
}

fn etag_of(key: &str, etag: Option<Etag>) -> Result<ETag, StoreError> {
    let etag = etag.ok_or_else(|| StoreError::garbled("write", key, "the answer has no ETag"))?;
    Ok(ETag::new(etag.as_ref()))
}

fn item(blob: BlobItem) -> Option<Item> {
    let properties = blob.properties?;
    let etag = properties.etag?;
    Some(Item {
        key: blob.name?,
        etag: ETag::new(etag.as_ref()),
        size: properties.content_length?,
        modified: properties.last_modified.map(OffsetDateTime::unix_timestamp),
    })
}

/// Whether a failed download may go on: the connection, not the answer, was at fault.
pub(super) fn was_cut(error: &azure_core::Error) -> bool {
    error.http_status().is_none_or(|it| it == StatusCode::Ok || it == StatusCode::PartialContent)
}
