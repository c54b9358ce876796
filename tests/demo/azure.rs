//! The function app: Azurite for Blob and Queue, the host simulator for Event Grid, the queue trigger and the host.

use anyhow::Context as _;
use handler::stores::Condition;
use serde_json::Value;
use world::azurite::Azurite;
use world::events::blob_created;
use world::host::Host;
use world::prefect::Server;

use crate::{BUNDLE, RECEIPT, settings};

/// Azurite and the host with the packaged handler; all end with this value.
pub(crate) struct Azure {
    host: Host,
    _azurite: Azurite,
}

impl Azure {
    /// Starts both.
    pub(crate) async fn start(server: &Server) -> anyhow::Result<Self> {
        let azurite = Azurite::start().await?;
        // workers pull from Azurite with the account's key, out of a credentials block
        let copy = ("SYNC_CREDENTIALS_COPY", "true");
        let host = Host::start(&azurite, &[&settings(&server.api)[..], &[copy]].concat()).await?;
        println!(
            "   the packaged function app runs as process {}; its account is {}",
            host.id().await,
            host.stores.bundles.account_url().unwrap_or_default()
        );
        Ok(Self { host, _azurite: azurite })
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

    /// Where receipts are.
    pub(crate) fn receipts(&self) -> String {
        let receipts = &self.host.stores.receipts;
        format!("{}/{}", receipts.account_url().unwrap_or_default(), receipts.name())
    }
}
