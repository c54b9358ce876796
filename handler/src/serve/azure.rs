//! The queues of Azure Storage: `sync-jobs`, and `sync-events` with raw events, since nobody else turns them into jobs.

use std::time::Duration;

use domain::event::{self, Ignored, Outcome};
use domain::job::{Cause, Job, Scope};
use serde_json::Value;
use tokio::sync::watch::Receiver;
use tokio::time::Instant;

use super::flights::Flights;
use super::{deadline, log};
use crate::app::App;
use crate::functions::{after_lease, send_again};
use crate::reconcile::{self, Verdict};
use crate::stores::{Message, Queue, StoreError};

/// How long an empty queue is left alone.
const IDLE: Duration = Duration::from_secs(2);
/// Messages of one request.
const BATCH: u8 = 16;
/// How often a message is received before it is poison, as in host.json.
pub const MAX_DEQUEUE: u32 = 5;

/// Consumes both queues, and works on every bundle by the timer; ends between two jobs when `stop` says so.
pub(super) async fn watch(app: &App, flights: &Flights, mut stop: Receiver<bool>) {
    let mut all = Instant::now();
    while !*stop.borrow() {
        if Instant::now() >= all {
            all = Instant::now() + app.config.reconcile_every;
            if let Err(error) = fan_out(app).await {
                log(&Verdict::Later(crate::telemetry::chain(&error)));
            }
        }
        let moved = match (events(app).await, jobs(app, flights).await) {
            (Ok(events), Ok(jobs)) => events + jobs,
            (Err(error), _) | (_, Err(error)) => {
                log(&Verdict::Later(crate::telemetry::chain(&error)));
                0
            }
        };
        if moved == 0 {
            let stopped = stop.wait_for(|it| *it);
            drop(tokio::time::timeout(IDLE, stopped).await);
        }
    }
}

/// One job per bundle, so that a pass that is cut off reaches the others all the same.
async fn fan_out(app: &App) -> Result<(), StoreError> {
    let Some(queue) = &app.stores.jobs else { return Ok(()) };
    let job = Job::new(Scope::All, Cause::Timer, uuid::Uuid::new_v4().to_string());
    let (sent, ()) = tokio::join!(reconcile::fan_out(app, queue, &job), reconcile::keep_house(app));
    sent.map(|_| ())
}

/// Turns raw events into jobs; a message that cannot be turned does not hold up the ones behind it.
async fn events(app: &App) -> Result<usize, StoreError> {
    let (Some(events), Some(jobs)) = (&app.stores.events, &app.stores.jobs) else { return Ok(0) };
    let messages = events.receive(BATCH, 60).await?;
    let mut result = Ok(messages.len());
    for message in &messages {
        if let Err(error) = turned(app, message, (events, jobs)).await {
            result = Err(error);
        }
    }
    result
}

/// The message goes when its jobs are sent, or when it was tried as often as a job.
async fn turned(
    app: &App,
    message: &Message,
    (events, jobs): (&Queue, &Queue),
) -> Result<(), StoreError> {
    if message.dequeue_count > MAX_DEQUEUE {
        give_up(app, &message.text).await?;
    } else {
        for job in read(app, message) {
            jobs.send(&job.to_message(), 0).await?;
        }
    }
    events.delete(message).await
}

fn read(app: &App, message: &Message) -> Vec<Job> {
    let value: Value = serde_json::from_str(&message.text).unwrap_or_default();
    let list = if let Value::Array(list) = value { list } else { vec![value] };
    let (mut jobs, mut ignored) = (Vec::new(), Ignored::default());
    for it in &list {
        match event::read(it, &app.places()) {
            Ok(Outcome::Job(job)) => jobs.push(job),
            Ok(Outcome::Ignored(why)) => ignored.count(why),
            Err(error) => tracing::error!(%error, "a message of the event queue is dropped"),
        }
    }
    crate::telemetry::ignored(&ignored);
    jobs
}

/// Works on the next job; its message stays hidden for as long as a job may take.
async fn jobs(app: &App, flights: &Flights) -> Result<usize, StoreError> {
    let Some(queue) = &app.stores.jobs else { return Ok(0) };
    let hidden = u32::try_from(app.config.function_timeout.as_secs()).unwrap_or(3600) + 30;
    let messages = queue.receive(1, hidden).await?;
    for message in &messages {
        match job(&message.text) {
            _ if message.dequeue_count > MAX_DEQUEUE => give_up(app, &message.text).await?,
            Ok(job) => {
                flights.begins(&job.request).await;
                work(app, queue, &job).await?;
            }
            Err(error) => tracing::error!(error, "a message of the job queue is dropped"),
        }
        queue.delete(message).await?;
    }
    Ok(messages.len())
}

/// The job in a message, or why it is none.
fn job(text: &str) -> Result<Job, String> {
    let message = serde_json::from_str(text).map_err(|error| error.to_string())?;
    Job::of_message(message)
}

async fn work(app: &App, queue: &Queue, job: &Job) -> Result<(), StoreError> {
    let verdict = reconcile::reconcile(app, job, deadline(app)).await;
    log(&verdict);
    if matches!(verdict, Verdict::Busy(_)) {
        after_lease(queue, job).await?;
    }
    if !verdict.is_sent_again(job) || send_again(queue, job).await?.is_some() {
        return Ok(());
    }
    if job.cause == Cause::Timer {
        // its next pass has sent another one
        return Ok(());
    }
    if let Verdict::Later(why) | Verdict::Deferred(why) = &verdict {
        reconcile::given_up(app, job, why).await;
    }
    // to what is deferred the timer comes back
    if matches!(verdict, Verdict::Later(_)) {
        give_up(app, &job.to_message()).await?;
    }
    Ok(())
}

/// Keeps a message that failed for ever where a person finds it; the timer comes back to its bundle. One that the poison queue
/// does not take either is dropped, or it would come back for ever.
async fn give_up(app: &App, text: &str) -> Result<(), StoreError> {
    let Some(poison) = &app.stores.poison else { return Ok(()) };
    tracing::error!(queue = poison.name(), "a message is given up and kept in the poison queue");
    poison.ensure().await?;
    match poison.send(text, 0).await {
        Err(error @ StoreError::Rejected(_)) => {
            let error = crate::telemetry::chain(&error);
            tracing::error!(error, "the poison queue refuses the message: it is dropped");
            Ok(())
        }
        sent => sent,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_job_of_another_version_is_none() {
        let text = |v: u32| {
            format!(r#"{{"v":{v},"scope":"bundle","id":"a","cause":"upload","request":"r"}}"#)
        };
        assert!(super::job(&text(1)).is_ok());
        assert_eq!(super::job(&text(2)), Err("a job of version 2, not 1".to_owned()));
    }
}
