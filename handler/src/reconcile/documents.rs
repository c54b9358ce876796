//! Receipts and state: JSON documents beside the bundle, in the receipts container.

use domain::names::{BundleId, Digest};
use domain::report::{Receipt, State};
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::stores::{Condition, Container, ETag, StoreError};

/// What was applied, beside the bundle's receipts.
pub(super) const STATE: &str = "state.json";
/// That the bundle's blob is gone.
pub(super) const GONE: &str = "tombstone.json";

/// The receipt of the last upload, or of what became of it.
const LATEST: &str = "receipts/latest.json";

/// Largest document that is read back.
const MAX: u64 = 16 << 20;

/// What was applied before; `None` on first contact.
///
/// # Errors
/// When it cannot be read, or is not a state: an unreadable state is not an empty one.
pub(super) async fn read_state(
    receipts: &Container,
    id: &BundleId,
) -> Result<Option<State>, StoreError> {
    let key = format!("{id}/{STATE}");
    let Some((bytes, _)) = receipts.read(&key, MAX).await? else { return Ok(None) };
    let garbled = |error: serde_json::Error| {
        let why = format!("{error}; restore it, or delete it: then nothing is reset or removed");
        StoreError::garbled("read the state", &key, &why)
    };
    serde_json::from_slice(&bytes).map(Some).map_err(garbled)
}

/// What the declarations of `digest` take for the time: that of its first receipt, so that the same content asks for the same
/// deployments for ever; `None` before there is one.
///
/// # Errors
/// When it cannot be read, or is not a receipt.
pub(super) async fn read_clock(
    receipts: &Container,
    id: &BundleId,
    digest: &Digest,
) -> Result<Option<Timestamp>, StoreError> {
    let key = of_digest(id, digest);
    let Some((bytes, _)) = receipts.read(&key, MAX).await? else { return Ok(None) };
    let garbled = |why: &str| {
        let why = format!("{why}; restore it, or delete it: then the time is that of the next");
        StoreError::garbled("read the receipt", &key, &why)
    };
    let receipt: Value = serde_json::from_slice(&bytes).map_err(|it| garbled(&it.to_string()))?;
    // receipts of earlier releases have no clock
    let text = receipt.get("clock").filter(|it| it.is_string()).or_else(|| receipt.get("finished"));
    let clock = text.and_then(Value::as_str).and_then(|it| it.parse().ok());
    clock.map(Some).ok_or_else(|| garbled("it has no `clock`"))
}

fn of_digest(id: &BundleId, digest: &Digest) -> String {
    format!("{id}/receipts/{}.json", digest.short())
}

pub(super) async fn write_state(receipts: &Container, state: &State) -> Result<(), StoreError> {
    write(receipts, &format!("{}/{STATE}", state.bundle), state).await
}

/// Writes `mark`, that the bundle's blob is gone, unless there is one.
pub(super) async fn mark_gone(
    receipts: &Container,
    id: &BundleId,
    mark: &Value,
) -> Result<(), StoreError> {
    write_first(receipts, &format!("{id}/{GONE}"), mark).await
}

/// Writes `document`, unless there is one already.
pub(super) async fn write_first(
    receipts: &Container,
    key: &str,
    document: &Value,
) -> Result<(), StoreError> {
    match receipts.write(key, pretty(key, document)?, Condition::IfAbsent).await {
        Ok(_) | Err(StoreError::Conflict(_)) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Whether the last receipt of the bundle is about no blob: then it says already what became of it.
pub(super) async fn is_of_none(receipts: &Container, id: &BundleId) -> Result<bool, StoreError> {
    Ok(latest(receipts, id).await?.is_some_and(|it| it["etag"].is_null()))
}

/// The last receipt of the bundle.
///
/// # Errors
/// When it cannot be read, or is none.
pub(super) async fn latest(
    receipts: &Container,
    id: &BundleId,
) -> Result<Option<Value>, StoreError> {
    document(receipts, &format!("{id}/{LATEST}")).await
}

/// The document `key`; `None` when there is none, or no container yet.
///
/// # Errors
/// When it cannot be read, or is no JSON.
pub(super) async fn document(receipts: &Container, key: &str) -> Result<Option<Value>, StoreError> {
    let found = match receipts.read(key, MAX).await {
        Err(error) if error.is_no_container() => None,
        other => other?,
    };
    let garbled = |error: serde_json::Error| StoreError::garbled("read", key, &error.to_string());
    found.map(|(bytes, _)| serde_json::from_slice(&bytes).map_err(garbled)).transpose()
}

/// Removes what is known of a bundle that is gone and owns nothing any more; its receipts stay.
pub(super) async fn forget(receipts: &Container, id: &BundleId) -> Result<(), StoreError> {
    receipts.delete(&format!("{id}/{STATE}")).await?;
    receipts.delete(&format!("{id}/{GONE}")).await
}

/// The receipt of what a redeploy asked of one bundle; no bundle's id has a segment that starts with a dot.
pub(super) fn of_request(id: &BundleId, request: &str) -> String {
    format!("{id}/.requests/{request}.json")
}

/// Which bundles a redeploy of all was for.
pub(super) fn of_all(request: &str) -> String {
    format!(".requests/{request}.json")
}

/// Whether `receipt` says something else than the last one of its bundle.
pub(super) async fn is_news(receipts: &Container, receipt: &Receipt) -> Result<bool, StoreError> {
    let Some(last) = latest(receipts, &receipt.bundle).await? else { return Ok(true) };
    let digest = receipt.digest.as_ref().map(Digest::as_str);
    Ok(last["outcome"] != receipt.outcome
        || last["etag"].as_str() != receipt.etag.as_deref()
        || last["digest"].as_str() != digest)
}

/// Writes the receipt under its request.
pub(super) async fn write_of_request(
    receipts: &Container,
    receipt: &Receipt,
) -> Result<(), StoreError> {
    write(receipts, &of_request(&receipt.bundle, &receipt.request), receipt).await
}

/// Writes the receipt as `latest.json`; false when another was written meanwhile.
pub(super) async fn write_latest(
    receipts: &Container,
    receipt: &Receipt,
    when: Condition,
) -> Result<bool, StoreError> {
    let key = format!("{}/{LATEST}", receipt.bundle);
    match receipts.write(&key, pretty(&key, receipt)?, when).await {
        Ok(_) => Ok(true),
        Err(StoreError::Conflict(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// The last receipt of the bundle with its version.
///
/// # Errors
/// When it cannot be read, or is none.
pub(super) async fn latest_version(
    receipts: &Container,
    id: &BundleId,
) -> Result<Option<(Value, ETag)>, StoreError> {
    versioned(receipts, &format!("{id}/{LATEST}")).await
}

/// The document `key` with its version; `None` when there is none.
///
/// # Errors
/// When it cannot be read, or is not what it should be.
pub(super) async fn versioned<T: DeserializeOwned>(
    receipts: &Container,
    key: &str,
) -> Result<Option<(T, ETag)>, StoreError> {
    let Some((bytes, etag)) = receipts.read(key, MAX).await? else { return Ok(None) };
    let garbled = |error: serde_json::Error| StoreError::garbled("read", key, &error.to_string());
    serde_json::from_slice(&bytes).map(|it| Some((it, etag))).map_err(garbled)
}

/// Writes the receipt under its digest and as `latest.json`.
pub(super) async fn write_receipt(
    receipts: &Container,
    receipt: &Receipt,
) -> Result<(), StoreError> {
    let id = &receipt.bundle;
    if let Some(digest) = &receipt.digest {
        write(receipts, &of_digest(id, digest), receipt).await?;
    }
    write(receipts, &format!("{id}/{LATEST}"), receipt).await
}

/// Writes `document`, for people to read.
pub(super) async fn write(
    receipts: &Container,
    key: &str,
    document: &impl serde::Serialize,
) -> Result<(), StoreError> {
    receipts.write(key, pretty(key, document)?, Condition::Any).await.map(|_| ())
}

/// What `document` is as bytes.
pub(super) fn pretty(key: &str, document: &impl serde::Serialize) -> Result<Vec<u8>, StoreError> {
    let garbled = |error: serde_json::Error| StoreError::garbled("write", key, &error.to_string());
    serde_json::to_vec_pretty(document).map_err(garbled)
}
