//! How the pools and queues fare that deployments use.

use std::collections::BTreeMap;

use domain::health::{Pool, Queue, Takers};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::pools::queues;
use super::{PAGE, list, pages};
use crate::prefect::wire::{segment, text};
use crate::prefect::{ApiError, Client};

/// By pool and queue: how many deployments are there.
type Used = BTreeMap<String, BTreeMap<String, usize>>;

/// Late runs of one pool.
#[derive(Default)]
struct Late {
    count: usize,
    more: bool,
    oldest: Option<Timestamp>,
}

/// The pools that the deployments `ids` use, sorted by name.
///
/// For 200 deployments 1 request, 1 for their late runs; 1 for all pools, and 2 for each of them.
///
/// # Errors
/// When any page cannot be read.
pub async fn health(client: &Client, ids: &[String]) -> Result<Vec<Pool>, ApiError> {
    let mut used = Used::new();
    let mut late: BTreeMap<String, Late> = BTreeMap::new();
    for chunk in ids.chunks(PAGE) {
        for it in
            pages(client, "/deployments/filter", json!({"deployments": {"id": {"any_": chunk}}}))
                .await?
        {
            let (pool, queue) = (text(&it, "work_pool_name"), text(&it, "work_queue_name"));
            // one whose pool was deleted has none any more, and its late runs neither
            *used.entry(pool).or_default().entry(queue).or_default() += 1;
        }
        lates(client, chunk, &mut late).await?;
    }
    let names: Vec<&String> = used.keys().collect();
    let filter = json!({"work_pools": {"name": {"any_": names}}});
    let records = if used.is_empty() {
        Vec::new()
    } else {
        pages(client, "/work_pools/filter", filter).await?
    };
    let mut out = Vec::new();
    for (name, users) in &used {
        let record = records.iter().find(|it| text(it, "name") == *name);
        let late = late.remove(name).unwrap_or_default();
        out.push(pool(client, (name, users), record, late).await?);
    }
    Ok(out)
}

async fn pool(
    client: &Client,
    (name, users): (&str, &BTreeMap<String, usize>),
    record: Option<&Value>,
    late: Late,
) -> Result<Pool, ApiError> {
    let r#type = record.map(|it| text(it, "type"));
    let has_workers = r#type.as_deref().is_some_and(|it| Takers::of(it) == Takers::Workers);
    let workers = if has_workers { Some(online(client, name).await?) } else { None };
    let live = if record.is_some() { queues(client, name).await? } else { BTreeMap::new() };
    let used = users.iter().filter_map(|(queue, count)| Some((live.get(queue)?, queue, *count)));
    Ok(Pool {
        name: name.to_owned(),
        r#type,
        paused: record.is_some_and(|it| it["is_paused"] == true),
        workers,
        deployments: users.values().sum(),
        queues: used.map(|(record, name, deployments)| queue(record, name, deployments)).collect(),
        late: late.count,
        more_late: late.more,
        oldest_late: late.oldest,
    })
}

fn queue(record: &Map<String, Value>, name: &str, deployments: usize) -> Queue {
    let of = |name: &str| record.get(name).unwrap_or(&Value::Null);
    Queue {
        name: name.to_owned(),
        paused: *of("is_paused") == true,
        last_polled: of("last_polled").as_str().and_then(|it| it.parse().ok()),
        deployments,
    }
}

/// How many workers of `pool` are online.
async fn online(client: &Client, pool: &str) -> Result<usize, ApiError> {
    let path = format!("/work_pools/{}/workers/filter", segment(pool));
    let filter = json!({"workers": {"status": {"any_": ["ONLINE"]}}});
    Ok(pages(client, &path, filter).await?.len())
}

/// Adds the late runs of the deployments `ids`, 200 at most, the oldest first.
async fn lates(
    client: &Client,
    ids: &[String],
    out: &mut BTreeMap<String, Late>,
) -> Result<(), ApiError> {
    let path = "/flow_runs/filter";
    let state = json!({"name": {"any_": ["Late"]}});
    let body = json!({
        "flow_runs": {"deployment_id": {"any_": ids}, "state": state},
        "sort": "EXPECTED_START_TIME_ASC",
        "limit": PAGE,
    });
    let runs = list(path, client.post(path, &body).await?)?;
    for it in &runs {
        let late = out.entry(text(it, "work_pool_name")).or_default();
        let due: Option<Timestamp> =
            it["expected_start_time"].as_str().and_then(|it| it.parse().ok());
        late.count += 1;
        late.more |= runs.len() == PAGE;
        late.oldest = late.oldest.into_iter().chain(due).min();
    }
    Ok(())
}
