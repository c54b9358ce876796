//! What deployments rest on: pools, queues and blocks.

use domain::plan::{Call, Step};
use serde_json::{Value, json};

use super::applied::{Applied, with_id};
use super::{Means, Progress, is_late};
use crate::prefect::write::{self, Block};

const CREDENTIALS: &str = "azure-blob-storage-credentials";

/// A pool, a queue or a block.
pub(super) async fn made(step: &Step, means: &Means<'_>) -> Applied {
    if is_late(step, means) {
        return Applied::late();
    }
    let (client, name) = (means.client, step.name.rsplit('/').next());
    let result = match &step.call {
        Call::CreatePool { body } => write::create_pool(client, body).await.map(|()| None),
        Call::UpdatePool { body } => {
            write::update_pool(client, &step.name, body).await.map(|()| None)
        }
        Call::CreateQueue { pool, body } => {
            write::create_queue(client, pool.as_deref(), body).await.map(|()| None)
        }
        Call::UpdateQueue { pool, queue, body } => {
            write::update_queue(client, (pool, queue), body).await.map(|()| None)
        }
        Call::CreateCredentials => {
            let block = Block { r#type: CREDENTIALS, name, data: &means.credentials };
            write::create_block(client, &block).await.map(Some)
        }
        Call::CreateStorage { container } => {
            let data = &azure(&means.credentials, container);
            let block = Block { r#type: "azure", name, data };
            write::create_block(client, &block).await.map(Some)
        }
        Call::CreateInline { r#type, data } => {
            let data = &data.clone().into();
            write::create_block(client, &Block { r#type, name: None, data }).await.map(Some)
        }
        _ => Ok(None),
    };
    (means.progress)(step, Progress::Ended);
    with_id(step, result)
}

/// The data of a storage block of Prefect 2 that goes the way of `credentials`: a connection string, or the account's name,
/// with which the agent uses its own identity (`azure_storage_anon` false).
fn azure(credentials: &Value, container: &str) -> Value {
    if let Some(text) = credentials.get("connection_string") {
        return json!({"bucket_path": container, "azure_storage_connection_string": text});
    }
    let url = credentials.get("account_url").and_then(Value::as_str).unwrap_or_default();
    let host = url.split_once("://").map_or(url, |(_, it)| it);
    let account = host.split(['.', '/', ':']).next();
    json!({"bucket_path": container, "azure_storage_account_name": account, "azure_storage_anon": false})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agent_gets_the_same_way_to_the_account_as_a_worker() {
        let text = json!({"connection_string": "UseDevelopmentStorage=true"});
        assert_eq!(
            azure(&text, "code"),
            json!({"bucket_path": "code", "azure_storage_connection_string": "UseDevelopmentStorage=true"})
        );
        let identity = json!({"account_url": "https://acme.blob.core.windows.net/"});
        assert_eq!(
            azure(&identity, "code"),
            json!({"bucket_path": "code", "azure_storage_account_name": "acme", "azure_storage_anon": false})
        );
    }
}
