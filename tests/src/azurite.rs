//! Real Azurite: Blob and Queue.

use std::process::Command;
use std::time::Duration;

use tempfile::TempDir;

use crate::process::{Running, free_port, http, until};
use crate::provision;

/// The account that every Azurite has, and its published key.
const ACCOUNT: &str = "devstoreaccount1";
const KEY: &str =
    "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

/// A running Azurite; ends with this value.
#[derive(Debug)]
pub struct Azurite {
    _running: Running,
    _dir: TempDir,
    /// For the product, workers and Prefect's blocks.
    pub connection: String,
}

impl Azurite {
    /// Starts one that keeps all in memory, and waits until it answers.
    ///
    /// # Errors
    /// When it cannot be installed or does not answer within a minute.
    pub async fn start() -> anyhow::Result<Self> {
        Self::with(&["--inMemoryPersistence"]).await
    }

    /// Starts one that keeps all in a temporary folder, for contents that are too large for memory.
    ///
    /// # Errors
    /// As [`Self::start`].
    pub async fn on_disk() -> anyhow::Result<Self> {
        Self::with(&[]).await
    }

    async fn with(options: &[&str]) -> anyhow::Result<Self> {
        let folder = tokio::task::spawn_blocking(provision::azurite).await??;
        let dir = tempfile::tempdir()?;
        let [blob, queue, table] = [free_port()?, free_port()?, free_port()?];
        let mut command = Command::new(folder.join("node_modules/.bin/node"));
        command
            .arg(folder.join("node_modules/azurite/dist/src/azurite.js"))
            .current_dir(dir.path());
        // stock workers speak a newer API version than this Azurite knows
        command.args(["--silent", "--disableTelemetry", "--skipApiVersionCheck"]);
        command.args(options);
        let ports = [("--blobPort", blob), ("--queuePort", queue), ("--tablePort", table)];
        command.args(ports.iter().flat_map(|(name, port)| [(*name).to_owned(), port.to_string()]));
        let running = Running::start(&mut command, &dir.path().join("azurite.log"))?;
        let client = http()?;
        for port in [blob, queue] {
            let url = format!("http://127.0.0.1:{port}/{ACCOUNT}?comp=list");
            until("Azurite", Duration::from_mins(1), || async {
                client.get(&url).send().await.ok()
            })
            .await?;
        }
        let connection = format!(
            "DefaultEndpointsProtocol=http;AccountName={ACCOUNT};AccountKey={KEY};\
             BlobEndpoint=http://127.0.0.1:{blob}/{ACCOUNT};QueueEndpoint=http://127.0.0.1:{queue}/{ACCOUNT};"
        );
        Ok(Self { _running: running, _dir: dir, connection })
    }
}
