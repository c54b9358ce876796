//! The clients, the policy and the limits; built once.

use std::path::Path;
use std::sync::Arc;

use domain::declare::Code;
use serde_json::{Value, json};

use crate::config::{Config, Storage};
use crate::prefect::Client;
use crate::secrets::Vault;
use crate::stores::Stores;

/// Everything a reconcile needs.
pub struct App {
    /// The settings.
    pub config: Config,
    /// Prefect's API.
    pub prefect: Client,
    /// Bundles, code, receipts and queues.
    pub stores: Stores,
    /// The secrets; `None` when no vault is configured.
    pub vault: Option<Arc<Vault>>,
    /// The folder of `serve --local`.
    pub local: Option<std::path::PathBuf>,
}

impl App {
    /// The app on Azure, or on the folder `local`.
    ///
    /// # Errors
    /// When a client cannot be built.
    pub fn open(config: Config, local: Option<&Path>) -> anyhow::Result<Self> {
        let (stores, vault) = Self::azure_or(&config, local)?;
        let vault = vault.map(Arc::new);
        let prefect = Client::new(&config.prefect, vault.as_ref())?;
        let local = local.map(std::path::absolute).transpose()?;
        Ok(Self { config, prefect, stores, vault, local })
    }

    /// What is Azure's shares one transport. A vault that is configured is used beside a folder, too.
    fn azure_or(config: &Config, local: Option<&Path>) -> anyhow::Result<(Stores, Option<Vault>)> {
        let options = || crate::azure::options(config);
        Ok(match (local, &config.vault) {
            (Some(folder), None) => (Stores::local(folder), Some(Vault::local(folder))),
            (Some(folder), Some(vault)) => {
                (Stores::local(folder), Some(Vault::open(vault, options()?)?))
            }
            (None, None) => (Stores::open(config)?, None),
            (None, Some(vault)) => {
                let options = options()?;
                (Stores::with(config, options.clone())?, Some(Vault::open(vault, options)?))
            }
        })
    }

    /// The vault of `config` alone, for what needs nothing else of Azure.
    ///
    /// # Errors
    /// When no client can be made of the settings.
    pub fn vault_of(config: &Config) -> anyhow::Result<Option<Arc<Vault>>> {
        let Some(vault) = &config.vault else { return Ok(None) };
        Ok(Some(Arc::new(Vault::open(vault, crate::azure::options(config)?)?)))
    }

    /// Whether workers pull from Blob, with the credentials block.
    pub fn code_in_blob(&self) -> bool {
        self.local.is_none()
    }

    /// Where workers find `folder` of the code store.
    pub fn code(&self, folder: &str) -> Code {
        match &self.local {
            Some(root) => Code::Folder(format!("{}/code/{folder}", root.display())),
            None => staged(&self.config, folder),
        }
    }

    /// The data of a credentials block that is made: the account's address, or our connection string where allowed.
    pub fn credentials(&self) -> Value {
        match &self.config.storage {
            Some(Storage::ConnectionString(text)) if self.config.credentials_copy => {
                json!({"connection_string": text.expose()})
            }
            _ => json!({"account_url": self.stores.code.account_url()}),
        }
    }

    /// Now.
    pub fn clock(&self) -> jiff::Timestamp {
        jiff::Timestamp::now()
    }

    /// Now, RFC 3339.
    pub fn now(&self) -> String {
        self.clock().to_string()
    }
}

/// `folder` of the code container, where workers find what is uploaded.
pub fn staged(config: &Config, folder: &str) -> Code {
    Code::Blob {
        container: config.code_container.clone(),
        folder: folder.to_owned(),
        credentials: config.credentials_block.clone(),
        storage: config.storage_block.clone(),
    }
}

impl App {
    /// Which events are ours.
    pub fn places(&self) -> domain::event::Places {
        let url = self.stores.bundles.account_url().unwrap_or_default();
        let host = url
            .split_once("://")
            .map_or("", |(_, it)| it)
            .split(['.', '/', ':'])
            .next()
            .unwrap_or_default();
        let account = url.contains(".blob.").then(|| host.to_owned());
        let vault = self.vault.as_ref().map(|it| it.name().to_owned());
        domain::event::Places { account, container: self.config.bundles_container.clone(), vault }
    }
}
