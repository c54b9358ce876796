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

/// What Event Grid sends of the secret `name` of the key vault `vault`: `SecretNewVersionCreated` and its like.
///
/// Source: "Azure Key Vault as Event Grid source".
pub fn of_secret(vault: &str, name: &str, kind: &str) -> Value {
    json!({
        "id": uuid::Uuid::new_v4().to_string(),
        "topic": format!("/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/{vault}"),
        "subject": name,
        "eventType": format!("Microsoft.KeyVault.{kind}"),
        "eventTime": "2026-01-01T00:00:00Z",
        "data": {"VaultName": vault, "ObjectType": "Secret", "ObjectName": name, "NBF": null, "EXP": null},
        "dataVersion": "1",
        "metadataVersion": "1",
    })
}
