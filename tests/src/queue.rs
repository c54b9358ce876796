//! A storage queue as the Functions host uses it: texts go in and out as they are, encoding is the caller's business.

use std::time::Duration;

use anyhow::{Context as _, ensure};
use reqwest::{Method, Response};

use crate::storage::{Account, Call};

/// A received message.
#[derive(Debug, Clone)]
pub struct Message {
    /// Its id.
    pub id: String,
    /// What an update or a delete needs.
    pub receipt: String,
    /// How often it was received, this time included.
    pub dequeue_count: u64,
    /// The text as it lies in the queue.
    pub text: String,
}

/// A queue.
#[derive(Debug, Clone)]
pub struct Queue {
    account: Account,
    /// Its name.
    pub name: String,
}

impl Queue {
    /// The queue `name`, made when it does not exist.
    ///
    /// # Errors
    /// When the service refuses.
    pub async fn open(account: &Account, name: &str) -> anyhow::Result<Self> {
        let queue = Self { account: account.clone(), name: name.to_owned() };
        queue.call(Method::PUT, "", &[], String::new()).await?;
        Ok(queue)
    }

    /// Puts `text`, visible at once.
    ///
    /// # Errors
    /// When the service refuses.
    pub async fn put(&self, text: &str) -> anyhow::Result<()> {
        self.call(Method::POST, "/messages", &[], body(text)).await.map(|_| ())
    }

    /// Up to `count` messages, hidden from others for `hidden`.
    ///
    /// # Errors
    /// When the service refuses, or its answer cannot be read.
    pub async fn get(&self, count: u64, hidden: Duration) -> anyhow::Result<Vec<Message>> {
        let (count, hidden) = (count.to_string(), hidden.as_secs().max(1).to_string());
        let query = [("numofmessages", count.as_str()), ("visibilitytimeout", hidden.as_str())];
        let answer = self.call(Method::GET, "/messages", &query, String::new()).await?;
        answer.text().await?.split("<QueueMessage>").skip(1).map(message).collect()
    }

    /// Gives a message back: others see it after `hidden`.
    ///
    /// # Errors
    /// When the service refuses, as for a message that somebody else received meanwhile.
    pub async fn release(&self, message: &Message, hidden: Duration) -> anyhow::Result<()> {
        let hidden = hidden.as_secs().to_string();
        let query = [("popreceipt", message.receipt.as_str()), ("visibilitytimeout", &hidden)];
        let path = format!("/messages/{}", message.id);
        self.call(Method::PUT, &path, &query, body(&message.text)).await.map(|_| ())
    }

    /// Deletes a received message.
    ///
    /// # Errors
    /// When the service refuses.
    pub async fn delete(&self, message: &Message) -> anyhow::Result<()> {
        let query = [("popreceipt", message.receipt.as_str())];
        let path = format!("/messages/{}", message.id);
        self.call(Method::DELETE, &path, &query, String::new()).await.map(|_| ())
    }

    /// How many messages it holds, hidden ones included.
    ///
    /// # Errors
    /// When the service refuses.
    pub async fn count(&self) -> anyhow::Result<u64> {
        let answer = self.call(Method::GET, "", &[("comp", "metadata")], String::new()).await?;
        let count = answer.headers().get("x-ms-approximate-messages-count");
        Ok(count.context("no count")?.to_str()?.parse()?)
    }

    /// Deletes the queue with its messages.
    ///
    /// # Errors
    /// When the service refuses.
    pub async fn remove(&self) -> anyhow::Result<()> {
        self.call(Method::DELETE, "", &[], String::new()).await.map(|_| ())
    }

    async fn call(
        &self,
        method: Method,
        path: &str,
        query: &[(&str, &str)],
        body: String,
    ) -> anyhow::Result<Response> {
        let path = format!("/{}{path}", self.name);
        let what = format!("{method} {path}");
        let answer = self.account.queue(Call { method, path, query, headers: &[], body }).await?;
        let status = answer.status();
        ensure!(status.is_success(), "{what}: {status}: {}", answer.text().await?);
        Ok(answer)
    }
}

fn body(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!("<QueueMessage><MessageText>{text}</MessageText></QueueMessage>")
}

fn message(xml: &str) -> anyhow::Result<Message> {
    let field = |name: &str| {
        let value = xml.split_once(&format!("<{name}>")).map(|it| it.1);
        let value = value.and_then(|it| it.split_once(&format!("</{name}>"))).map(|it| it.0);
        let value = value.map(|it| it.replace("&lt;", "<").replace("&gt;", ">"));
        value.map(|it| it.replace("&quot;", "\"").replace("&amp;", "&"))
    };
    Ok(Message {
        id: field("MessageId").context("no id")?,
        receipt: field("PopReceipt").context("no receipt")?,
        dequeue_count: field("DequeueCount").context("no count")?.parse()?,
        text: field("MessageText").unwrap_or_default(),
    })
}
