//! A queue of Azure Storage; texts go out in base64, as the Functions host reads them.

use std::time::Duration;

use azure_core::http::StatusCode;
use azure_core::time::OffsetDateTime;
use azure_storage_queue::models::{
    QueueClientGetPropertiesResultHeaders as _, QueueClientPeekMessagesOptions,
    QueueClientReceiveMessagesOptions, QueueClientSendMessageOptions, QueueMessage,
};
use azure_storage_queue::{QueueClient, QueueServiceClient};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::StoreError;
use super::azure::within;

const SMALL: Duration = Duration::from_secs(30);

/// A received message; hidden from others until its time is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its id.
    pub id: String,
    /// What a delete needs.
    pub pop_receipt: String,
    /// The text: decoded when it was base64, else as it came.
    pub text: String,
    /// How often it was received, this time included.
    pub dequeue_count: u32,
}

/// A message that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peeked {
    /// The text: decoded when it was base64, else as it came.
    pub text: String,
    /// When it was sent, seconds since 1970.
    pub sent: Option<i64>,
}

/// A queue of Azure Storage.
#[derive(Clone)]
pub struct Queue {
    client: std::sync::Arc<QueueClient>,
    name: String,
}

impl std::fmt::Debug for Queue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Queue").field(&self.name).finish()
    }
}

impl Queue {
    pub(super) fn new(service: &QueueServiceClient, name: &str) -> Result<Self, StoreError> {
        let client = service
            .queue_client(name)
            .map_err(|it| StoreError::of_azure("use the queue", name, &it))?;
        Ok(Self { client: std::sync::Arc::new(client), name: name.to_owned() })
    }

    /// The queue's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Creates the queue when it does not exist.
    ///
    /// # Errors
    /// When the service refuses or cannot be reached.
    pub async fn ensure(&self) -> Result<(), StoreError> {
        within(("create the queue", &self.name), SMALL, self.client.create(None)).await.map(|_| ())
    }

    /// Sends `text`, visible after `delay_seconds`; it may arrive twice.
    ///
    /// # Errors
    /// When the service refuses or cannot be reached.
    pub async fn send(&self, text: &str, delay_seconds: u32) -> Result<(), StoreError> {
        let what = ("send a message to", self.name.as_str());
        let message = QueueMessage { message_text: Some(STANDARD.encode(text)) };
        let body = message.try_into().map_err(|it| StoreError::of_azure(what.0, what.1, &it))?;
        let visibility_timeout = i32::try_from(delay_seconds).ok().filter(|it| *it > 0);
        let options = QueueClientSendMessageOptions { visibility_timeout, ..Default::default() };
        within(what, SMALL, self.client.send_message(body, Some(options))).await.map(|_| ())
    }

    /// Up to `count` (at most 32) messages, hidden from others for `visibility_seconds`.
    ///
    /// # Errors
    /// When the service refuses or cannot be reached.
    pub async fn receive(
        &self,
        count: u8,
        visibility_seconds: u32,
    ) -> Result<Vec<Message>, StoreError> {
        let what = ("receive messages of", self.name.as_str());
        let options = QueueClientReceiveMessagesOptions {
            number_of_messages: Some(i32::from(count.clamp(1, 32))),
            visibility_timeout: i32::try_from(visibility_seconds).ok(),
            ..Default::default()
        };
        let answer = within(what, SMALL, self.client.receive_messages(Some(options))).await?;
        let answer = answer.into_model().map_err(|it| StoreError::of_azure(what.0, what.1, &it))?;
        let message = |it: azure_storage_queue::models::ReceivedMessage| {
            Some(Message {
                id: it.message_id?,
                pop_receipt: it.pop_receipt?,
                text: decoded(it.message_text.unwrap_or_default()),
                dequeue_count: u32::try_from(it.dequeue_count.unwrap_or(1)).unwrap_or(u32::MAX),
            })
        };
        Ok(answer.items.unwrap_or_default().into_iter().filter_map(message).collect())
    }

    /// Up to `count` (at most 32) messages, the oldest first, which stay as they are; none when there is no queue.
    ///
    /// # Errors
    /// When the service refuses or cannot be reached.
    pub async fn peek(&self, count: u8) -> Result<Vec<Peeked>, StoreError> {
        let what = ("look at messages of", self.name.as_str());
        let number_of_messages = Some(i32::from(count.clamp(1, 32)));
        let options = QueueClientPeekMessagesOptions { number_of_messages, ..Default::default() };
        let call = async {
            match self.client.peek_messages(Some(options)).await {
                Err(it) if it.http_status() == Some(StatusCode::NotFound) => Ok(None),
                other => other.map(Some),
            }
        };
        let Some(answer) = within(what, SMALL, call).await? else { return Ok(Vec::new()) };
        let answer = answer.into_model().map_err(|it| StoreError::of_azure(what.0, what.1, &it))?;
        let peeked = |it: azure_storage_queue::models::PeekedMessage| {
            let sent = it.insertion_time.map(OffsetDateTime::unix_timestamp);
            Some(Peeked { text: decoded(it.message_text?), sent })
        };
        Ok(answer.items.unwrap_or_default().into_iter().filter_map(peeked).collect())
    }

    /// About how many messages it has, those included that are hidden; 0 when there is no queue.
    ///
    /// # Errors
    /// When the service refuses or cannot be reached.
    pub async fn count(&self) -> Result<u64, StoreError> {
        let what = ("count the messages of", self.name.as_str());
        let call = async {
            match self.client.get_properties(None).await {
                Err(it) if it.http_status() == Some(StatusCode::NotFound) => Ok(None),
                Err(error) => Err(error),
                Ok(answer) => answer.approximate_messages_count(),
            }
        };
        let count = within(what, SMALL, call).await?;
        Ok(count.and_then(|it| u64::try_from(it).ok()).unwrap_or_default())
    }

    /// Deletes a received message; one that is gone is deleted.
    ///
    /// # Errors
    /// When the service refuses or cannot be reached.
    pub async fn delete(&self, message: &Message) -> Result<(), StoreError> {
        let call = self.client.delete_message(&message.id, &message.pop_receipt, None);
        let call = async {
            match call.await {
                Err(it) if it.http_status() == Some(StatusCode::NotFound) => Ok(()),
                other => other.map(|_| ()),
            }
        };
        within(("delete a message of", &self.name), SMALL, call).await
    }
}

fn decoded(text: String) -> String {
    let plain = STANDARD.decode(text.trim()).ok().and_then(|it| String::from_utf8(it).ok());
    plain.unwrap_or(text)
}
