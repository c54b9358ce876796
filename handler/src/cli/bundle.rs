//! `suspend`, `resume`, `unpin`, `status` and `replay`: what people say of bundles, and ask about them.

use std::path::Path;

use anyhow::{Context as _, bail};
use domain::diagnostic::did_you_mean;
use domain::job::{Cause, Job, Scope};
use domain::names::BundleId;
use serde_json::{Map, Value, json};

use super::args::{BundleArgs, Output, ReplayArgs, StatusArgs, SuspendArgs};
use super::{Exit, output};
use crate::app::App;
use crate::config::Config;
use crate::reconcile::bundles;
use crate::reconcile::notes::{self, Pinned, Suspended};
use crate::requests::{self, Query};

/// Messages of the poison queue that are taken at once, and for how long.
const BATCH: (u8, u32) = (16, 60);

fn open(local: Option<&Path>) -> anyhow::Result<App> {
    App::open(Config::offline()?, local)
}

pub(super) async fn suspend(args: &SuspendArgs) -> anyhow::Result<Exit> {
    let (app, id) = (open(args.bundle.local.as_deref())?, &args.bundle.id);
    let note = Suspended { v: 1, since: app.now(), reason: args.reason.clone() };
    notes::suspend(&app.stores.receipts, id, &note).await?;
    let unknown = unknown(&app, id).await?;
    let text = format!("{id} is suspended: nothing of it is written until it is resumed{unknown}");
    said(&args.bundle, text)
}

/// That there is no such bundle, if so: it may be one that is to come, or a slip.
async fn unknown(app: &App, id: &BundleId) -> anyhow::Result<String> {
    let found = bundles(&app.stores.bundles).await?;
    if found.iter().any(|it| it.id == *id) {
        return Ok(String::new());
    }
    let near = did_you_mean(id.as_str(), found.iter().map(|it| it.id.as_str()));
    Ok(format!("; there is no archive of that bundle yet{near}"))
}

pub(super) async fn resume(args: &BundleArgs) -> anyhow::Result<Exit> {
    let (app, id) = (open(args.local.as_deref())?, &args.id);
    if notes::suspended(&app.stores.receipts, id).await?.is_none() {
        return said(args, format!("{id} was not suspended"));
    }
    notes::resume(&app.stores.receipts, id).await?;
    let when = looked_at(&app, id).await?;
    said(args, format!("{id} is resumed; {when}"))
}

pub(super) async fn unpin(args: &BundleArgs) -> anyhow::Result<Exit> {
    let (app, id) = (open(args.local.as_deref())?, &args.id);
    let Some(pin) = notes::pinned(&app.stores.receipts, id).await? else {
        return said(args, format!("{id} was not pinned"));
    };
    let Some(digest) = &pin.digest else { return said(args, format!("{id} was not pinned")) };
    let note = Pinned { digest: None, since: app.now(), ..pin.clone() };
    notes::pin(&app.stores.receipts, id, &note).await?;
    let (when, digest) = (looked_at(&app, id).await?, digest.short());
    said(args, format!("{id} is not pinned to {digest} any more: its upload counts; {when}"))
}

/// Sends a job for the bundle, and says when it is done.
async fn looked_at(app: &App, id: &BundleId) -> anyhow::Result<&'static str> {
    let Some(queue) = &app.stores.jobs else { return Ok("the timer of `serve` comes to it") };
    let request = uuid::Uuid::new_v4().to_string();
    let job = Job::new(Scope::Bundle(id.clone()), Cause::Replay, request);
    queue.send(&job.to_message(), 0).await?;
    Ok("a job for it is queued")
}

fn said(args: &BundleArgs, text: String) -> anyhow::Result<Exit> {
    if args.common.output == Output::Json {
        let members = [("bundle", json!(args.id)), ("message", json!(text))];
        let members = members.map(|(name, it)| (name.to_owned(), it));
        output::json(Map::from_iter(members), &[])?;
    } else {
        output::text(&format!("{text}\n"))?;
    }
    Ok(Exit::Ok)
}

pub(super) async fn status(args: &StatusArgs) -> anyhow::Result<Exit> {
    let app = open(args.local.as_deref())?;
    let bundle = args.bundle.as_ref().map(ToString::to_string);
    let (status, body) = requests::status(&app, &Query { bundle, request: None }).await;
    if status != 200 {
        bail!("{}", body["error"].as_str().unwrap_or("the storage cannot be used"));
    }
    let body = body.as_object().cloned().unwrap_or_default();
    match (args.common.output, &args.bundle) {
        (Output::Json, _) => output::json(body, &[])?,
        (_, Some(_)) => output::text(&(serde_json::to_string_pretty(&body)? + "\n"))?,
        (_, None) => output::text(&lines(&body))?,
    }
    Ok(Exit::Ok)
}

/// One line a bundle: its last outcome, its digest, what people said of it; one a secret; then what is wrong with work pools and
/// queues, and the jobs that were given up.
fn lines(body: &Map<String, Value>) -> String {
    let of = |name: &str| body.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    let text = |it: &Value| it.as_str().unwrap_or("-").to_owned();
    let line = |it: &Value| {
        let notes = ["suspended", "pinned", "gone"].into_iter().filter(|name| it[*name] == true);
        let digest: String = text(&it["digest"]).chars().take(12).collect();
        let words = [text(&it["id"]), text(&it["outcome"]), digest, text(&it["finished"])];
        words.into_iter().chain(notes.map(str::to_owned)).collect::<Vec<_>>().join("  ") + "\n"
    };
    let given_up = given_up(&of("poison"), &body["poisonCount"]);
    let bundles: String = of("bundles").iter().map(line).collect();
    let secrets: String = of("secrets").iter().map(secret).collect();
    let health = body.get("health").cloned().unwrap_or_default();
    let seen = text(&health["at"]);
    let problem = |it: &Value| format!("{} (seen {seen})\n", text(it));
    let problems = health["problems"].as_array().into_iter().flatten().map(problem);
    bundles + &secrets + &problems.collect::<String>() + &given_up
}

/// The jobs that were given up, and how many more there are than the queue shows.
fn given_up(shown: &[Value], count: &Value) -> String {
    let line = |it: &Value| format!("given up: {it}\n");
    let lines: String = shown.iter().map(line).collect();
    let n_shown = u64::try_from(shown.len()).unwrap_or(u64::MAX);
    match count.as_u64().and_then(|it| it.checked_sub(n_shown)) {
        None | Some(0) => lines,
        Some(more) => {
            format!("{lines}given up: about {more} more, shown when these are replayed\n")
        }
    }
}

/// The block of a secret, whether it is to be used, and what is wrong with it.
fn secret(row: &Value) -> String {
    let text = |name: &str| row[name].as_str().map(str::to_owned);
    let to = text("block").filter(|it| !it.is_empty()).map(|it| format!("-> {it}"));
    let expires = text("expires").map(|it| format!("expires {it}"));
    let words = [text("secret"), to, text("state"), text("written"), expires];
    let words = words.into_iter().chain([text("problem"), text("warning")]).flatten();
    format!("secret  {}\n", words.collect::<Vec<_>>().join("  "))
}

pub(super) async fn replay(args: &ReplayArgs) -> anyhow::Result<Exit> {
    let app = open(None)?;
    let (Some(poison), Some(jobs)) = (&app.stores.poison, &app.stores.jobs) else {
        bail!("jobs are given up in Azure Storage only");
    };
    let mut count = 0;
    loop {
        let messages = poison.receive(BATCH.0, BATCH.1).await.with_context(|| {
            format!(
                "the queue `{}` cannot be read; there is none before a job is given up",
                poison.name()
            )
        })?;
        if messages.is_empty() {
            break;
        }
        for message in messages {
            let job =
                serde_json::from_str(&message.text).ok().and_then(|it| Job::of_message(it).ok());
            let Some(job) = job else {
                eprintln!("left, as it is no job: {}", message.text);
                continue;
            };
            // that of a redeploy is what its receipt is looked for by
            let cause = if job.cause == Cause::Redeploy { job.cause } else { Cause::Replay };
            jobs.send(&Job { cause, attempt: 0, ..job }.to_message(), 0).await?;
            poison.delete(&message).await?;
            count += 1;
        }
    }
    if args.common.output == Output::Json {
        output::json(Map::from_iter([("replayed".to_owned(), json!(count))]), &[])?;
    } else {
        output::text(&format!("queued again: {count}\n"))?;
    }
    Ok(Exit::Ok)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::given_up;

    #[test]
    fn what_the_queue_does_not_show_is_counted() {
        let shown = [json!({"request": "r"})];
        assert_eq!(given_up(&shown, &json!(1)), "given up: {\"request\":\"r\"}\n");
        let more = given_up(&shown, &json!(4));
        assert!(
            more.ends_with("given up: about 3 more, shown when these are replayed\n"),
            "{more}"
        );
    }
}
