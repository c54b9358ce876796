//! Which bundles there are.

use std::collections::BTreeMap;

use domain::names::{BundleId, NameError};

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
    let (found, ignored) = Found::all(container).await?;
    for (blob, error) in ignored {
        tracing::info!(blob, %error, "ignored");
    }
    Ok(found)
}

impl Found {
    /// The bundle `id`; without blobs when there is none.
    ///
    /// Listed by its name with the dot, as a blob's extension may be written in any case.
    ///
    /// # Errors
    /// When its blobs cannot be listed.
    pub async fn of(container: &Container, id: &BundleId) -> Result<Self, StoreError> {
        let (found, _) = listed(container, &format!("{id}.")).await?;
        let gone = || Self { id: id.clone(), blobs: Vec::new() };
        Ok(found.into_iter().find(|it| it.id == *id).unwrap_or_else(gone))
    }

    /// Every bundle, sorted by id, and the archives that are ignored since their name is no bundle id, with the reason.
    ///
    /// # Errors
    /// When the listing fails anywhere.
    pub async fn all(container: &Container) -> Result<(Vec<Self>, Ignored), StoreError> {
        listed(container, "").await
    }
}

/// The names of archives that are no bundles, with the reason.
type Ignored = BTreeMap<String, NameError>;

async fn listed(container: &Container, prefix: &str) -> Result<(Vec<Found>, Ignored), StoreError> {
    let mut by_id: BTreeMap<BundleId, Vec<(Item, &'static str)>> = BTreeMap::new();
    let mut ignored = Ignored::new();
    for item in container.list(prefix).await? {
        match BundleId::of_blob(&item.key) {
            Some(Ok((id, extension))) => by_id.entry(id).or_default().push((item, extension)),
            Some(Err(error)) => drop(ignored.insert(item.key, error)),
            None => {}
        }
    }
    let found = by_id.into_iter().map(|(id, blobs)| Found { id, blobs }).collect();
    Ok((found, ignored))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stores::{Condition, Stores};

    #[tokio::test]
    async fn a_bundle_has_the_blobs_of_its_name_in_any_case_of_the_extension_and_no_others() {
        let dir = tempfile::tempdir().unwrap();
        let bundles = Stores::local(dir.path()).bundles;
        for key in ["a/b.ZIP", "a/b.tgz", "a/bc.zip", "a/b.c.zip", "a/b/c.zip", "a/b.txt"] {
            bundles.write(key, Vec::new(), Condition::Any).await.unwrap();
        }
        let found = Found::of(&bundles, &BundleId::new("a/b").unwrap()).await.unwrap();
        let keys: Vec<&str> = found.blobs.iter().map(|(item, _)| item.key.as_str()).collect();
        assert_eq!(keys, ["a/b.ZIP", "a/b.tgz"]);
        let gone = Found::of(&bundles, &BundleId::new("a").unwrap()).await.unwrap();
        assert!(gone.blobs.is_empty());
    }
}
