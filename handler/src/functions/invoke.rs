//! One function per trigger: envelope -> job or reconcile -> answer.

use std::time::Duration;

use axum::response::Response;
use domain::event::{self, Ignored, Outcome};
use domain::job::{Cause, Job, Scope};
use serde_json::{Value, json};
use tokio::time::Instant;

use super::{answer, envelope, later};
use crate::app::App;
use crate::reconcile::{self, Verdict};
use crate::requests::{self, Asked, Query, accepted, dry_run, refusal, requested, waited};

/// What a job keeps of the host's time: a timeout would kill the process with everybody's jobs.
const MARGIN: Duration = Duration::from_mins(1);

/// `StorageEvents` and `VaultEvents`: an event becomes a job, or nothing; `cardinality: many` gives several as an array.
pub(super) fn events(app: &App, body: &[u8]) -> Response {
    let value = match envelope::input(body, "event") {
        Ok(value) => value,
        Err(error) => return person(&error.to_string()),
    };
    let events = if let Value::Array(list) = value { list } else { vec![value] };
    let (mut jobs, mut told, mut ignored) = (Vec::new(), Vec::new(), Ignored::default());
    for it in &events {
        match event::read(it, &app.places()) {
            Ok(Outcome::Job(job)) => jobs.push(job),
            Ok(Outcome::Ignored(why)) => ignored.count(why),
            Err(error) => {
                tracing::error!(why = %error, "not done, a person must look");
                told.push(error.to_string());
            }
        }
    }
    crate::telemetry::ignored(&ignored);
    if ignored != Ignored::default() {
        told.push(format!("ignored: {ignored}"));
    }
    if !jobs.is_empty() {
        told.push(format!("{} queued", jobs.len()));
    }
    answer::done(&jobs, &told.join("; "))
}

/// A person must look: logged once as an error, and answered so that it is not tried again.
fn person(why: &str) -> Response {
    tracing::error!(why, "not done, a person must look");
    answer::finished(why)
}

/// `SyncJob`: does the work.
pub(super) async fn job(app: &App, body: &[u8]) -> Response {
    let message = envelope::input(body, "job").ok().and_then(|it| envelope::message(&it));
    let job = match message.ok_or_else(|| "no JSON".to_owned()).and_then(Job::of_message) {
        Ok(job) => job,
        Err(why) => return person(&format!("the message is no job: {why}")),
    };
    let deadline = Instant::now() + app.config.function_timeout.saturating_sub(MARGIN);
    match reconcile::reconcile(app, &job, deadline).await {
        Verdict::Done(text) => {
            tracing::info!(result = text, "done");
            answer::finished(&text)
        }
        Verdict::Busy(text) => busy(app, &job, &text).await,
        Verdict::Person(_, text) => person(&text),
        Verdict::Later(text) => send_again(app, &job, &text, answer::failed).await,
        Verdict::Deferred(text) if job.cause == Cause::Timer => answer::finished(&text),
        Verdict::Deferred(text) => send_again(app, &job, &text, answer::finished).await,
    }
}

async fn busy(app: &App, job: &Job, text: &str) -> Response {
    tracing::info!(result = text, "busy");
    match &app.stores.jobs {
        Some(queue) => match later::after_lease(queue, job).await {
            Ok(()) => answer::finished(text),
            Err(error) => answer::failed(&crate::telemetry::chain(&error)),
        },
        None => answer::finished(text),
    }
}

/// Sends `job` again; `end` answers once it was sent as often as may be.
async fn send_again(app: &App, job: &Job, why: &str, end: fn(&str) -> Response) -> Response {
    let Some(queue) = &app.stores.jobs else { return answer::failed(why) };
    match later::again(queue, job).await {
        Ok(Some(delay)) => {
            tracing::warn!(why, delay.seconds = delay, "warning: not done, sent again");
            answer::finished(why)
        }
        Ok(None) if job.cause == Cause::Timer => {
            tracing::warn!(why, "warning: not done, left to the next pass of the timer");
            answer::finished(why)
        }
        Ok(None) => {
            reconcile::given_up(app, job, why).await;
            end(why)
        }
        Err(error) => answer::failed(&format!("{why}; and {}", crate::telemetry::chain(&error))),
    }
}

/// `Reconcile`: one job per bundle, one for the secrets and one for the work queues.
pub(super) async fn timer(app: &App) -> Response {
    let all = Job::new(Scope::All, Cause::Timer, uuid::Uuid::new_v4().to_string());
    let (jobs, ()) = tokio::join!(reconcile::jobs(app, &all), reconcile::keep_house(app));
    match jobs {
        Ok(jobs) => {
            let bundles = jobs.iter().filter(|it| matches!(it.scope, Scope::Bundle(_))).count();
            answer::done(&jobs, &format!("{bundles} bundles queued"))
        }
        Err(error) => answer::failed(&crate::telemetry::chain(&error)),
    }
}

/// `Redeploy`: a job on demand.
pub(super) async fn redeploy(app: &App, body: &[u8]) -> Response {
    let text = match envelope::input(body, "req") {
        Ok(Value::Object(request)) => match request.get("Body") {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Null) | None => String::new(),
            Some(other) => other.to_string(),
        },
        Ok(_) => String::new(),
        Err(error) => return answer::http(400, &json!({"error": error.to_string()}), &[]),
    };
    let request = uuid::Uuid::new_v4().to_string();
    let (mut job, wait) = match requested(&text, &request) {
        Ok(Asked::Job(job, wait)) => (job, wait),
        Ok(Asked::DryRun(job)) => {
            let (status, body) = dry_run(app, &job).await;
            return answer::http(status, &body, &[]);
        }
        Err(why) => return answer::http(400, &json!({"error": why}), &[]),
    };
    if let Some((status, body)) = refusal(app, &mut job).await {
        return answer::http(status, &body, &[]);
    }
    if let (true, Some(queue)) = (wait, &app.stores.jobs) {
        // the host sends an output only with the answer
        if let Err(error) = queue.send(&job.to_message(), 0).await {
            tracing::error!(error = crate::telemetry::chain(&error), "a redeploy cannot be kept");
            let why = "the redeploy cannot be kept; the log says why";
            return answer::http(503, &json!({"error": why}), &[]);
        }
        reconcile::note_accepted(app, &job).await;
        let (status, body) = waited(app, &job).await;
        return answer::http(status, &body, &[]);
    }
    reconcile::note_accepted(app, &job).await;
    let (status, body) = accepted(&job);
    answer::http(status, &body, &[job])
}

/// `Status`: what is known.
pub(super) async fn status(app: &App, body: &[u8]) -> Response {
    let request = match envelope::input(body, "req") {
        Ok(request) => request,
        Err(error) => return answer::http(400, &json!({"error": error.to_string()}), &[]),
    };
    let of = |name: &str| request["Query"][name].as_str().map(str::to_owned);
    let query = Query { bundle: of("bundle"), request: of("request") };
    let (status, body) = requests::status(app, &query).await;
    answer::http(status, &body, &[])
}
