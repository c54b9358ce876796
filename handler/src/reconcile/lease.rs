//! One worker at a time for each bundle; who comes meanwhile leaves a note for the one who is at it.

use std::time::Duration;

use super::{ReconcileError, Task, Verdict, bundle};
use crate::stores::{Condition, Lease};

/// How long a lease lives without being renewed.
const SECONDS: u8 = 30;
/// How often a holder looks again because somebody noted `pending`.
const AGAIN: u32 = 3;

/// Brings Prefect to what the bundle's blob says now.
pub(super) async fn reconcile(task: &Task<'_>) -> Result<Verdict, ReconcileError> {
    let key = format!("{}/lease", task.id);
    let pending = format!("{}/pending", task.id);
    let receipts = &task.app.stores.receipts;
    let Some(lease) = receipts.acquire(&key, SECONDS).await? else {
        receipts.write(&pending, Vec::new(), Condition::Any).await?;
        return Ok(Verdict::Busy(format!("{}: another worker is at it", task.id)));
    };
    let mut result = Ok(Verdict::Done(String::new()));
    for _ in 0..AGAIN {
        receipts.delete(&pending).await?;
        result = kept(task, &lease).await;
        if result.is_err() || receipts.head(&pending).await?.is_none() {
            break;
        }
    }
    receipts.release(lease).await?;
    result
}

/// Works while the lease is renewed; a lost lease stops the work at its next await.
async fn kept(task: &Task<'_>, lease: &Lease) -> Result<Verdict, ReconcileError> {
    let renew = async {
        loop {
            tokio::time::sleep(Duration::from_secs(u64::from(SECONDS) / 3)).await;
            if let Err(error) = task.app.stores.receipts.renew(lease).await {
                return error;
            }
        }
    };
    tokio::select! {
        result = bundle::work(task) => result,
        error = renew => Err(error.into()),
    }
}
