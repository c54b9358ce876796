//! Storage events, as Event Grid delivers them.

use handler::stores::ETag;
use serde_json::{Value, json};

/// `BlobCreated` of the version `etag` of `blob` in the container `bundles`, in the Event Grid schema.
pub fn blob_created(blob: &str, etag: &ETag) -> Value {
    json!({
        "id": uuid::Uuid::new_v4().to_string(),
        "topic": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/devstoreaccount1",
        "subject": format!("/blobServices/default/containers/bundles/blobs/{blob}"),
        "eventType": "Microsoft.Storage.BlobCreated",
        "dataVersion": "",
        "metadataVersion": "1",
        "data": {"api": "PutBlob", "eTag": format!("\"{}\"", etag.as_str())},
    })
}
