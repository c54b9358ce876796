//! Receipts and state: JSON documents beside the bundle, in the receipts container.

use domain::names::BundleId;
use domain::report::{Receipt, State};

use crate::stores::{Condition, Container, StoreError};

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
    let key = format!("{id}/state.json");
    let Some((bytes, _)) = receipts.read(&key, MAX).await? else { return Ok(None) };
    let garbled = |error: serde_json::Error| {
        let why = format!("{error}; restore it, or delete it: then nothing is reset or removed");
        StoreError::garbled("read the state", &key, &why)
    };
    serde_json::from_slice(&bytes).map(Some).map_err(garbled)
}

pub(super) async fn write_state(receipts: &Container, state: &State) -> Result<(), StoreError> {
    write(receipts, &format!("{}/state.json", state.bundle), state).await
}

/// Writes the receipt under its digest and as `latest.json`.
pub(super) async fn write_receipt(
    receipts: &Container,
    receipt: &Receipt,
) -> Result<(), StoreError> {
    let id = &receipt.bundle;
    if let Some(digest) = &receipt.digest {
        write(receipts, &format!("{id}/receipts/{}.json", digest.short()), receipt).await?;
    }
    write(receipts, &format!("{id}/receipts/latest.json"), receipt).await
}

async fn write(
    receipts: &Container,
    key: &str,
    document: &impl serde::Serialize,
) -> Result<(), StoreError> {
    let garbled = |error: serde_json::Error| StoreError::garbled("write", key, &error.to_string());
    let bytes = serde_json::to_vec_pretty(document).map_err(garbled)?;
    receipts.write(key, bytes, Condition::Any).await.map(|_| ())
}
