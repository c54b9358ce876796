//! The job `queues`: how pools and queues fare, noted for those who ask for the status.

use domain::health::problems;
use domain::report::API_VERSION;
use jiff::Timestamp;
use serde_json::json;

use super::documents::write;
use super::{ReconcileError, Verdict, inventory};
use crate::app::App;
use crate::prefect::observe::health::health;

/// What was seen last; no bundle's id has a segment that starts with a dot.
pub(super) const HEALTH: &str = ".health.json";

/// Looks at the pools and queues that deployments of this installation use. What fails is looked at again by the timer.
pub(super) async fn look(app: &App) -> Verdict {
    match seen(app).await {
        Ok(text) => Verdict::Done(text),
        Err(error) => {
            let why = crate::telemetry::chain(&error);
            Verdict::Deferred(format!("work pools and queues could not be looked at: {why}"))
        }
    }
}

async fn seen(app: &App) -> Result<String, ReconcileError> {
    let client = app.prefect.for_job();
    let ids = inventory::owned(app).await?;
    let pools = health(&client, &ids).await?;
    let problems = problems(&pools, Timestamp::now());
    let count = (pools.len(), problems.len());
    let document = json!({
        "apiVersion": API_VERSION,
        "v": 1,
        "at": app.now(),
        "pools": pools,
        "problems": problems,
    });
    write(&app.stores.receipts, HEALTH, &document).await?;
    Ok(format!("{} work pools looked at, {} problems", count.0, count.1))
}
