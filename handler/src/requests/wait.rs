//! The answer to a redeploy that was accepted: at once, or when it is done.

use std::time::Duration;

use domain::job::{Job, Scope};
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use super::unavailable;
use crate::app::App;
use crate::reconcile::{request_of_all, request_receipt};
use crate::stores::StoreError;

/// The load balancer of Azure ends a request after 230 s.
const MOST: Duration = Duration::from_secs(200);
/// How often the receipt is looked for.
const EVERY: Duration = Duration::from_secs(1);

/// Status and body for a job that was accepted: where its end can be seen.
pub fn accepted(job: &Job) -> (u16, Value) {
    let request = &job.request;
    let status = match &job.scope {
        Scope::Bundle(id) => format!("/api/status?bundle={id}&request={request}"),
        _ => format!("/api/status?request={request}"),
    };
    (202, json!({"request": request, "status": status}))
}

/// Status and body for a job that is being worked on: its receipt, or after 200 s the same as at once.
pub async fn waited(app: &App, job: &Job) -> (u16, Value) {
    let end = Instant::now() + MOST;
    while Instant::now() < end {
        match receipt(app, job).await {
            Ok(Some(receipt)) => return (200, receipt),
            Ok(None) => sleep(EVERY).await,
            Err(error) => return unavailable(&error),
        }
    }
    accepted(job)
}

async fn receipt(app: &App, job: &Job) -> Result<Option<Value>, StoreError> {
    if let Scope::Bundle(id) = &job.scope {
        return request_receipt(app, id, &job.request).await;
    }
    let found = request_of_all(app, &job.request).await?;
    Ok(found.and_then(|(document, is_done)| is_done.then_some(document)))
}
