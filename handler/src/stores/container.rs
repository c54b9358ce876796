//! One container, whatever is behind it.

use std::io;
use std::path::Path;

use bytes::Bytes;
use futures::Stream;

use super::{AzureContainer, Condition, ETag, Item, Lease, LeaseKind, LocalContainer, StoreError};

/// A container of objects by key.
#[derive(Debug, Clone)]
pub enum Container {
    /// A container of Azure Blob Storage.
    Azure(AzureContainer),
    /// A folder.
    Local(LocalContainer),
}

macro_rules! each {
    ($self:ident, $it:ident => $call:expr) => {
        match $self {
            Container::Azure($it) => $call,
            Container::Local($it) => $call,
        }
    };
}

impl Container {
    /// Creates the container when it does not exist.
    ///
    /// # Errors
    /// When the store refuses or cannot be reached.
    pub async fn ensure(&self) -> Result<(), StoreError> {
        each!(self, it => it.ensure().await)
    }

    /// Every object whose key starts with `prefix`, sorted by key: the whole list or an error. A container that does not
    /// exist is an error.
    ///
    /// # Errors
    /// When any part of the listing failed.
    pub async fn list(&self, prefix: &str) -> Result<Vec<Item>, StoreError> {
        each!(self, it => it.list(prefix).await)
    }

    /// The object without its content; `None` when it does not exist.
    ///
    /// # Errors
    /// When the store refuses or cannot be reached.
    pub async fn head(&self, key: &str) -> Result<Option<Item>, StoreError> {
        checked(key)?;
        each!(self, it => it.head(key).await)
    }

    /// A small object; `None` when it does not exist.
    ///
    /// # Errors
    /// When it has more than `max` bytes (`Rejected`), or changed while it was read (`Conflict`).
    pub async fn read(&self, key: &str, max: u64) -> Result<Option<(Vec<u8>, ETag)>, StoreError> {
        checked(key)?;
        each!(self, it => it.read(key, max).await)
    }

    /// Writes the object into `file`; `None` when it does not exist.
    ///
    /// # Errors
    /// When it has more than `max` bytes (`Rejected`), or another version than `expected` (`Conflict`); the file then
    /// holds a part.
    pub async fn download(
        &self,
        key: &str,
        expected: Option<&ETag>,
        file: &mut tokio::fs::File,
        max: u64,
    ) -> Result<Option<Item>, StoreError> {
        checked(key)?;
        each!(self, it => it.download(key, expected, file, max).await)
    }

    /// Writes a small object, and gives its version.
    ///
    /// # Errors
    /// `Conflict` when the condition does not hold: nothing was written.
    pub async fn write(
        &self,
        key: &str,
        content: Vec<u8>,
        when: Condition,
    ) -> Result<ETag, StoreError> {
        checked(key)?;
        each!(self, it => it.write(key, content, when).await)
    }

    /// Writes an object of any size; readers see the old one until all of it is there.
    ///
    /// # Errors
    /// When `content` fails or the store does: nothing was written.
    pub async fn write_stream<S>(&self, key: &str, content: S) -> Result<ETag, StoreError>
    where
        S: Stream<Item = io::Result<Bytes>> + Send + 'static,
    {
        checked(key)?;
        each!(self, it => it.write_stream(key, content).await)
    }

    /// Lets whoever may read the object run it, where a store has that: a folder on Unix.
    ///
    /// # Errors
    /// When the store refuses.
    pub async fn make_executable(&self, key: &str) -> Result<(), StoreError> {
        checked(key)?;
        match self {
            Self::Azure(_) => Ok(()),
            Self::Local(it) => it.make_executable(key).await,
        }
    }

    /// Deletes the object; one that does not exist is deleted.
    ///
    /// # Errors
    /// When the store refuses or cannot be reached.
    pub async fn delete(&self, key: &str) -> Result<(), StoreError> {
        checked(key)?;
        each!(self, it => it.delete(key).await)
    }

    /// Takes the lease `key` for `seconds` (15 to 60); `None` when another holds it. Its object is created when absent.
    ///
    /// # Errors
    /// When the store refuses or cannot be reached.
    pub async fn acquire(&self, key: &str, seconds: u8) -> Result<Option<Lease>, StoreError> {
        checked(key)?;
        each!(self, it => it.acquire(key, seconds).await)
    }

    /// Starts the time of a held lease anew.
    ///
    /// # Errors
    /// `Conflict` when the lease was lost.
    pub async fn renew(&self, lease: &Lease) -> Result<(), StoreError> {
        match (self, &lease.kind) {
            (Self::Azure(it), LeaseKind::Azure(id)) => it.renew(&lease.key, id).await,
            _ => Ok(()),
        }
    }

    /// Gives a held lease back; a lost one is given back.
    ///
    /// # Errors
    /// When the store cannot be reached: the lease then ends by its time.
    pub async fn release(&self, lease: Lease) -> Result<(), StoreError> {
        match (self, &lease.kind) {
            (Self::Azure(it), LeaseKind::Azure(id)) => it.release(&lease.key, id).await,
            _ => Ok(()),
        }
    }

    /// The address of the storage account, without a signature; `None` for a folder.
    pub fn account_url(&self) -> Option<&str> {
        match self {
            Self::Azure(it) => Some(it.account_url()),
            Self::Local(_) => None,
        }
    }

    /// The container's name, or the folder's.
    pub fn name(&self) -> &str {
        each!(self, it => it.name())
    }

    /// The folder; `None` for Azure.
    pub fn folder(&self) -> Option<&Path> {
        match self {
            Self::Azure(_) => None,
            Self::Local(it) => Some(it.root()),
        }
    }
}

/// Refuses keys that would reach another object: Azure takes `.` and `..` for the container, and cannot list a name with
/// control characters.
fn checked(key: &str) -> Result<(), StoreError> {
    let odd = |it: char| it.is_control() || matches!(it, '\\' | '\u{fffe}' | '\u{ffff}');
    let fits = (1..=1024).contains(&key.chars().count())
        && !key.contains(odd)
        && !key.split('/').any(|it| matches!(it, "" | "." | ".."));
    let refused = || StoreError::rejected("use the name", key, "it is no object's name");
    if fits { Ok(()) } else { Err(refused()) }
}
