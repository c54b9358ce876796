//! What people say of a bundle, beside its receipts: that it is suspended, that it is pinned to an earlier digest.

use domain::names::{BundleId, Digest};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::documents::write;
use crate::stores::{Container, StoreError};

/// Beside the bundle's receipts.
pub const SUSPENDED: &str = "suspended.json";
/// Beside the bundle's receipts.
pub const PINNED: &str = "pinned.json";
const MAX: u64 = 1 << 16;

/// `<receipts>/<bundle>/suspended.json`: nothing of the bundle is written until it is resumed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspended {
    /// Version of this document: 1.
    pub v: u32,
    /// RFC 3339.
    pub since: String,
    /// Why, for people.
    #[serde(default)]
    pub reason: Option<String>,
}

/// `<receipts>/<bundle>/pinned.json`: an earlier digest counts until the next upload; or that somebody ended that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pinned {
    /// Version of this document: 1.
    pub v: u32,
    /// What counts; `None`: the upload does, since somebody ended the pin.
    #[serde(default)]
    pub digest: Option<Digest>,
    /// The version of the blob: another one ends the pin.
    pub etag: String,
    /// When that was asked for, RFC 3339: what was asked for before does not count any more.
    pub since: String,
    /// Id of the request.
    pub request: String,
}

/// Why the bundle is suspended, if it is.
///
/// # Errors
/// When that cannot be read: then nothing may be written.
pub async fn suspended(
    receipts: &Container,
    id: &BundleId,
) -> Result<Option<Suspended>, StoreError> {
    read(receipts, id, SUSPENDED).await
}

/// Suspends the bundle.
///
/// # Errors
/// When the store refuses.
pub async fn suspend(
    receipts: &Container,
    id: &BundleId,
    note: &Suspended,
) -> Result<(), StoreError> {
    write(receipts, &format!("{id}/{SUSPENDED}"), note).await
}

/// Resumes the bundle; one that is not suspended is resumed.
///
/// # Errors
/// When the store refuses.
pub async fn resume(receipts: &Container, id: &BundleId) -> Result<(), StoreError> {
    receipts.delete(&format!("{id}/{SUSPENDED}")).await
}

/// The pin of the bundle, if it has one.
///
/// # Errors
/// When that cannot be read.
pub async fn pinned(receipts: &Container, id: &BundleId) -> Result<Option<Pinned>, StoreError> {
    read(receipts, id, PINNED).await
}

/// Pins the bundle.
///
/// # Errors
/// When the store refuses.
pub async fn pin(receipts: &Container, id: &BundleId, note: &Pinned) -> Result<(), StoreError> {
    write(receipts, &format!("{id}/{PINNED}"), note).await
}

async fn read<T: DeserializeOwned>(
    receipts: &Container,
    id: &BundleId,
    name: &str,
) -> Result<Option<T>, StoreError> {
    let key = format!("{id}/{name}");
    let Some((bytes, _)) = receipts.read(&key, MAX).await? else { return Ok(None) };
    let garbled = |error: serde_json::Error| {
        StoreError::garbled("read", &key, &format!("{error}; restore it, or delete it"))
    };
    serde_json::from_slice(&bytes).map(Some).map_err(garbled)
}
