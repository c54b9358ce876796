//! Bundles, code, receipts, leases and queues: Azure or a local folder.

mod azure;
mod azure_lease;
mod connection;
mod container;
mod error;
mod local;
mod queue;
mod shared_key;
mod transfer;

use std::path::{Path, PathBuf};

pub use azure::AzureContainer;
pub use container::Container;
pub use error::StoreError;
pub use local::LocalContainer;
pub use queue::{Message, Peeked, Queue};

use azure_core::http::ClientOptions;

use crate::azure::{Unusable, options};
use crate::config::Config;

/// The version of an object; compared only for equality, without quotes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ETag(String);

impl ETag {
    /// `text` without its quotes: listings and headers differ in them.
    pub fn new(text: &str) -> Self {
        Self(text.trim_matches('"').to_owned())
    }

    /// The text without quotes.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An object of a container.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its name in the container.
    pub key: String,
    /// Its version.
    pub etag: ETag,
    /// Bytes.
    pub size: u64,
    /// Seconds since 1970.
    pub modified: Option<i64>,
}

/// When a write may happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// Always.
    Any,
    /// Only when the object does not exist.
    IfAbsent,
    /// Only when the object has that version.
    IfMatch(ETag),
}

/// A held lease; dropping it does not release an Azure lease, that ends by itself.
#[derive(Debug)]
pub struct Lease {
    key: String,
    kind: LeaseKind,
}

#[derive(Debug)]
enum LeaseKind {
    Azure(String),
    Local { _lock: std::fs::File },
}

/// The stores of one installation.
#[derive(Debug, Clone)]
pub struct Stores {
    /// The uploaded archives.
    pub bundles: Container,
    /// The unpacked code, by digest.
    pub code: Container,
    /// Receipts, state and leases.
    pub receipts: Container,
    /// Jobs; `None` for a folder.
    pub jobs: Option<Queue>,
    /// Jobs that were given up; made when the first one comes. `None` for a folder.
    pub poison: Option<Queue>,
    /// Raw storage events, read by `serve`; `None` for a folder.
    pub events: Option<Queue>,
}

impl Stores {
    /// The stores of Azure Storage; nothing is sent yet.
    ///
    /// # Errors
    /// `Rejected` when the settings cannot be used, or nothing of Azure is configured.
    pub fn open(config: &Config) -> Result<Self, StoreError> {
        let unusable =
            |it: Unusable| StoreError::rejected(connection::OPERATION, it.setting, &it.why);
        Self::with(config, options(config).map_err(unusable)?)
    }

    /// As [`Self::open`], with the transport that `options` has.
    pub(crate) fn with(config: &Config, options: ClientOptions) -> Result<Self, StoreError> {
        connection::open(config, options)
    }

    /// The stores below `dir`: `bundles`, `code`, `receipts`.
    pub fn local(dir: &Path) -> Self {
        let container = |name: &str| Container::Local(LocalContainer::new(dir.join(name)));
        let (bundles, code) = (container("bundles"), container("code"));
        let receipts = container("receipts");
        Self { bundles, code, receipts, jobs: None, poison: None, events: None }
    }

    /// Creates the containers and queues that do not exist.
    ///
    /// # Errors
    /// The first that failed.
    pub async fn ensure(&self) -> Result<(), StoreError> {
        for container in [&self.bundles, &self.code, &self.receipts] {
            container.ensure().await?;
        }
        for queue in self.jobs.iter().chain(&self.events) {
            queue.ensure().await?;
        }
        Ok(())
    }
}

/// A path in `root`, for a checked key.
fn path_of(root: &Path, key: &str) -> PathBuf {
    key.split('/').fold(root.to_owned(), |path, segment| path.join(segment))
}

#[cfg(test)]
mod tests;
