//! A job that could not be done now is sent again through our own queue client: an outage must not fill the poison queue.

use domain::job::{Cause, Job};

use crate::stores::{Queue, StoreError};

/// Seconds until the next try; together an hour.
pub const DELAYS: [u32; 7] = [15, 30, 60, 120, 300, 900, 2100];

/// How many of them a job of the timer has: by then the next pass has sent another one, and an outage piles none up.
const OF_THE_TIMER: usize = 4;

/// Sends `job` again with its next delay; `None` when it had them all, so that the host's own retries decide, or, for a job of
/// the timer, the next pass.
///
/// # Errors
/// When the queue cannot be reached.
pub async fn again(queue: &Queue, job: &Job) -> Result<Option<u32>, StoreError> {
    let Some(delay) = delay(job) else { return Ok(None) };
    let next = Job { attempt: job.attempt + 1, ..job.clone() };
    queue.send(&next.to_message(), delay).await?;
    Ok(Some(delay))
}

fn delay(job: &Job) -> Option<u32> {
    let most = if job.cause == Cause::Timer { OF_THE_TIMER } else { DELAYS.len() };
    DELAYS.iter().take(most).nth(job.attempt as usize).copied()
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

#[cfg(test)]
mod tests {
    use domain::job::Scope;

    use super::*;

    fn delays(cause: Cause) -> Vec<u32> {
        let job = |attempt| Job { attempt, ..Job::new(Scope::All, cause, "r") };
        (0..).map_while(|it| delay(&job(it))).collect()
    }

    #[test]
    fn an_upload_is_tried_for_an_hour_and_the_timer_until_its_next_pass() {
        assert_eq!(delays(Cause::Upload).iter().sum::<u32>(), 3525);
        let of_timer = delays(Cause::Timer).iter().sum::<u32>();
        assert!(of_timer < 300, "{of_timer}");
    }
}
