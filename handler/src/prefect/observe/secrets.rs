//! The blocks that secrets go to, and who uses blocks; never what a field holds.

use std::collections::{BTreeMap, BTreeSet};

use domain::desired::BlockRef;
use domain::secret::users::{User, named};
use domain::secret::{BlockType, Blocks, LiveBlock, Schema};
use serde_json::{Value, json};

use super::super::wire::text;
use super::super::{ApiError, Client};
use super::blocks::{of_types, reference};
use super::{flow_names, pages};

/// The saved blocks of `types` and the schemas of these types; 3 requests for up to 200 blocks, 1 more where a type is missing.
///
/// # Errors
/// When any page cannot be read.
pub async fn blocks(client: &Client, types: &BTreeSet<&str>) -> Result<Blocks, ApiError> {
    if types.is_empty() {
        return Ok(Blocks::default());
    }
    let of = json!({"block_types": {"slug": {"any_": types}}});
    let known = pages(client, "/block_types/filter", of);
    let (records, known) = tokio::try_join!(of_types(client, types), known)?;
    let known: BTreeMap<String, String> =
        known.iter().map(|it| (text(it, "slug"), text(it, "id"))).collect();
    let schemas = schemas(client, &known).await?;
    let all_known = types.iter().all(|it| known.contains_key(*it));
    let slugs = if all_known { BTreeSet::new() } else { slugs(client).await? };
    Ok(Blocks {
        live: records.iter().map(|it| (reference(it), live(it))).collect(),
        types: known
            .into_iter()
            .map(|(slug, id)| {
                let schemas = schemas.get(&id).cloned().unwrap_or_default();
                (slug, BlockType { id, schemas })
            })
            .collect(),
        slugs,
    })
}

async fn slugs(client: &Client) -> Result<BTreeSet<String>, ApiError> {
    let all = pages(client, "/block_types/filter", json!({})).await?;
    Ok(all.iter().map(|it| text(it, "slug")).collect())
}

/// By the id of the type, in the server's order.
async fn schemas(
    client: &Client,
    types: &BTreeMap<String, String>,
) -> Result<BTreeMap<String, Vec<Schema>>, ApiError> {
    let ids: Vec<&String> = types.values().collect();
    let filter = json!({"block_schemas": {"block_type_id": {"any_": ids}}});
    let mut found: BTreeMap<String, Vec<Schema>> = BTreeMap::new();
    for it in pages(client, "/block_schemas/filter", filter).await? {
        found.entry(text(&it, "block_type_id")).or_default().push(schema(&it));
    }
    Ok(found)
}

fn schema(record: &Value) -> Schema {
    let names = |it: Option<&Value>| match it {
        Some(Value::Object(map)) => map.keys().cloned().collect(),
        Some(Value::Array(items)) => {
            items.iter().filter_map(Value::as_str).map(str::to_owned).collect()
        }
        _ => BTreeSet::new(),
    };
    Schema {
        id: text(record, "id"),
        fields: names(record.pointer("/fields/properties")),
        required: names(record.pointer("/fields/required")),
    }
}

fn live(record: &Value) -> LiveBlock {
    let fields = record.get("data").and_then(Value::as_object);
    LiveBlock {
        id: text(record, "id"),
        updated: text(record, "updated"),
        schema: text(record, "block_schema_id"),
        fields: fields.into_iter().flat_map(serde_json::Map::keys).cloned().collect(),
        inner: inner(record).collect(),
    }
}

/// The ids of the blocks that are in a block, by their fields.
fn inner(record: &Value) -> impl Iterator<Item = (String, String)> {
    let inner = record.get("block_document_references").and_then(Value::as_object);
    let one = |(field, it): (&String, &Value)| {
        Some((field.clone(), text(it.get("block_document")?, "id")))
    };
    inner.into_iter().flatten().filter_map(one)
}

/// When the block `id` was changed last.
///
/// # Errors
/// As [`ApiError`].
pub async fn updated(client: &Client, id: &str) -> Result<String, ApiError> {
    Ok(text(&client.get(&format!("/block_documents/{id}")).await?, "updated"))
}

/// The deployments and the blocks of the server, as users of blocks.
///
/// # Errors
/// When any page cannot be read.
pub async fn users(client: &Client) -> Result<(Vec<User>, Vec<User>), ApiError> {
    let any = json!({"block_documents": {"is_anonymous": null}, "include_secrets": false});
    let (deployments, blocks) = tokio::try_join!(
        pages(client, "/deployments/filter", json!({"sort": "NAME_ASC"})),
        pages(client, "/block_documents/filter", any),
    )?;
    let flows: BTreeSet<String> = deployments.iter().map(|it| text(it, "flow_id")).collect();
    let flows = flow_names(client, &flows).await?;
    let deployments = deployments.iter().map(|it| deployment(it, &flows)).collect();
    Ok((deployments, blocks.iter().map(outer).collect()))
}

/// The work pools of the server, as users of blocks: their templates name some.
///
/// # Errors
/// When any page cannot be read.
pub async fn pools(client: &Client) -> Result<Vec<User>, ApiError> {
    let pools = pages(client, "/work_pools/filter", json!({})).await?;
    let one = |it: &Value| User {
        name: format!("work pool {}", text(it, "name")),
        id: text(it, "id"),
        named: it.get("base_job_template").map(named).unwrap_or_default(),
        held: BTreeSet::new(),
    };
    Ok(pools.iter().map(one).collect())
}

fn deployment(record: &Value, flows: &BTreeMap<String, String>) -> User {
    let flow = flows.get(&text(record, "flow_id")).map_or("", String::as_str);
    let held = ["storage_document_id", "infrastructure_document_id"];
    let held = held.iter().filter_map(|it| record.get(*it)?.as_str()).map(str::to_owned);
    let texts = ["pull_steps", "job_variables", "infra_overrides", "parameters"];
    let named: BTreeSet<BlockRef> =
        texts.iter().filter_map(|it| record.get(*it)).flat_map(named).collect();
    User {
        name: format!("{flow}/{}", text(record, "name")),
        id: text(record, "id"),
        named,
        held: held.collect(),
    }
}

/// A block, with the ids of those that are in it.
fn outer(record: &Value) -> User {
    User {
        name: reference(record).address(),
        id: text(record, "id"),
        named: BTreeSet::new(),
        held: inner(record).map(|it| it.1).collect(),
    }
}
