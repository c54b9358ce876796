//! Writes: one idempotent call each.

pub mod secrets;

use domain::observed::LiveSchedule;
use domain::plan::{Limits, put_back};
use serde_json::{Map, Value, json};

use super::wire::{deployment, segment, text};
use super::{ApiError, Client};

/// The id of the flow `name`, made when it does not exist.
///
/// # Errors
/// As [`ApiError`]; nothing was made then, or it will be found next time.
pub async fn flow(client: &Client, name: &str) -> Result<String, ApiError> {
    let flow = client.post("/flows/", &json!({"name": name})).await?;
    Ok(text(&flow, "id"))
}

/// Creates (or on servers without the PATCH, replaces) a deployment and gives its id, and its schedules where the answer has
/// them; `flow_id` where `body` has none.
///
/// # Errors
/// As [`ApiError`]; the deployment is then as it was.
pub async fn create_deployment(
    client: &Client,
    flow_id: Option<&str>,
    body: &Map<String, Value>,
) -> Result<(String, Option<Vec<LiveSchedule>>), ApiError> {
    let mut body = body.clone();
    if let Some(flow_id) = flow_id {
        body.insert("flow_id".into(), flow_id.into());
    }
    let made = client.post("/deployments/", &body.into()).await?;
    Ok((text(&made, "id"), deployment(made, "").map(|it| it.schedules)))
}

/// Removes schedules, then changes the deployment by one PATCH; that PATCH comes last since a sub-resource call leaves the
/// deployment without runs for up to a minute, and the PATCH ends that.
///
/// # Errors
/// As [`ApiError`]; removed schedules stay removed, and the next pass sends the PATCH.
pub async fn update_deployment(
    client: &Client,
    id: &str,
    body: &Map<String, Value>,
    delete_schedules: &[String],
) -> Result<(), ApiError> {
    for schedule in delete_schedules {
        gone_is_good(client.delete(&format!("/deployments/{id}/schedules/{schedule}")).await)?;
    }
    client.patch(&format!("/deployments/{id}"), &body.clone().into()).await?;
    Ok(())
}

/// Reads the schedules that the deployment `id` has after a write that replaced them, and puts back what that dropped.
///
/// That goes by the sub-resource, since the deployment's own calls take it and drop it; a last empty PATCH makes the server make
/// the runs anew at once, and not after a minute.
///
/// # Errors
/// As [`ApiError`]; then some of it is not back: the state has it for the next pass.
pub async fn put_back_limits(
    client: &Client,
    id: &str,
    lost: &[Limits],
) -> Result<Vec<LiveSchedule>, ApiError> {
    let path = format!("/deployments/{id}");
    let live = deployment(client.get(&path).await?, "").map(|it| it.schedules).unwrap_or_default();
    let bodies = put_back(lost, &live);
    for (schedule, body) in &bodies {
        client.patch(&format!("{path}/schedules/{schedule}"), &body.clone().into()).await?;
    }
    if !bodies.is_empty() {
        client.patch(&path, &json!({})).await?;
    }
    Ok(live)
}

/// Tells the server of `events`; told again, each is the same one.
///
/// # Errors
/// As [`ApiError`]; `Missing` where the server has no events.
pub async fn events(client: &Client, events: &[Value]) -> Result<(), ApiError> {
    client.post("/events", &events.into()).await.map(|_| ())
}

/// Creates an automation; its id, where the server tells it.
///
/// # Errors
/// As [`ApiError`]. Names are not unique: an answer that was lost may have made it, and the next pass finds it.
pub async fn create_automation(
    client: &Client,
    body: &Map<String, Value>,
) -> Result<Option<String>, ApiError> {
    let made = client.post_new("/automations/", &body.clone().into()).await?;
    Ok(made["id"].as_str().map(str::to_owned))
}

/// Replaces an automation; its id and its owner stay.
///
/// # Errors
/// As [`ApiError`].
pub async fn update_automation(
    client: &Client,
    id: &str,
    body: &Map<String, Value>,
) -> Result<(), ApiError> {
    client.put(&format!("/automations/{id}"), &body.clone().into()).await.map(|_| ())
}

/// Switches an automation off; one that is gone by now is as good.
///
/// # Errors
/// As [`ApiError`].
pub async fn disable_automation(client: &Client, id: &str) -> Result<(), ApiError> {
    let off = json!({"enabled": false});
    gone_is_good(client.patch(&format!("/automations/{id}"), &off).await)
}

/// Starts a flow run of a deployment and gives its id; with a `key` that was given before, that of that run.
///
/// # Errors
/// As [`ApiError`]; a parameter without a value is a `Conflict`.
pub async fn create_flow_run(
    client: &Client,
    deployment: &str,
    key: &str,
) -> Result<String, ApiError> {
    let body = json!({"idempotency_key": format!("{key} {deployment}")});
    let path = format!("/deployments/{deployment}/create_flow_run");
    Ok(text(&client.post(&path, &body).await?, "id"))
}

/// Pauses a deployment; one that is gone by now is as good.
///
/// # Errors
/// As [`ApiError`].
pub async fn pause_deployment(client: &Client, id: &str) -> Result<(), ApiError> {
    let paused = json!({"paused": true});
    gone_is_good(client.patch(&format!("/deployments/{id}"), &paused).await)
}

/// Deletes a deployment with its scheduled runs; one that is gone by now is as good.
///
/// # Errors
/// As [`ApiError`].
pub async fn delete_deployment(client: &Client, id: &str) -> Result<(), ApiError> {
    gone_is_good(client.delete(&format!("/deployments/{id}")).await)
}

fn gone_is_good(result: Result<Value, ApiError>) -> Result<(), ApiError> {
    match result {
        Ok(_) | Err(ApiError::Missing { .. }) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Deletes an automation; one that is gone by now is as good.
///
/// # Errors
/// As [`ApiError`].
pub async fn delete_automation(client: &Client, id: &str) -> Result<(), ApiError> {
    gone_is_good(client.delete(&format!("/automations/{id}")).await)
}

/// Creates a work pool; one that exists by now is as good: the next pass compares it.
///
/// # Errors
/// As [`ApiError`].
pub async fn create_pool(client: &Client, body: &Map<String, Value>) -> Result<(), ApiError> {
    there_is_good(client.post("/work_pools/", &body.clone().into()).await)
}

/// Changes a work pool.
///
/// # Errors
/// As [`ApiError`].
pub async fn update_pool(
    client: &Client,
    name: &str,
    body: &Map<String, Value>,
) -> Result<(), ApiError> {
    let path = format!("/work_pools/{}", segment(name));
    client.patch(&path, &body.clone().into()).await.map(|_| ())
}

/// Creates a queue of `pool`, or of the agents of Prefect 2; one that exists by now is as good, likewise.
///
/// # Errors
/// As [`ApiError`].
pub async fn create_queue(
    client: &Client,
    pool: Option<&str>,
    body: &Map<String, Value>,
) -> Result<(), ApiError> {
    let path = match pool {
        Some(pool) => format!("/work_pools/{}/queues", segment(pool)),
        None => "/work_queues/".to_owned(),
    };
    there_is_good(client.post(&path, &body.clone().into()).await)
}

/// Changes a queue.
///
/// # Errors
/// As [`ApiError`].
pub async fn update_queue(
    client: &Client,
    (pool, queue): (&str, &str),
    body: &Map<String, Value>,
) -> Result<(), ApiError> {
    let path = format!("/work_pools/{}/queues/{}", segment(pool), segment(queue));
    client.patch(&path, &body.clone().into()).await.map(|_| ())
}

fn there_is_good(result: Result<Value, ApiError>) -> Result<(), ApiError> {
    match result {
        Ok(_) | Err(ApiError::Conflict { .. }) => Ok(()),
        Err(error) => Err(error),
    }
}

/// A block that is made.
#[derive(Debug)]
pub struct Block<'a> {
    /// Block type slug.
    pub r#type: &'a str,
    /// `None`: an anonymous one.
    pub name: Option<&'a str>,
    /// Its fields.
    pub data: &'a Value,
}

/// Creates `block` and gives its id; one that has that name by now is as good.
///
/// # Errors
/// As [`ApiError`]; the data never reaches it.
pub async fn create_block(client: &Client, block: &Block<'_>) -> Result<String, ApiError> {
    let Block { r#type, name, data } = block;
    let type_id = text(&client.get(&format!("/block_types/slug/{type}")).await?, "id");
    let filter = json!({"block_schemas": {"block_type_id": {"any_": [type_id]}}, "limit": 200});
    let schemas = client.post("/block_schemas/filter", &filter).await?;
    let schemas: Vec<&Value> = schemas.as_array().into_iter().flatten().collect();
    // newest first, which is not the highest version: one that has the fields is what matters
    let schema = schemas.iter().find(|it| has_fields(it, data)).or(schemas.first());
    let schema =
        schema.ok_or_else(|| ApiError::Missing { operation: format!("block schema of {type}") })?;
    let body = json!({
        "name": name,
        "data": data,
        "block_type_id": type_id,
        "block_schema_id": text(schema, "id"),
        "is_anonymous": name.is_none(),
    });
    match (client.post("/block_documents/", &body).await, name) {
        (Ok(made), _) => Ok(text(&made, "id")),
        (Err(ApiError::Conflict { .. }), Some(name)) => {
            let path = format!("/block_types/slug/{type}/block_documents/name/{name}");
            Ok(text(&client.get(&path).await?, "id"))
        }
        (Err(error), _) => Err(error),
    }
}

fn has_fields(schema: &Value, data: &Value) -> bool {
    let known = |name: &String| schema.pointer(&format!("/fields/properties/{name}")).is_some();
    data.as_object().is_none_or(|it| it.keys().all(known))
}
