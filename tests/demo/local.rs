//! The watched folder: `serve --local`.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context as _;
use serde_json::Value;
use tempfile::TempDir;
use world::prefect::Server;
use world::process::{Running, until};
use world::product;

use crate::{BUNDLE, RECEIPT, SECRET, settings};

/// A folder and the process that watches it; both end with this value.
pub(crate) struct Local {
    _serve: Running,
    dir: TempDir,
    /// The `ETag` of the upload before.
    before: Option<Value>,
}

impl Local {
    /// Starts the watcher.
    pub(crate) fn start(server: &Server) -> anyhow::Result<Self> {
        let dir = tempfile::tempdir()?;
        std::fs::create_dir_all(dir.path().join("bundles"))?;
        let mut command = product::command(&settings(&server.api))?;
        command.args(["serve", "--listen", "127.0.0.1:0", "--local"]).arg(dir.path());
        let serve = Running::start(&mut command, &dir.path().join("serve.log"))?;
        println!("   `serve --local` watches {}", dir.path().join("bundles").display());
        Ok(Self { _serve: serve, dir, before: None })
    }

    /// Drops `bundle` into the folder and waits for its receipt.
    pub(crate) async fn upload(&mut self, bundle: &[u8]) -> anyhow::Result<Value> {
        // written beside and renamed, so that no half of it is ever seen
        let beside = self.dir.path().join("hello.zip.part");
        std::fs::write(&beside, bundle)?;
        std::fs::rename(beside, self.dir.path().join("bundles").join(BUNDLE))?;
        let receipt = self.receipt().await?;
        self.before = receipt.get("etag").cloned();
        Ok(receipt)
    }

    /// Writes the file of secrets anew.
    pub(crate) fn rotate(&self, value: &str) -> anyhow::Result<()> {
        let text =
            format!("[{SECRET}]\nvalue = \"{value}\"\ntags = {{ prefect-block = \"{SECRET}\" }}\n");
        println!("   secrets.toml has it with another value");
        let beside = self.dir.path().join("secrets.toml.part");
        std::fs::write(&beside, text)?;
        Ok(std::fs::rename(beside, self.dir.path().join("secrets.toml"))?)
    }

    async fn receipt(&self) -> anyhow::Result<Value> {
        let path = self.folder().join(RECEIPT);
        let found = until("the receipt", Duration::from_secs(30), || async {
            let document: Value = serde_json::from_slice(&std::fs::read(&path).ok()?).ok()?;
            (document.get("etag") != self.before.as_ref()).then_some(document)
        });
        let log = || std::fs::read_to_string(self.dir.path().join("serve.log")).unwrap_or_default();
        found.await.with_context(log)
    }

    fn folder(&self) -> PathBuf {
        self.dir.path().join("receipts")
    }

    /// Where receipts are.
    pub(crate) fn receipts(&self) -> String {
        self.folder().display().to_string()
    }
}
