//! Real Azurite: Blob and Queue.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use tempfile::TempDir;

use crate::process::{Running, free_port, trusting, until};
use crate::provision;

/// The account that every Azurite has, and its published key.
const ACCOUNT: &str = "devstoreaccount1";
const KEY: &str =
    "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

const CERTIFICATE: &str = "certificate.pem";
const PRIVATE_KEY: &str = "key.pem";

/// A running Azurite; ends with this value.
#[derive(Debug)]
pub struct Azurite {
    _running: Running,
    dir: TempDir,
    tls: bool,
    /// For the product, workers and Prefect's blocks.
    pub connection: String,
    /// The endpoint of Blob, with the account's path.
    pub blob: String,
    /// The endpoint of Queue, with the account's path.
    pub queue: String,
}

impl Azurite {
    /// Starts one that keeps all in memory, and waits until it answers.
    ///
    /// # Errors
    /// When it cannot be installed or does not answer within 3 minutes.
    pub async fn start() -> anyhow::Result<Self> {
        Self::with(&["--inMemoryPersistence"], false).await
    }

    /// Starts one that keeps all in a temporary folder, for contents that are too large for memory.
    ///
    /// # Errors
    /// As [`Self::start`].
    pub async fn on_disk() -> anyhow::Result<Self> {
        Self::with(&[], false).await
    }

    /// Starts one that speaks TLS with a certificate of its own and takes bearer tokens, as Azure does.
    ///
    /// # Errors
    /// As [`Self::start`].
    pub async fn tls() -> anyhow::Result<Self> {
        Self::with(&["--inMemoryPersistence", "--oauth", "basic"], true).await
    }

    /// The root certificate that a client must trust; `None` without TLS.
    pub fn root(&self) -> Option<PathBuf> {
        self.tls.then(|| self.dir.path().join(CERTIFICATE))
    }

    async fn with(options: &[&str], tls: bool) -> anyhow::Result<Self> {
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
        if tls {
            certificate(dir.path())?;
            command.args(["--cert", CERTIFICATE, "--key", PRIVATE_KEY]);
        }
        let ports = [("--blobPort", blob), ("--queuePort", queue), ("--tablePort", table)];
        command.args(ports.iter().flat_map(|(name, port)| [(*name).to_owned(), port.to_string()]));
        let running = Running::start(&mut command, &dir.path().join("azurite.log"))?;
        let scheme = if tls { "https" } else { "http" };
        let at = |port: u16| format!("{scheme}://127.0.0.1:{port}/{ACCOUNT}");
        let (blob, queue) = (at(blob), at(queue));
        let connection = format!(
            "DefaultEndpointsProtocol={scheme};AccountName={ACCOUNT};AccountKey={KEY};\
             BlobEndpoint={blob};QueueEndpoint={queue};"
        );
        let azurite = Self { _running: running, dir, tls, connection, blob, queue };
        azurite.answers().await?;
        Ok(azurite)
    }

    async fn answers(&self) -> anyhow::Result<()> {
        let client = trusting(self.root().as_deref())?;
        for endpoint in [&self.blob, &self.queue] {
            let url = format!("{endpoint}?comp=list");
            let look = || async { client.get(&url).send().await.ok() };
            until("Azurite", Duration::from_mins(3), look).await?;
        }
        Ok(())
    }
}

/// A certificate for 127.0.0.1 that signs itself, and its key, as files of `folder`.
fn certificate(folder: &Path) -> anyhow::Result<()> {
    let made = rcgen::generate_simple_self_signed(vec!["127.0.0.1".to_owned()])?;
    std::fs::write(folder.join(CERTIFICATE), made.cert.pem())?;
    Ok(std::fs::write(folder.join(PRIVATE_KEY), made.signing_key.serialize_pem())?)
}
