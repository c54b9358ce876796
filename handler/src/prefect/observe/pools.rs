//! Work pools and their queues.

use std::collections::{BTreeMap, BTreeSet};

use domain::desired::{Desired, Field};
use serde_json::{Map, Value, json};

use super::pages;
use crate::prefect::wire::{WORKERS, segment, text};
use crate::prefect::{ApiError, Client};

type Records = BTreeMap<String, Map<String, Value>>;

/// What the server has of pools, as [`Observed`](domain::observed::Observed) has it.
pub(super) struct Pools {
    pub(super) types: BTreeMap<String, String>,
    pub(super) templates: BTreeMap<String, Value>,
    pub(super) records: Records,
    pub(super) queues: BTreeMap<String, Records>,
    pub(super) known: BTreeMap<String, Value>,
}

/// The pool of agents of Prefect 2: deployments that name no pool have their queue there.
const AGENTS: &str = "default-agent-pool";

/// Every pool, the queues of those of which `desired` names or declares any, and the types where one is missing.
pub(super) async fn all(client: &Client, desired: &Desired) -> Result<Pools, ApiError> {
    let mut items = pages(client, "/work_pools/filter", json!({})).await?;
    let name = |it: &Value| text(it, "name");
    let types: BTreeMap<String, String> =
        items.iter().map(|it| (name(it), text(it, "type"))).collect();
    let schema = |it: &Value| Some((name(it), it.pointer("/base_job_template/variables")?.clone()));
    let templates = items.iter().filter_map(schema).collect();
    let declared: BTreeSet<&str> = desired.pools.iter().map(|it| it.name.as_str()).collect();
    items.retain(|it| declared.contains(name(it).as_str()));
    let records = items.into_iter().filter_map(record).collect();
    let mut queues = BTreeMap::new();
    for pool in of_queues(desired).into_iter().filter(|it| types.contains_key(*it)) {
        queues.insert(pool.to_owned(), self::queues(client, pool).await?);
    }
    let named =
        desired.deployments.iter().filter_map(|it| it.fields.get(&Field::WorkPool)?.as_str());
    let is_missing = named.chain(declared).any(|it| !types.contains_key(it));
    let known = if is_missing { known(client).await? } else { BTreeMap::new() };
    Ok(Pools { types, templates, records, queues, known })
}

fn record(it: Value) -> Option<(String, Map<String, Value>)> {
    let name = text(&it, "name");
    if let Value::Object(map) = it { Some((name, map)) } else { None }
}

/// The pools of which `desired` declares or names queues.
fn of_queues(desired: &Desired) -> BTreeSet<&str> {
    let declared = desired.pools.iter().filter(|it| !it.queues.is_empty());
    let mut out: BTreeSet<&str> = declared.map(|it| it.name.as_str()).collect();
    for it in &desired.deployments {
        let value = |field| it.registered.get(&field).or_else(|| it.fields.get(&field));
        if value(Field::WorkQueue).is_some_and(Value::is_string) {
            out.insert(value(Field::WorkPool).and_then(Value::as_str).unwrap_or(AGENTS));
        }
    }
    out
}

/// Every queue of `pool`, by name.
pub(in crate::prefect) async fn queues(client: &Client, pool: &str) -> Result<Records, ApiError> {
    let path = format!("/work_pools/{}/queues/filter", segment(pool));
    Ok(pages(client, &path, json!({})).await?.into_iter().filter_map(record).collect())
}

/// The types that a pool can have, each with its template; none where the server does not say.
async fn known(client: &Client) -> Result<BTreeMap<String, Value>, ApiError> {
    let view = match client.get(WORKERS).await {
        Ok(view) => view,
        Err(ApiError::Missing { .. }) => return Ok(BTreeMap::new()),
        Err(error) => return Err(error),
    };
    let collections = view.as_object().into_iter().flat_map(Map::values);
    let workers = collections.filter_map(Value::as_object).flatten();
    let template = |it: &Value| it.get("default_base_job_configuration").cloned();
    let one = |(name, it): (&String, &Value)| {
        (name.clone(), template(it).filter(Value::is_object).unwrap_or_else(|| json!({})))
    };
    Ok(workers.map(one).collect())
}
