//! A real Prefect server, and a stock worker.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::Context as _;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::process::{Running, free_port, http, until};
use crate::provision;

/// Prefect 3.
pub const THREE: &str = "3.9.1";
/// Prefect 2.
pub const TWO: &str = "2.20.27";

/// A server with a database of its own; ends with this value.
#[derive(Debug)]
pub struct Server {
    running: Running,
    home: TempDir,
    venv: PathBuf,
    password: Option<String>,
    client: reqwest::Client,
    /// `http://127.0.0.1:PORT/api`
    pub api: String,
}

impl Server {
    /// Starts Prefect `version` and waits until it answers.
    ///
    /// # Errors
    /// When it cannot be installed or does not answer within 5 minutes.
    pub async fn start(version: &'static str) -> anyhow::Result<Self> {
        Self::start_with(version, &[], None).await
    }

    /// Starts it with `settings`; `password` is the `user:password` that they want.
    ///
    /// # Errors
    /// As [`Self::start`].
    pub async fn start_with(
        version: &'static str,
        settings: &[(&str, &str)],
        password: Option<&str>,
    ) -> anyhow::Result<Self> {
        let venv = tokio::task::spawn_blocking(move || provision::prefect(version)).await??;
        let home = tempfile::tempdir()?;
        let port = free_port()?;
        let mut command = Command::new(venv.join("bin/prefect"));
        command.args(["server", "start", "--host", "127.0.0.1", "--port", &port.to_string()]);
        command.env("PREFECT_HOME", home.path()).env("PREFECT_SERVER_ANALYTICS_ENABLED", "false");
        command.env("DO_NOT_TRACK", "1").current_dir(home.path());
        command.envs(settings.iter().copied());
        let running = Running::start(&mut command, &home.path().join("server.log"))?;
        let api = format!("http://127.0.0.1:{port}/api");
        let password = password.map(str::to_owned);
        let server = Self { running, home, venv, client: http()?, api, password };
        until("the Prefect server", Duration::from_mins(5), || server.healthy()).await?;
        Ok(server)
    }

    async fn healthy(&self) -> Option<()> {
        let answer = self.client.get(format!("{}/health", self.api)).send().await.ok()?;
        answer.status().is_success().then_some(())
    }

    /// Sends one request, again while `SQLite` is busy (503), and gives the answer's JSON.
    ///
    /// # Errors
    /// When the server refuses it.
    pub async fn post(&self, path: &str, body: Value) -> anyhow::Result<Value> {
        let request = self.client.post(format!("{}{path}", self.api)).json(&body);
        let answer = once_not_busy(self.allowed(request)).await?;
        let status = answer.status();
        let text = answer.text().await?;
        anyhow::ensure!(status.is_success(), "{path}: {status}: {text}");
        serde_json::from_str(&text).with_context(|| path.to_owned())
    }

    /// The JSON of `path`, asked for again while `SQLite` is busy (503).
    ///
    /// # Errors
    /// When the server refuses it.
    pub async fn get(&self, path: &str) -> anyhow::Result<Value> {
        let request = self.client.get(format!("{}{path}", self.api));
        let answer = once_not_busy(self.allowed(request)).await?;
        let status = answer.status();
        let text = answer.text().await?;
        anyhow::ensure!(status.is_success(), "{path}: {status}: {text}");
        serde_json::from_str(&text).with_context(|| path.to_owned())
    }

    /// `request` with the password, where the server has one.
    fn allowed(&self, request: reqwest::RequestBuilder) -> reqwest::RequestBuilder {
        match self.password.as_ref().and_then(|it| it.split_once(':')) {
            Some((user, password)) => request.basic_auth(user, Some(password)),
            None => request,
        }
    }

    /// Sends a PATCH.
    ///
    /// # Errors
    /// When the server refuses it.
    pub async fn patch(&self, path: &str, body: Value) -> anyhow::Result<()> {
        self.send(reqwest::Method::PATCH, path, body).await
    }

    /// Sends a PUT.
    ///
    /// # Errors
    /// When the server refuses it.
    pub async fn put(&self, path: &str, body: Value) -> anyhow::Result<()> {
        self.send(reqwest::Method::PUT, path, body).await
    }

    async fn send(&self, method: reqwest::Method, path: &str, body: Value) -> anyhow::Result<()> {
        // SQLite is locked now and then
        until(path, Duration::from_mins(1), || async {
            let request = self.client.request(method.clone(), format!("{}{path}", self.api));
            let answer = request.json(&body).send().await;
            answer.ok().filter(|it| it.status().is_success())
        })
        .await
        .map(|_| ())
    }

    /// Sends a DELETE.
    ///
    /// # Errors
    /// When the server refuses it for a minute.
    pub async fn delete(&self, path: &str) -> anyhow::Result<()> {
        // SQLite is locked now and then
        until(path, Duration::from_mins(1), || async {
            let answer = self.client.delete(format!("{}{path}", self.api)).send().await.ok()?;
            (answer.status().is_success() || answer.status().as_u16() == 404).then_some(())
        })
        .await
    }

    /// Saves a block as a person would; gives its id.
    ///
    /// # Errors
    /// When the server refuses it.
    pub async fn block(&self, r#type: &str, name: &str, data: Value) -> anyhow::Result<Value> {
        let kind = self.get(&format!("/block_types/slug/{type}")).await?;
        let filter = json!({"block_schemas": {"block_type_id": {"any_": [kind["id"]]}}});
        let schemas = self.post("/block_schemas/filter", filter).await?;
        let body = json!({"name": name, "data": data, "block_type_id": kind["id"],
            "block_schema_id": schemas[0]["id"]});
        Ok(self.post("/block_documents/", body).await?["id"].clone())
    }

    /// Has a worker of that name come online in `pool`.
    ///
    /// # Errors
    /// When the server refuses it.
    pub async fn heartbeat(&self, pool: &str, worker: &str) -> anyhow::Result<()> {
        let path = format!("/work_pools/{pool}/workers/heartbeat");
        // SQLite is locked now and then
        until(&path, Duration::from_mins(1), || async {
            // it counts as online for three times as long
            let body = json!({"name": worker, "heartbeat_interval_seconds": 300});
            let sent = self.client.post(format!("{}{path}", self.api)).json(&body).send().await;
            sent.ok().filter(|it| it.status().is_success())
        })
        .await
        .map(|_| ())
    }

    /// The record of a deployment.
    ///
    /// # Errors
    /// When there is none.
    pub async fn deployment(&self, flow: &str, name: &str) -> anyhow::Result<Value> {
        self.get(&format!("/deployments/name/{flow}/{name}")).await
    }

    /// Every deployment's name.
    ///
    /// # Errors
    /// When the server does not answer.
    pub async fn names(&self) -> anyhow::Result<Vec<String>> {
        let list = self.post("/deployments/filter", json!({"sort": "NAME_ASC"})).await?;
        let names = list
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|it| it.get("name")?.as_str().map(str::to_owned));
        Ok(names.collect())
    }

    /// Starts a run of the deployment `id` and waits until a worker of `pool` has ended it; gives the state's name.
    ///
    /// # Errors
    /// When it does not end within 5 minutes.
    pub async fn run(
        &self,
        id: &str,
        pool: &str,
        environment: &[(&str, &str)],
    ) -> anyhow::Result<String> {
        self.run_by(id, &["worker", "start", "--pool", pool, "--type", "process"], environment)
            .await
    }

    /// The message of the runs of the deployment `id` that has `text`, once it is there.
    ///
    /// # Errors
    /// When there is none within a minute.
    pub async fn logged(&self, id: &Value, text: &str) -> anyhow::Result<String> {
        let runs = json!({"flow_runs": {"deployment_id": {"any_": [id]}}});
        let runs = self.post("/flow_runs/filter", runs).await?;
        let runs: Vec<&Value> =
            runs.as_array().into_iter().flatten().filter_map(|it| it.get("id")).collect();
        let filter = json!({"logs": {"flow_run_id": {"any_": runs}}});
        until("the logs of the run", Duration::from_mins(1), || async {
            let logs = self.post("/logs/filter", filter.clone()).await.ok()?;
            let mut messages = logs.as_array()?.iter().filter_map(|it| it.get("message")?.as_str());
            messages.find(|it| it.contains(text)).map(str::to_owned)
        })
        .await
    }

    /// Starts a run of the deployment `id` and waits until what `prefect` with `arguments` starts has ended it.
    ///
    /// # Errors
    /// As [`Self::run`].
    pub async fn run_by(
        &self,
        id: &str,
        arguments: &[&str],
        environment: &[(&str, &str)],
    ) -> anyhow::Result<String> {
        let made = self.post(&format!("/deployments/{id}/create_flow_run"), json!({})).await?;
        let run = made.get("id").and_then(Value::as_str).context("no run")?.to_owned();
        let mut command = Command::new(self.venv.join("bin/prefect"));
        command.args(arguments);
        command.env("PREFECT_HOME", self.home.path()).env("PREFECT_API_URL", &self.api);
        command.envs(environment.iter().copied()).current_dir(self.home.path());
        let old = std::env::var_os("PATH").unwrap_or_default();
        let path = format!("{}:{}", self.venv.join("bin").display(), old.display());
        command.env("PATH", path);
        let _worker = Running::start(&mut command, &self.home.path().join("worker.log"))?;
        let ended = until("the flow run", Duration::from_mins(5), || self.ended(&run)).await;
        let log =
            || std::fs::read_to_string(self.home.path().join("worker.log")).unwrap_or_default();
        let state = ended.with_context(log)?;
        anyhow::ensure!(state == "Completed", "the flow run ended as {state}:\n{}", log());
        Ok(state)
    }

    async fn ended(&self, run: &str) -> Option<String> {
        let answer = self.client.get(format!("{}/flow_runs/{run}", self.api)).send().await.ok()?;
        let record: Value = answer.json().await.ok()?;
        let name = record.pointer("/state/name")?.as_str()?.to_owned();
        ["Completed", "Failed", "Crashed", "Cancelled"].contains(&name.as_str()).then_some(name)
    }

    /// Runs `prefect` of the same version in `folder`, against this server, with `environment` besides.
    ///
    /// # Errors
    /// When it fails.
    pub fn prefect(
        &self,
        folder: &Path,
        arguments: &[&str],
        environment: &[(&str, &str)],
    ) -> anyhow::Result<()> {
        let mut command = Command::new(self.venv.join("bin/prefect"));
        command.args(arguments).current_dir(folder).envs(environment.iter().copied());
        self.output(&mut command)?;
        Ok(())
    }

    /// What the Python `script` prints as JSON, run with the Prefect of the same version, against this server.
    ///
    /// # Errors
    /// When it fails.
    pub fn script(&self, script: &str, arguments: &[&str]) -> anyhow::Result<Value> {
        let mut command = Command::new(self.venv.join("bin/python"));
        command.args(["-W", "ignore", "-c", script]).args(arguments).current_dir(self.home.path());
        let text = self.output(&mut command)?;
        serde_json::from_str(&text).with_context(|| text)
    }

    fn output(&self, command: &mut Command) -> anyhow::Result<String> {
        let output = command
            .stdin(std::process::Stdio::null())
            .env("PREFECT_HOME", self.home.path())
            .env("PREFECT_API_URL", &self.api)
            .env("DO_NOT_TRACK", "1")
            .output()?;
        let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
        let stderr = String::from_utf8_lossy(&output.stderr);
        anyhow::ensure!(output.status.success(), "{command:?}: {stdout}{stderr}");
        Ok(stdout)
    }

    /// The process id of the server.
    pub fn id(&self) -> u32 {
        self.running.id()
    }
}

/// The answer to `request`, sent again for at most half a minute while it is 503.
async fn once_not_busy(request: reqwest::RequestBuilder) -> anyhow::Result<reqwest::Response> {
    let again = || request.try_clone().context("a body that cannot be sent again");
    for _ in 0..30 {
        let answer = again()?.send().await?;
        if answer.status() != reqwest::StatusCode::SERVICE_UNAVAILABLE {
            return Ok(answer);
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    Ok(again()?.send().await?)
}
