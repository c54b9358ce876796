//! Leases of blobs.

use azure_storage_blob::models::BlobClientAcquireLeaseOptions;

use super::azure::{AzureContainer, SMALL, within};
use super::{Condition, Lease, LeaseKind, StoreError};

impl AzureContainer {
    pub(super) async fn acquire(
        &self,
        key: &str,
        seconds: u8,
    ) -> Result<Option<Lease>, StoreError> {
        // A proposed id makes a retry answer as the first try did, whose answer may be lost.
        let id = uuid::Uuid::new_v4().to_string();
        for _ in 0..2 {
            let options = BlobClientAcquireLeaseOptions {
                proposed_lease_id: Some(id.clone()),
                ..Default::default()
            };
            let blob = self.blob(key);
            let call = blob.acquire_lease(i32::from(seconds), Some(options));
            match within(("lease", key), SMALL, call).await {
                Ok(_) => {
                    return Ok(Some(Lease { key: key.to_owned(), kind: LeaseKind::Azure(id) }));
                }
                Err(StoreError::Conflict(_)) => return Ok(None),
                Err(error) if error.is_absent() => {}
                Err(error) => return Err(error),
            }
            match self.write(key, Vec::new(), Condition::IfAbsent).await {
                Ok(_) | Err(StoreError::Conflict(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }

    pub(super) async fn renew(&self, key: &str, id: &str) -> Result<(), StoreError> {
        within(("renew the lease", key), SMALL, self.blob(key).renew_lease(id.to_owned(), None))
            .await
            .map(|_| ())
    }

    pub(super) async fn release(&self, key: &str, id: &str) -> Result<(), StoreError> {
        match within(
            ("release the lease", key),
            SMALL,
            self.blob(key).release_lease(id.to_owned(), None),
        )
        .await
        {
            Ok(_)
            | Err(StoreError::Conflict(_) | StoreError::Missing(_) | StoreError::NoContainer(_)) => {
                Ok(())
            }
            Err(error) => Err(error),
        }
    }
}
