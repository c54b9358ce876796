//! Block documents, their secrets masked.

use std::collections::{BTreeMap, BTreeSet};

use domain::desired::{BlockRef, Desired};
use domain::observed::{Document, Key, LiveDeployment};
use serde_json::{Map, Value, json};

use super::super::wire::text;
use super::super::{ApiError, Client};
use super::pages;

const PATH: &str = "/block_documents/filter";

/// The ids of all saved blocks of `types`.
pub(super) async fn named(
    client: &Client,
    types: &BTreeSet<&str>,
) -> Result<BTreeMap<BlockRef, String>, ApiError> {
    let found = of_types(client, types).await?;
    Ok(found.iter().map(|it| (reference(it), text(it, "id"))).collect())
}

/// The records of all saved blocks of `types`.
pub(super) async fn of_types(
    client: &Client,
    types: &BTreeSet<&str>,
) -> Result<Vec<Value>, ApiError> {
    if types.is_empty() {
        return Ok(Vec::new());
    }
    let filter = json!({"block_types": {"slug": {"any_": types}}, "include_secrets": false});
    pages(client, PATH, filter).await
}

/// The blocks of the live deployments where `desired` has a block without a name, by id.
pub(super) async fn inline(
    client: &Client,
    desired: &Desired,
    live: &BTreeMap<Key, LiveDeployment>,
) -> Result<BTreeMap<String, Document>, ApiError> {
    let own = desired.deployments.iter().filter(|it| !it.inline.is_empty());
    let live = own.filter_map(|it| live.get(&Key { flow: it.flow.clone(), name: it.name.clone() }));
    let ids: BTreeSet<&str> = live.flat_map(LiveDeployment::blocks).collect();
    let mut found = BTreeMap::new();
    let ids: Vec<&str> = ids.into_iter().collect();
    for chunk in ids.chunks(super::PAGE) {
        // those without a name are left out unless the filter says otherwise
        let ids = json!({"id": {"any_": chunk}, "is_anonymous": null});
        let filter = json!({"block_documents": ids, "include_secrets": false});
        let documents = pages(client, PATH, filter).await?;
        found.extend(documents.iter().map(|it| (text(it, "id"), document(it))));
    }
    Ok(found)
}

pub(super) fn reference(record: &Value) -> BlockRef {
    let r#type = record.get("block_type").map(|it| text(it, "slug")).unwrap_or_default();
    BlockRef { r#type, name: text(record, "name") }
}

fn document(record: &Value) -> Document {
    Document { r#type: reference(record).r#type, data: data(record) }
}

pub(super) fn data(record: &Value) -> Map<String, Value> {
    record.get("data").and_then(Value::as_object).cloned().unwrap_or_default()
}
