//! The function app: Azurite for Blob and Queue, the host simulator for Event Grid, the queue trigger and the host.

use anyhow::Context as _;
use handler::stores::Condition;
use serde_json::Value;
use world::azurite::Azurite;
use world::events::{blob_created, of_secret};
use world::host::Host;
use world::prefect::Server;
use world::vault::{Draft, Vault, Vaults};

use crate::{BUNDLE, RECEIPT, SECRET, settings};

/// Azurite and the host with the packaged handler; all end with this value.
pub(crate) struct Azure {
    host: Host,
    vault: Vault,
    _azurite: Azurite,
}

const VAULT: &str = "demo-vault";

impl Azure {
    /// Starts both.
    pub(crate) async fn start(server: &Server) -> anyhow::Result<Self> {
        let azurite = Azurite::start().await?;
        // workers pull from Azurite with the account's key, out of a credentials block
        let copy = ("SYNC_CREDENTIALS_COPY", "true");
        let vault = Vaults::start().await?.vault(VAULT);
        let of_vault = vault.settings();
        let of_vault: Vec<_> = of_vault.iter().map(|(name, it)| (*name, it.as_str())).collect();
        let settings = [&settings(&server.api)[..], &[copy], &of_vault].concat();
        let host = Host::start(&azurite, &settings).await?;
        println!(
            "   the packaged function app runs as process {}; its account is {}",
            host.id().await,
            host.stores.bundles.account_url().unwrap_or_default()
        );
        Ok(Self { host, vault, _azurite: azurite })
    }

    /// Uploads `bundle`, delivers the event, runs the jobs of the queue, and reads the receipt.
    pub(crate) async fn upload(&self, bundle: Vec<u8>) -> anyhow::Result<Value> {
        let stores = &self.host.stores;
        let etag = stores.bundles.write(BUNDLE, bundle, Condition::Any).await?;
        println!("   the container `{}` has it: ETag {}", stores.bundles.name(), etag.as_str());
        self.host.events(&[blob_created(BUNDLE, &etag)]).await?;
        println!("   Event Grid's event is delivered to StorageEvents, which queues a job");
        println!("   jobs that SyncJob has done: {}", self.host.pump().await?);
        let found = stores.receipts.read(RECEIPT, 1 << 20).await?;
        let (receipt, _) = found.with_context(|| self.host.log().unwrap_or_default())?;
        Ok(serde_json::from_slice(&receipt)?)
    }

    /// Makes a new version in the stand-in for Key Vault, and delivers its event.
    pub(crate) async fn rotate(&self, value: &str) -> anyhow::Result<()> {
        let version = self.vault.put(SECRET, Draft::new(value).tag("prefect-block", SECRET))?;
        println!("   the vault `{VAULT}` has it: version {version}");
        let event = of_secret(VAULT, SECRET, "SecretNewVersionCreated");
        self.host.invoke("VaultEvents", event).await?;
        println!("   jobs that SyncJob has done: {}", self.host.settled().await?);
        Ok(())
    }

    /// Where receipts are.
    pub(crate) fn receipts(&self) -> String {
        let receipts = &self.host.stores.receipts;
        format!("{}/{}", receipts.account_url().unwrap_or_default(), receipts.name())
    }
}
