//! The queue trigger, its settings in host.json, and the poison rule; written from the sources of the host's queue extension.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::Context as _;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::Host;
use crate::process::until;
use crate::queue::{Message, Queue};

/// For how long the host hides what it works on; it renews that while the function runs.
const HIDDEN: Duration = Duration::from_mins(10);

/// `extensions.queues` of host.json, with the app settings that replace its values.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules {
    batch: u64,
    max_dequeue: u64,
    /// How long a message rests that failed.
    rest: Duration,
    base64: bool,
}

impl Rules {
    pub(super) fn of(host: &Value, settings: &[(String, String)]) -> anyhow::Result<Self> {
        let value = |name: &str| {
            let setting = format!("AzureFunctionsJobHost__extensions__queues__{name}");
            let set = settings.iter().find(|it| it.0 == setting).map(|it| it.1.clone());
            let given = host.pointer(&format!("/extensions/queues/{name}"));
            set.or_else(|| {
                given.map(|it| it.as_str().map_or_else(|| it.to_string(), str::to_owned))
            })
        };
        let number = |name: &str, default: u64| value(name).map_or(Ok(default), |it| it.parse());
        Ok(Self {
            batch: number("batchSize", 16)?,
            max_dequeue: number("maxDequeueCount", 5)?,
            rest: span(&value("visibilityTimeout").unwrap_or_else(|| "00:00:00".to_owned()))?,
            base64: value("messageEncoding").is_none_or(|it| it == "base64"),
        })
    }

    /// A text as the host puts it into a queue.
    pub(super) fn encoded(self, text: &str) -> String {
        if self.base64 { STANDARD.encode(text) } else { text.to_owned() }
    }

    fn decoded(self, text: &str) -> Option<Vec<u8>> {
        if self.base64 { STANDARD.decode(text).ok() } else { Some(text.as_bytes().to_vec()) }
    }
}

/// `hh:mm:ss`
fn span(text: &str) -> anyhow::Result<Duration> {
    let parts: Vec<u64> = text.split(':').map(str::parse).collect::<Result<_, _>>()?;
    Ok(Duration::from_secs(parts.iter().fold(0, |sum, it| sum * 60 + it)))
}

impl Host {
    /// Gives the visible messages of the queue of `SyncJob` to it, batch by batch, until none is left; gives how many there
    /// were.
    ///
    /// # Errors
    /// When the queue does not answer, or the host would stop.
    pub async fn pump(&self) -> anyhow::Result<usize> {
        let mut count = 0;
        loop {
            let messages = self.queue.get(self.rules.batch, HIDDEN).await?;
            if messages.is_empty() {
                return Ok(count);
            }
            count += messages.len();
            let work = messages.iter().map(|it| self.deliver(it));
            futures::future::try_join_all(work).await?;
        }
    }

    /// Works until no message is left, those included that are sent with a delay (`SQLite` declines now and then, and a job
    /// then comes later); gives how many there were.
    ///
    /// # Errors
    /// As [`Self::pump`], and when something is left after six minutes.
    pub async fn settled(&self) -> anyhow::Result<usize> {
        let count = AtomicUsize::new(0);
        let count = &count;
        let settled = until("the end of the jobs", Duration::from_mins(6), || async {
            count.fetch_add(self.pump().await.ok()?, Ordering::Relaxed);
            (self.queue.count().await.ok()? == 0).then_some(())
        });
        settled.await?;
        Ok(count.load(Ordering::Relaxed))
    }

    async fn deliver(&self, message: &Message) -> anyhow::Result<()> {
        let bytes = self.rules.decoded(&message.text);
        let Some(bytes) = bytes.filter(|_| message.dequeue_count <= self.rules.max_dequeue) else {
            return self.poison(message).await;
        };
        let binding = self.trigger("SyncJob")?;
        let value = if binding.get("dataType").is_some_and(|it| it == "binary") {
            STANDARD.encode(bytes)
        } else {
            json!(String::from_utf8_lossy(&bytes)).to_string()
        };
        match self.invoke_with("SyncJob", value.into(), metadata(message)).await {
            Ok(_) => self.queue.delete(message).await,
            Err(error) => {
                eprintln!("host: SyncJob failed, try {}: {error:#}", message.dequeue_count);
                if message.dequeue_count >= self.rules.max_dequeue {
                    return self.poison(message).await;
                }
                self.queue.release(message, self.rules.rest).await
            }
        }
    }

    async fn poison(&self, message: &Message) -> anyhow::Result<()> {
        self.poisoned().await?.put(&message.text).await?;
        self.queue.delete(message).await
    }

    /// The queue of messages that were given up.
    ///
    /// # Errors
    /// When it cannot be made.
    pub async fn poisoned(&self) -> anyhow::Result<Queue> {
        Queue::open(&self.account, &format!("{}-poison", self.queue.name)).await
    }

    /// The trigger binding of `function`.
    pub(super) fn trigger(&self, function: &str) -> anyhow::Result<Value> {
        let bindings = self.bindings(function)?;
        let is_trigger = |it: &Value| super::text(it, "type").ends_with("Trigger");
        bindings.into_iter().find(is_trigger).context("no trigger")
    }
}

/// As the host encodes it: plain values as JSON in a string.
fn metadata(message: &Message) -> Value {
    json!({
        "DequeueCount": message.dequeue_count.to_string(),
        "ExpirationTime": "2026-01-08T00:00:00+00:00",
        "Id": json!(message.id).to_string(),
        "InsertionTime": "2026-01-01T00:00:00+00:00",
        "NextVisibleTime": "2026-01-01T00:10:00+00:00",
        "PopReceipt": json!(message.receipt).to_string(),
    })
}
