//! Which bundles there are.

use std::collections::BTreeMap;

use domain::names::BundleId;

use crate::stores::{Container, Item, StoreError};

/// A bundle in the bundle container.
#[derive(Debug, Clone)]
pub struct Found {
    /// Its id.
    pub id: BundleId,
    /// Its blobs: more than one is a fault of its author.
    pub blobs: Vec<(Item, &'static str)>,
}

/// Every bundle, sorted by id; blobs that are no archive or have no valid name are left out.
///
/// # Errors
/// When the listing fails anywhere: a failed read is not a shorter list.
pub async fn bundles(container: &Container) -> Result<Vec<Found>, StoreError> {
    listed(container, "").await
}

/// The bundle `id`; without blobs when it is gone.
pub(super) async fn bundle(container: &Container, id: &BundleId) -> Result<Found, StoreError> {
    let found = listed(container, id.as_str()).await?;
    let gone = || Found { id: id.clone(), blobs: Vec::new() };
    Ok(found.into_iter().find(|it| it.id == *id).unwrap_or_else(gone))
}

async fn listed(container: &Container, prefix: &str) -> Result<Vec<Found>, StoreError> {
    let mut by_id: BTreeMap<BundleId, Vec<(Item, &'static str)>> = BTreeMap::new();
    for item in container.list(prefix).await? {
        match BundleId::of_blob(&item.key) {
            Some(Ok((id, extension))) => by_id.entry(id).or_default().push((item, extension)),
            Some(Err(error)) => tracing::info!(blob = item.key, %error, "ignored"),
            None => {}
        }
    }
    Ok(by_id.into_iter().map(|(id, blobs)| Found { id, blobs }).collect())
}
