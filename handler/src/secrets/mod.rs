//! A vault of secrets: Azure Key Vault, or a local file. Only reading: nothing here changes a vault.

mod azure;
mod error;
mod local;
mod model;
mod value;

use std::path::Path;

use azure_core::http::ClientOptions;
use domain::secret::{Properties, SecretName};

pub use azure::AzureVault;
pub use error::VaultError;
pub use local::LocalVault;
pub use value::SecretValue;

use crate::config::VaultConfig;

/// What became of a secret that a vault does not have any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deleted {
    /// It can be recovered, by those who may.
    Recoverable,
    /// The vault knows nothing of it. Just after a deletion, and during a recovery, that is so for some seconds, too: who acts
    /// on it looks twice, with a while between.
    Purged,
}

/// A vault of secrets.
#[derive(Debug)]
pub enum Vault {
    /// Azure Key Vault.
    Azure(AzureVault),
    /// A file.
    Local(LocalVault),
}

impl Vault {
    /// The vault of `config`; nothing is sent yet.
    ///
    /// # Errors
    /// When no client can be made of the settings.
    pub(crate) fn open(config: &VaultConfig, options: ClientOptions) -> Result<Self, VaultError> {
        AzureVault::open(config, options).map(Self::Azure)
    }

    /// The vault `secrets.toml` in the folder `dir`; without that file it is empty.
    pub fn local(dir: &Path) -> Self {
        Self::Local(LocalVault::new(dir))
    }

    /// All secrets, by name, each as its current version has it: without a version or a value, disabled ones included.
    ///
    /// That a secret is not in here is the one proof that it is gone: it is the whole listing or an error.
    ///
    /// # Errors
    /// When a page of it cannot be read.
    pub async fn list(&self) -> Result<Vec<Properties>, VaultError> {
        match self {
            Self::Azure(it) => it.list().await,
            Self::Local(it) => it.list().await,
        }
    }

    /// All versions of `name`, in no order that counts; at least one.
    ///
    /// # Errors
    /// `Missing` when there is no such secret; else when a page cannot be read.
    pub async fn versions(&self, name: &SecretName) -> Result<Vec<Properties>, VaultError> {
        let versions = match self {
            Self::Azure(it) => it.versions(name).await?,
            Self::Local(it) => it.versions(name).await?,
        };
        if versions.is_empty() {
            return Err(VaultError::missing("list the versions of", name.as_str()));
        }
        Ok(versions)
    }

    /// The current version of `name`, and its value.
    ///
    /// # Errors
    /// `Disabled` when its value cannot be read until somebody enables it; `Missing` when there is no such secret.
    pub async fn read(&self, name: &SecretName) -> Result<(Properties, SecretValue), VaultError> {
        match self {
            Self::Azure(it) => it.read(name).await,
            Self::Local(it) => it.read(name).await,
        }
    }

    /// What became of `name`, which is not in the listing any more. A file keeps nothing of what was deleted.
    ///
    /// # Errors
    /// `Denied` when deleted secrets may not be looked at: that right is optional.
    pub async fn deleted(&self, name: &SecretName) -> Result<Deleted, VaultError> {
        match self {
            Self::Azure(it) => it.deleted(name).await,
            Self::Local(_) => Ok(Deleted::Purged),
        }
    }

    /// The name of the vault, as events have it: the first label of its host; `local` for a file.
    pub fn name(&self) -> &str {
        match self {
            Self::Azure(it) => it.name(),
            Self::Local(_) => "local",
        }
    }

    /// Where it is: an address without a slash at the end, or the path of the file.
    pub fn address(&self) -> String {
        match self {
            Self::Azure(it) => it.address().to_owned(),
            Self::Local(it) => it.file().display().to_string(),
        }
    }
}
