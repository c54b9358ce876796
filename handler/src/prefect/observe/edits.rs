//! What people change of deployments and automations while a write waits.

use serde_json::{Value, json};

use super::super::{ApiError, Client};

/// The fields of which a write sends a whole that it does not own alone; those of 2.x, too.
const SHARED: [&str; 7] = [
    "tags",
    "schedules",
    "paused",
    "is_schedule_active",
    "parameters",
    "job_variables",
    "infra_overrides",
];

/// These fields of the deployment `id` as they are now; null when it is gone.
///
/// # Errors
/// When it cannot be read.
pub async fn of(client: &Client, id: &str) -> Result<Value, ApiError> {
    let live = match client.get(&format!("/deployments/{id}")).await {
        Err(ApiError::Missing { .. }) => return Ok(Value::Null),
        other => other?,
    };
    Ok(SHARED.iter().map(|it| json!([it, live.get(*it)])).collect())
}

/// Whether the automation `id` is switched on; `None` when it is gone.
///
/// # Errors
/// When it cannot be read.
pub async fn enabled(client: &Client, id: &str) -> Result<Option<bool>, ApiError> {
    match client.get(&format!("/automations/{id}")).await {
        Err(ApiError::Missing { .. }) => Ok(None),
        other => Ok(other?["enabled"].as_bool()),
    }
}
