//! A simulator of the Functions host: starts the packaged binary as the host does, and takes its answers as the host would.
//!
//! What it checks of an answer: 2xx, `application/json`, a JSON object (an empty one or `null` would hang the real host until
//! its timeout), `Logs` a list of strings, queue outputs an array of strings, HTTP outputs with `statusCode`.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use handler::config::Config;
use handler::stores::Stores;
use serde_json::{Map, Value, json};
use tempfile::TempDir;

use crate::azurite::Azurite;
use crate::process::{Running, free_port, http, until};
use crate::product;

/// How often a message is tried before it is poison (host.json).
const MAX_DEQUEUE: u64 = 5;

/// The host with the handler that it started.
#[derive(Debug)]
pub struct Host {
    package: TempDir,
    settings: Vec<(String, String)>,
    running: Running,
    client: reqwest::Client,
    port: u16,
    /// Containers and queues of the settings, as a person with the portal sees them.
    pub stores: Stores,
}

impl Host {
    /// Packages the binary, creates containers and queues, starts the handler and waits for its first answer.
    ///
    /// # Errors
    /// When any of it fails; the probe is tried for 30 s.
    pub async fn start(azurite: &Azurite, settings: &[(&str, &str)]) -> anyhow::Result<Self> {
        let package = tempfile::tempdir()?;
        pack(package.path())?;
        let mut settings: Vec<(String, String)> = settings
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        settings.push(("SyncStorage".to_owned(), azurite.connection.clone()));
        // a queue of its own: another test's host would take its jobs to another server
        settings.push(("SYNC_JOBS_QUEUE".to_owned(), format!("jobs-{}", uuid::Uuid::new_v4())));
        let lookup = |name: &str| settings.iter().find(|it| it.0 == name).map(|it| it.1.clone());
        let stores = Stores::open(&Config::from_env(lookup)?)?;
        stores.ensure().await?;
        let port = free_port()?;
        let running = start(package.path(), &settings, port)?;
        let host = Self { package, settings, running, client: http()?, port, stores };
        host.probe().await?;
        Ok(host)
    }

    async fn probe(&self) -> anyhow::Result<()> {
        let url = format!("http://127.0.0.1:{}/", self.port);
        until("the handler", Duration::from_secs(30), || async {
            self.client.get(&url).send().await.ok()
        })
        .await?;
        Ok(())
    }

    /// Kills the handler as the host does, SIGKILL, and starts it anew on another port.
    ///
    /// # Errors
    /// When it does not come up.
    pub async fn restart(&mut self) -> anyhow::Result<()> {
        self.running.kill();
        self.port = free_port()?;
        self.running = start(self.package.path(), &self.settings, self.port)?;
        self.probe().await
    }

    /// The process id of the handler.
    pub fn id(&self) -> u32 {
        self.running.id()
    }

    /// Invokes `function` with `value` for its trigger, sends its queue outputs, and gives its outputs.
    ///
    /// # Errors
    /// When the real host would count the invocation as failed or hang.
    pub async fn invoke(&self, function: &str, value: Value) -> anyhow::Result<Map<String, Value>> {
        let bindings = self.bindings(function)?;
        let trigger = bindings
            .iter()
            .find(|it| text(it, "type").ends_with("Trigger"))
            .context("no trigger")?;
        let envelope =
            json!({"Data": {text(trigger, "name"): value}, "Metadata": metadata(function)});
        let outputs = self.send(function, &envelope).await?;
        for binding in bindings.iter().filter(|it| text(it, "type") == "queue") {
            let messages = outputs
                .get(text(binding, "name"))
                .and_then(Value::as_array)
                .cloned()
                .unwrap_or_default();
            let queue = self.stores.jobs.as_ref().context("no queue")?;
            for message in messages {
                let message =
                    message.as_str().context("a queue output must be an array of strings")?;
                queue.send(message, 0).await?;
            }
        }
        Ok(outputs)
    }

    fn bindings(&self, function: &str) -> anyhow::Result<Vec<Value>> {
        let file = self.package.path().join(function).join("function.json");
        let document: Value = serde_json::from_slice(
            &std::fs::read(&file).with_context(|| file.display().to_string())?,
        )?;
        Ok(document.get("bindings").and_then(Value::as_array).cloned().unwrap_or_default())
    }

    /// One `POST /<function>`, chunked as the host sends it.
    async fn send(&self, function: &str, envelope: &Value) -> anyhow::Result<Map<String, Value>> {
        let text = envelope.to_string();
        let chunks: Vec<Result<Vec<u8>, std::io::Error>> =
            text.as_bytes().chunks(1000).map(|it| Ok(it.to_vec())).collect();
        let request = self.client.post(format!("http://127.0.0.1:{}/{function}", self.port));
        let request = request
            .timeout(Duration::from_mins(5))
            .header("content-type", "application/json; charset=utf-8")
            .header("x-azure-functions-invocationid", uuid::Uuid::new_v4().to_string())
            .body(reqwest::Body::wrap_stream(futures::stream::iter(chunks)));
        let answer = request.send().await?;
        let status = answer.status();
        let kind = answer
            .headers()
            .get("content-type")
            .and_then(|it| it.to_str().ok())
            .unwrap_or_default()
            .to_owned();
        let body = answer.bytes().await?;
        ensure!(status.is_success(), "{function} failed: {status}:\n{}", self.log()?);
        ensure!(!body.is_empty() && status.as_u16() != 204, "{function} hangs: an empty answer");
        ensure!(kind.starts_with("application/json"), "{function} failed: content type `{kind}`");
        let Value::Object(answer) = serde_json::from_slice(&body)? else {
            bail!("{function} hangs: no object")
        };
        let logs = answer.get("Logs").and_then(Value::as_array);
        ensure!(
            logs.is_none_or(|it| it.iter().all(Value::is_string)),
            "{function} failed: Logs must be strings"
        );
        Ok(answer.get("Outputs").and_then(Value::as_object).cloned().unwrap_or_default())
    }

    /// What Event Grid does: one invocation per event; 202 when all succeeded.
    ///
    /// # Errors
    /// When any failed: Event Grid would send all of them again.
    pub async fn events(&self, events: &[Value]) -> anyhow::Result<()> {
        let calls = events.iter().map(|it| self.invoke("StorageEvents", it.clone()));
        futures::future::try_join_all(calls).await.map(|_| ())
    }

    /// Gives every waiting message of `sync-jobs` to `SyncJob`, until none is left; gives how many there were.
    ///
    /// # Errors
    /// When a message became poison.
    pub async fn pump(&self) -> anyhow::Result<usize> {
        let queue = self.stores.jobs.as_ref().context("no queue")?;
        let mut count = 0;
        loop {
            let messages = queue.receive(16, 1).await?;
            if messages.is_empty() {
                return Ok(count);
            }
            for message in messages {
                count += 1;
                match self.invoke("SyncJob", STANDARD.encode(&message.text).into()).await {
                    Ok(_) => queue.delete(&message).await?,
                    Err(error) if u64::from(message.dequeue_count) >= MAX_DEQUEUE => {
                        return Err(error.context("poison"));
                    }
                    Err(_) => tokio::time::sleep(Duration::from_secs(1)).await,
                }
            }
        }
    }

    /// A caller's request to `POST /api/redeploy` with a function key: status and body.
    ///
    /// # Errors
    /// When the host would answer with an empty 500.
    pub async fn redeploy(&self, body: &str) -> anyhow::Result<(u16, Value)> {
        let request = json!({
            "Url": "http://localhost/api/redeploy", "Method": "POST", "Query": {}, "Params": {}, "Body": body,
            "Headers": {"Content-Type": ["application/json"], "x-functions-key": ["canary-function-key"]}, "Identities": [],
        });
        let outputs = self.invoke("Redeploy", request).await?;
        let res = outputs.get("res").context("no `res`")?;
        let status =
            res.get("statusCode").and_then(Value::as_str).context("no statusCode")?.parse()?;
        let body = res.get("body").and_then(Value::as_str).unwrap_or("null");
        Ok((status, serde_json::from_str(body)?))
    }

    /// What the handler wrote to stdout and stderr so far.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn log(&self) -> anyhow::Result<String> {
        Ok(std::fs::read_to_string(log_file(self.package.path()))?)
    }
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// Metadata as the host encodes it: plain values as JSON in a string.
fn metadata(function: &str) -> Value {
    json!({"DequeueCount": "1", "Id": "\"800ae4b3-bdd2-4c08-badd-f08e5a34b865\"",
        "sys": {"MethodName": function, "UtcNow": "2026-01-01T00:00:00Z", "RandGuid": uuid::Uuid::new_v4().to_string()}})
}

fn pack(folder: &Path) -> anyhow::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let script = root.join("infra/package.sh");
    let status = Command::new("bash").arg(script).arg(folder).arg(product::binary()?).status()?;
    ensure!(status.success(), "infra/package.sh failed");
    Ok(())
}

fn log_file(package: &Path) -> PathBuf {
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
