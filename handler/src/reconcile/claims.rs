//! Which bundle declares a work pool. Pools have no tags, so it is noted beside the bundles: `.pools/<name>.json`.

use std::collections::BTreeMap;

use domain::bundle::sha256_hex;
use domain::desired::{Desired, Pool};
use domain::names::BundleId;
use serde::{Deserialize, Serialize};

use super::documents::{document, write};
use super::{Found, Task};
use crate::stores::{Condition, StoreError};

/// That a bundle declares a pool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Claim {
    /// Version of this document: 1.
    v: u32,
    pool: String,
    bundle: BundleId,
    /// RFC 3339.
    since: String,
}

/// Any name can be a pool's; most can be a blob's as they are.
fn key(pool: &str) -> String {
    let is_plain = |it: u8| it.is_ascii_alphanumeric() || b"-_".contains(&it);
    let is_plain = (1..=100).contains(&pool.len()) && pool.bytes().all(is_plain);
    let name = if is_plain { pool.to_owned() } else { format!(".{}", sha256_hex(pool.as_bytes())) };
    format!(".pools/{name}.json")
}

async fn read(task: &Task<'_>, pool: &str) -> Result<Option<Claim>, StoreError> {
    let key = key(pool);
    let found = document(&task.app.stores.receipts, &key).await?;
    let garbled = |error: serde_json::Error| {
        let why = format!("{error}; delete it: the next bundle that declares the pool has it then");
        StoreError::garbled("read", &key, &why)
    };
    found.map(serde_json::from_value).transpose().map_err(garbled)
}

/// The pools of `desired` that another bundle declares whose archive is still there.
///
/// # Errors
/// When that cannot be read: then nothing may be written.
pub(super) async fn others(
    task: &Task<'_>,
    desired: &Desired,
) -> Result<BTreeMap<String, BundleId>, StoreError> {
    let mut out = BTreeMap::new();
    for it in &desired.pools {
        let Some(claim) = read(task, &it.name).await? else { continue };
        if claim.bundle != *task.id
            && !Found::of(&task.app.stores.bundles, &claim.bundle).await?.blobs.is_empty()
        {
            out.insert(it.name.clone(), claim.bundle);
        }
    }
    Ok(out)
}

/// Notes that `pools` are this bundle's.
///
/// # Errors
/// When it cannot be written, or another bundle was quicker (`Conflict`): the next pass sees that.
pub(super) async fn take(task: &Task<'_>, pools: &[Pool]) -> Result<(), StoreError> {
    let receipts = &task.app.stores.receipts;
    for it in pools {
        let claim =
            Claim { v: 1, pool: it.name.clone(), bundle: task.id.clone(), since: task.app.now() };
        let key = key(&it.name);
        match read(task, &it.name).await? {
            Some(old) if old.bundle == *task.id => {}
            Some(_) => write(receipts, &key, &claim).await?,
            None => {
                let garbled =
                    |it: serde_json::Error| StoreError::garbled("write", &key, &it.to_string());
                let bytes = serde_json::to_vec_pretty(&claim).map_err(garbled)?;
                receipts.write(&key, bytes, Condition::IfAbsent).await?;
            }
        }
    }
    Ok(())
}

/// Forgets that pools are this bundle's: it does not declare them any more. They stay as they are.
///
/// # Errors
/// When it cannot be read or deleted.
pub(super) async fn release(
    task: &Task<'_>,
    pools: impl Iterator<Item = &String>,
) -> Result<(), StoreError> {
    for pool in pools {
        if read(task, pool).await?.is_some_and(|it| it.bundle == *task.id) {
            task.app.stores.receipts.delete(&key(pool)).await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn every_name_of_a_pool_has_a_key_of_its_own() {
        assert_eq!(key("aks-1"), ".pools/aks-1.json");
        let odd = ["../x", "a b", "", "ä", "a.json"].map(key);
        for (at, it) in odd.iter().enumerate() {
            assert_eq!(it.len(), ".pools/..json".len() + 64, "{it}");
            assert!(!odd[..at].contains(it), "{it}");
        }
        assert_ne!(key(&"a".repeat(101)), key(&"a".repeat(102)));
    }
}
