//! A job that could not be done now is sent again through our own queue client: an outage must not fill the poison queue.

use domain::job::Job;

use crate::stores::{Queue, StoreError};

/// Seconds until the next try; together an hour.
pub const DELAYS: [u32; 7] = [15, 30, 60, 120, 300, 900, 2100];

/// Sends `job` again with its next delay; `None` when it had them all, so that the host's own retries decide.
///
/// # Errors
/// When the queue cannot be reached.
pub async fn again(queue: &Queue, job: &Job) -> Result<Option<u32>, StoreError> {
    let Some(delay) = DELAYS.get(job.attempt as usize).copied() else { return Ok(None) };
    let next = Job { attempt: job.attempt + 1, ..job.clone() };
    queue.send(&next.to_message(), delay).await?;
    Ok(Some(delay))
}

/// Seconds after which the lease of a worker that died is over.
const AFTER_LEASE: u32 = 40;

/// Sends a job that met a held lease once more: the holder notes `pending` only if it lives.
///
/// # Errors
/// When the queue cannot be reached.
pub async fn after_lease(queue: &Queue, job: &Job) -> Result<(), StoreError> {
    if job.attempt > 0 {
        return Ok(());
    }
    let next = Job { attempt: 1, ..job.clone() };
    queue.send(&next.to_message(), AFTER_LEASE).await
}
