//! The handler's process, as the host starts, watches and restarts it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use serde_json::Value;

use crate::process::{Running, free_port, http, until};

/// The host gives up when its handler dies this often within half an hour.
const CRASHES: u32 = 3;

/// The process and how often it died.
#[derive(Debug)]
pub(super) struct Worker {
    package: PathBuf,
    settings: Vec<(String, String)>,
    running: Running,
    port: u16,
    crashes: u32,
}

impl Worker {
    /// Starts what host.json of `package` names and waits for any answer of its port.
    pub(super) async fn start(
        package: &Path,
        settings: &[(String, String)],
    ) -> anyhow::Result<Self> {
        let port = free_port()?;
        let running = start(package, settings, port)?;
        let (package, settings) = (package.to_owned(), settings.to_vec());
        let worker = Self { package, settings, running, port, crashes: 0 };
        worker.probe().await?;
        Ok(worker)
    }

    /// The port of the living handler; one that died is started anew, on another port.
    pub(super) async fn ready(&mut self) -> anyhow::Result<u16> {
        if let Some(status) = self.running.over()? {
            ensure!(!status.success(), "a handler that ends with 0 is never started again");
            self.crashes += 1;
            ensure!(self.crashes < CRASHES, "the handler died {CRASHES} times: the host stops");
            self.restart().await?;
        }
        Ok(self.port)
    }

    /// SIGKILL, as the host ends its handler.
    pub(super) fn kill(&mut self) {
        self.running.kill();
    }

    pub(super) async fn restart(&mut self) -> anyhow::Result<()> {
        self.running.kill();
        self.port = free_port()?;
        self.running = start(&self.package, &self.settings, self.port)?;
        self.probe().await
    }

    pub(super) fn id(&self) -> u32 {
        self.running.id()
    }

    async fn probe(&self) -> anyhow::Result<()> {
        let (client, url) = (http()?, format!("http://127.0.0.1:{}/", self.port));
        let look = || async { client.get(&url).send().await.ok() };
        until("the handler", Duration::from_mins(2), look).await.map(|_| ())
    }
}

pub(super) fn log_file(package: &Path) -> PathBuf {
    package.join("handler.log")
}

/// Starts what host.json names, with the variables that the host sets.
fn start(package: &Path, settings: &[(String, String)], port: u16) -> anyhow::Result<Running> {
    let host: Value = serde_json::from_slice(&std::fs::read(package.join("host.json"))?)?;
    let path =
        host.pointer("/customHandler/description/defaultExecutablePath").and_then(Value::as_str);
    let mut command = Command::new(package.join(path.context("host.json names no executable")?));
    let id = uuid::Uuid::new_v4().to_string();
    command
        .env_clear()
        .envs(settings.iter().map(|(name, value)| (name, value)))
        .current_dir(package);
    for name in ["FUNCTIONS_CUSTOMHANDLER_PORT", "FUNCTIONS_HTTPWORKER_PORT"] {
        command.env(name, port.to_string());
    }
    for name in ["FUNCTIONS_CUSTOMHANDLER_WORKER_ID", "FUNCTIONS_HTTPWORKER_ID"] {
        command.env(name, &id);
    }
    command.env("FUNCTIONS_APP_ROOT_PATH", package);
    Running::start(&mut command, &log_file(package))
}
