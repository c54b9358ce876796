//! Reads: whole listings or an error. This module cannot write.

mod blocks;
pub mod copies;
pub mod edits;
pub mod health;
mod pools;
pub mod runs;
pub mod secrets;

use std::collections::{BTreeMap, BTreeSet};

use domain::declare::{CARRIED, Live};
use domain::desired::Desired;
use domain::observed::{LiveAutomation, LiveDeployment, Observed};
use serde_json::{Value, json};

use super::wire::{automation, deployment, text};
use super::{ApiError, Client};

/// Default and maximum of every filter route.
const PAGE: usize = 200;

/// What to look for besides the deployments that are declared.
#[derive(Debug, Clone)]
pub struct Looked<'a> {
    /// Our tag on the bundle's deployments.
    pub marker: &'a str,
    /// The ids of the deployments that our state knows.
    pub owned: BTreeSet<&'a str>,
    /// The credentials block of generated pull steps.
    pub credentials: Option<&'a str>,
    /// The types of the saved blocks that the bundle names.
    pub block_types: BTreeSet<&'a str>,
    /// The names of automations that were declared before.
    pub automations: BTreeSet<&'a str>,
    /// The ids of those that were made.
    pub automation_ids: BTreeSet<&'a str>,
}

/// What the server has of what `desired` declares and of what carries our marker.
///
/// 4 requests for up to 200 deployments, up to 2 for the blocks that they name, 1 for each pool of which queues are named, and 1
/// where a work pool is missing.
///
/// # Errors
/// When any page cannot be read: a failed read is not an empty one.
pub async fn observe(
    client: &Client,
    desired: &Desired,
    looked: Looked<'_>,
) -> Result<Observed, ApiError> {
    let mut names = looked.automations;
    let declared = desired.deployments.iter().flat_map(|it| &it.automations);
    names.extend(declared.map(|it| it.name.as_str()));
    let credentials = async {
        match looked.credentials {
            Some(name) => has_block(client, "azure-blob-storage-credentials", name).await,
            None => Ok(false),
        }
    };
    let (automations, deployments, pools, credentials, blocks) = tokio::try_join!(
        automations(client, &names, &looked.automation_ids),
        deployments(client, desired, (looked.marker, &looked.owned)),
        pools::all(client, desired),
        credentials,
        blocks::named(client, &looked.block_types),
    )?;
    let documents = blocks::inline(client, desired, &deployments).await?;
    Ok(Observed {
        deployments,
        pools: pools.types,
        templates: pools.templates,
        pool_records: pools.records,
        queues: pools.queues,
        pool_types: pools.known,
        automations,
        credentials,
        blocks,
        documents,
    })
}

/// The values of all variables of the server.
///
/// # Errors
/// When any page cannot be read.
pub async fn variables(client: &Client) -> Result<BTreeMap<String, Value>, ApiError> {
    let items = pages(client, "/variables/filter", json!({})).await?;
    let pair = |it: Value| (text(&it, "name"), it.get("value").cloned().unwrap_or_default());
    Ok(items.into_iter().map(pair).collect())
}

/// The blocks of Prefect 2 that are carried over, and the work pools that the server has.
///
/// # Errors
/// When any page cannot be read.
pub async fn live(client: &Client) -> Result<Live, ApiError> {
    let types = CARRIED.into();
    let (blocks, pools) = tokio::try_join!(
        blocks::of_types(client, &types),
        pages(client, "/work_pools/filter", json!({})),
    )?;
    let template =
        |it: Value| (text(&it, "name"), it.get("base_job_template").cloned().unwrap_or_default());
    Ok(Live {
        blocks: blocks.iter().map(|it| (blocks::reference(it), blocks::portable(it))).collect(),
        templates: pools.into_iter().map(template).collect(),
    })
}

async fn deployments(
    client: &Client,
    desired: &Desired,
    (marker, owned): (&str, &BTreeSet<&str>),
) -> Result<BTreeMap<domain::observed::Key, LiveDeployment>, ApiError> {
    let names: BTreeSet<&str> = desired.deployments.iter().map(|it| it.name.as_str()).collect();
    let any = json!({
        "operator": "or_",
        "name": {"any_": names},
        "tags": {"all_": [marker]},
        "id": {"any_": owned},
    });
    let records =
        pages(client, "/deployments/filter", json!({"deployments": any, "sort": "NAME_ASC"}))
            .await?;
    let ids: BTreeSet<String> = records.iter().map(|it| text(it, "flow_id")).collect();
    let flows = flow_names(client, &ids).await?;
    let live = records.into_iter().map(|it| {
        let live = flows.get(&text(&it, "flow_id")).and_then(|flow| deployment(it, flow));
        live.map(|it| (it.key.clone(), it)).ok_or_else(|| unread("deployments"))
    });
    live.collect()
}

/// One of `records` cannot be read. One that is left out would be taken for one that is not there, and made again; one whose
/// flow was deleted between two requests is gone next time.
fn unread(records: &str) -> ApiError {
    ApiError::Unavailable {
        operation: format!("POST /{records}/filter"),
        detail: format!("one of the {records}, or what it belongs to, cannot be read"),
    }
}

async fn flow_names(
    client: &Client,
    ids: &BTreeSet<String>,
) -> Result<BTreeMap<String, String>, ApiError> {
    let mut names = BTreeMap::new();
    let ids: Vec<&String> = ids.iter().collect();
    for chunk in ids.chunks(PAGE) {
        let body = json!({"flows": {"id": {"any_": chunk}}, "limit": PAGE});
        let found = list("/flows/filter", client.post("/flows/filter", &body).await?)?;
        names.extend(found.iter().map(|it| (text(it, "id"), text(it, "name"))));
    }
    Ok(names)
}

/// `None` where the server answers that it has none (Prefect 2 as it comes).
async fn automations(
    client: &Client,
    names: &BTreeSet<&str>,
    ids: &BTreeSet<&str>,
) -> Result<Option<Vec<LiveAutomation>>, ApiError> {
    if names.is_empty() {
        return Ok(Some(Vec::new()));
    }
    let filter = json!({"automations": {"name": {"any_": names}}});
    let items = match pages(client, "/automations/filter", filter).await {
        Ok(items) => items,
        Err(ApiError::Missing { .. }) => return Ok(None),
        Err(error) => return Err(error),
    };
    let read = |it: Value| automation(it).ok_or_else(|| unread("automations"));
    let mut found: Vec<LiveAutomation> = items.into_iter().map(read).collect::<Result<_, _>>()?;
    // Prefect 2 has no filter by id; a person has renamed them, or deleted them
    for id in ids {
        if found.iter().any(|it| it.id == **id) {
            continue;
        }
        match client.get(&format!("/automations/{id}")).await {
            Ok(it) => found.push(read(it)?),
            Err(ApiError::Missing { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(Some(found))
}

async fn has_block(client: &Client, r#type: &str, name: &str) -> Result<bool, ApiError> {
    let body = json!({
        "block_types": {"slug": {"any_": [r#type]}},
        "block_documents": {"name": {"any_": [name]}},
        "include_secrets": false,
    });
    let path = "/block_documents/filter";
    Ok(!list(path, client.post(path, &body).await?)?.is_empty())
}

/// All items of a filter route, de-duplicated by id: names tie, and a page may move between two requests.
async fn pages(client: &Client, path: &str, mut body: Value) -> Result<Vec<Value>, ApiError> {
    let mut items: Vec<Value> = Vec::new();
    let mut seen = BTreeSet::new();
    for offset in (0..).step_by(PAGE) {
        if let Some(body) = body.as_object_mut() {
            body.insert("limit".into(), PAGE.into());
            body.insert("offset".into(), offset.into());
        }
        let page = list(path, client.post(path, &body).await?)?;
        let last = page.len() < PAGE;
        items.extend(page.into_iter().filter(|it| seen.insert(text(it, "id"))));
        if last {
            break;
        }
    }
    Ok(items)
}

fn list(path: &str, answer: Value) -> Result<Vec<Value>, ApiError> {
    let garbled =
        || ApiError::Garbled { operation: format!("POST {path}"), detail: "no list".to_owned() };
    if let Value::Array(items) = answer { Ok(items) } else { Err(garbled()) }
}
