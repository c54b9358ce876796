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

/// The fields of a block, with placeholders for the blocks in it: what they hold may be secret.
pub(super) fn portable(record: &Value) -> Map<String, Value> {
    let mut out = data(record);
    let inner = record.get("block_document_references").and_then(Value::as_object);
    for (field, reference) in inner.into_iter().flatten() {
        let block = reference.get("block_document").map(self::reference);
        if let Some(block) = block.filter(|it| !it.r#type.is_empty()) {
            let text = format!("{{{{ prefect.blocks.{}.{} }}}}", block.r#type, block.name);
            out.insert(field.clone(), text.into());
        }
    }
    out
}

fn document(record: &Value) -> Document {
    Document { r#type: reference(record).r#type, data: data(record) }
}

fn data(record: &Value) -> Map<String, Value> {
    record.get("data").and_then(Value::as_object).cloned().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_in_a_block_is_named_and_not_shown() {
        let inner = json!({"name": "c", "block_type": {"slug": "credentials"}});
        let record = json!({
            "data": {"cpu": 1, "credentials": {"secret": "********"}},
            "block_document_references": {"credentials": {"block_document": inner}},
        });
        let want = json!({"cpu": 1, "credentials": "{{ prefect.blocks.credentials.c }}"});
        assert_eq!(Value::from(portable(&record)), want);
    }
}
