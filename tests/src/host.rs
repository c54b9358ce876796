//! A simulator of the Functions host: starts the packaged binary as the host does, and takes its answers as the host would.
//!
//! What it checks of an answer: 2xx, `application/json`, a JSON object (an empty one or `null` would hang the real host until
//! its timeout), `Logs` a list of strings, queue outputs an array of strings, HTTP outputs with `statusCode`.

mod trigger;
mod worker;

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use handler::config::Config;
use handler::stores::Stores;
use serde_json::{Map, Value, json};
use tempfile::TempDir;
use tokio::sync::Mutex;

use self::trigger::Rules;
use self::worker::Worker;
use crate::azurite::Azurite;
use crate::process::{http, until};
use crate::product;
use crate::queue::Queue;
use crate::storage::Account;

/// The host with the handler that it started.
#[derive(Debug)]
pub struct Host {
    package: TempDir,
    worker: Mutex<Worker>,
    client: reqwest::Client,
    rules: Rules,
    /// The storage account, as a person with its key has it.
    pub account: Account,
    /// The queue of `SyncJob`.
    pub queue: Queue,
    /// Containers of the settings, as a person with the portal sees them.
    pub stores: Stores,
}

impl Host {
    /// Packages the binary, creates containers and queues, starts the handler and waits for its first answer.
    ///
    /// `SyncStorage` is Azurite's unless `settings` have another address of it.
    ///
    /// # Errors
    /// When any of it fails; the probe is tried for 30 s.
    pub async fn start(azurite: &Azurite, settings: &[(&str, &str)]) -> anyhow::Result<Self> {
        let package = tempfile::tempdir()?;
        // a queue of its own unless two share one: another test's host would take its jobs to another server
        let given = settings.iter().find(|it| it.0 == "SYNC_JOBS_QUEUE").map(|it| it.1.to_owned());
        let queue = given.unwrap_or_else(|| format!("jobs-{}", uuid::Uuid::new_v4()));
        pack(package.path(), &queue)?;
        let mut settings = merged(settings, &[("SYNC_JOBS_QUEUE", queue.as_str())]);
        if !settings.iter().any(|it| it.0.starts_with("SyncStorage")) {
            settings.push(("SyncStorage".to_owned(), azurite.connection.clone()));
        }
        let stores = stores(azurite, &settings)?;
        // a busy machine makes Azurite wait
        let made = || async { stores.ensure().await.ok() };
        until("the containers", Duration::from_mins(3), made).await?;
        let account = Account::of(azurite)?;
        let host: Value =
            serde_json::from_slice(&std::fs::read(package.path().join("host.json"))?)?;
        Ok(Self {
            worker: Mutex::new(Worker::start(package.path(), &settings).await?),
            package,
            client: http()?,
            rules: Rules::of(&host, &settings)?,
            queue: Queue::open(&account, &queue).await?,
            account,
            stores,
        })
    }

    /// Kills the handler, SIGKILL, as the host does on a timeout; the next invocation starts it anew.
    pub async fn kill(&self) {
        self.worker.lock().await.kill();
    }

    /// Kills the handler and starts it anew on another port.
    ///
    /// # Errors
    /// When it does not come up.
    pub async fn restart(&self) -> anyhow::Result<()> {
        self.worker.lock().await.restart().await
    }

    /// The process id of the handler.
    pub async fn id(&self) -> u32 {
        self.worker.lock().await.id()
    }

    /// Lets the lease of a bundle end, as its time would.
    ///
    /// # Errors
    /// When the service refuses.
    pub async fn end_lease(&self, bundle: &str) -> anyhow::Result<()> {
        let container = self.stores.receipts.name();
        self.account.break_lease(container, &format!("{bundle}/lease")).await
    }

    /// Invokes `function` with `value` for its trigger, sends its queue outputs, and gives its outputs.
    ///
    /// # Errors
    /// When the real host would count the invocation as failed or hang.
    pub async fn invoke(&self, function: &str, value: Value) -> anyhow::Result<Map<String, Value>> {
        self.invoke_with(function, value, json!({})).await
    }

    async fn invoke_with(
        &self,
        function: &str,
        value: Value,
        mut metadata: Value,
    ) -> anyhow::Result<Map<String, Value>> {
        let guid = uuid::Uuid::new_v4().to_string();
        if let Some(metadata) = metadata.as_object_mut() {
            let sys =
                json!({"MethodName": function, "UtcNow": "2026-01-01T00:00:00Z", "RandGuid": guid});
            metadata.insert("sys".to_owned(), sys);
        }
        let trigger = self.trigger(function)?;
        let envelope = json!({"Data": {text(&trigger, "name"): value}, "Metadata": metadata});
        let outputs = self.send(function, &envelope).await?;
        for binding in self.bindings(function)?.iter().filter(|it| text(it, "type") == "queue") {
            let queue = Queue::open(&self.account, text(binding, "queueName")).await?;
            let messages = outputs.get(text(binding, "name")).and_then(Value::as_array);
            for message in messages.into_iter().flatten() {
                let message =
                    message.as_str().context("a queue output must be an array of strings")?;
                queue.put(&self.rules.encoded(message)).await?;
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
        let port = self.worker.lock().await.ready().await?;
        let request = self.client.post(format!("http://127.0.0.1:{port}/{function}"));
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

    /// A caller's request to `GET /api/status` with a function key: status and body.
    ///
    /// # Errors
    /// When the host would answer with an empty 500.
    pub async fn status(&self, query: Value) -> anyhow::Result<(u16, Value)> {
        let request = json!({
            "Url": "http://localhost/api/status", "Method": "GET", "Query": query, "Params": {},
            "Headers": {"x-functions-key": ["canary-function-key"]}, "Identities": [],
        });
        self.http("Status", request).await
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
        self.http("Redeploy", request).await
    }

    async fn http(&self, function: &str, request: Value) -> anyhow::Result<(u16, Value)> {
        let outputs = self.invoke(function, request).await?;
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
        Ok(std::fs::read_to_string(worker::log_file(self.package.path()))?)
    }
}

/// The containers of `settings`, reached with the account's key.
fn stores(azurite: &Azurite, settings: &[(String, String)]) -> anyhow::Result<Stores> {
    let config = Config::from_env(|name| match name {
        "SyncStorage" => Some(azurite.connection.clone()),
        "SYNC_CA_FILE" => Some(azurite.root()?.to_str()?.to_owned()),
        name => settings.iter().find(|it| it.0 == name).map(|it| it.1.clone()),
    })?;
    Ok(Stores::open(&config)?)
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// `given`, and of `defaults` what it lacks.
fn merged(given: &[(&str, &str)], defaults: &[(&str, &str)]) -> Vec<(String, String)> {
    let lacking = defaults.iter().filter(|(name, _)| given.iter().all(|it| it.0 != *name));
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    given.iter().chain(lacking).map(owned).collect()
}

/// The package, with `queue` for the jobs in every function.json.
fn pack(folder: &Path, queue: &str) -> anyhow::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let script = root.join("infra/package.sh");
    let mut command = Command::new("bash");
    let output = command.arg(script).arg(folder).arg(product::binary()?).output()?;
    let error = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "infra/package.sh failed: {error}");
    for function in handler::functions::FUNCTIONS {
        let file = folder.join(function).join("function.json");
        let text = std::fs::read_to_string(&file)?;
        std::fs::write(&file, text.replace("\"sync-jobs\"", &format!("\"{queue}\"")))?;
    }
    Ok(())
}
