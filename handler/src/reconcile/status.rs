//! What is known of bundles and requests, from the documents beside them. Reads only.

use std::collections::BTreeSet;

use domain::job::{Job, Scope};
use domain::names::BundleId;
use domain::report::API_VERSION;
use futures::{StreamExt as _, TryStreamExt as _, stream};
use serde_json::{Map, Value, json};

use super::documents::{GONE, STATE, document, latest, of_all, of_request, write_first};
use super::health::HEALTH;
use super::inventory::{ids, listed, with_document};
use super::notes::{PINNED, SUSPENDED};
use super::scope::{Found, bundles};
use crate::app::App;
use crate::load;
use crate::stores::{Queue, StoreError};

/// Bundles that are looked at at once.
const AT_ONCE: usize = 8;
/// Messages of the poison queue that are shown.
const POISON: u8 = 32;

/// The receipt of what `request` asked of the bundle; `None` until it is done.
///
/// # Errors
/// When it cannot be read.
pub async fn request_receipt(
    app: &App,
    id: &BundleId,
    request: &str,
) -> Result<Option<Value>, StoreError> {
    Ok(document(&app.stores.receipts, &of_request(id, request)).await?.filter(is_end))
}

/// Not one that is tried again, nor the note that the request was accepted.
fn is_end(receipt: &Value) -> bool {
    receipt["outcome"].as_str().is_some_and(|it| it != "deferred")
}

/// Notes that `job` was accepted, so that its end can be asked for before anybody has begun it.
pub async fn note_accepted(app: &App, job: &Job) {
    let Job { request, accepted, .. } = job;
    let (key, note) = match &job.scope {
        Scope::Bundle(id) => {
            let note = json!({"apiVersion": API_VERSION, "bundle": id, "request": request,
                "accepted": accepted, "outcome": null});
            (of_request(id, request), note)
        }
        // who begins it notes which bundles there are
        _ => (of_all(request), Value::Null),
    };
    if let Err(error) = write_first(&app.stores.receipts, &key, &note).await {
        let error = crate::telemetry::chain(&error);
        tracing::warn!(request, error, "warning: its status is not known before it is begun");
    }
}

/// Whether `request` asked anything of the bundle, done or not.
///
/// # Errors
/// When it cannot be read.
pub async fn is_requested(app: &App, id: &BundleId, request: &str) -> Result<bool, StoreError> {
    Ok(document(&app.stores.receipts, &of_request(id, request)).await?.is_some())
}

/// The outcome of what `request` asked of each bundle, null until it is done, and whether all are; `None` when nobody asked.
///
/// # Errors
/// When anything cannot be read.
pub async fn request_of_all(app: &App, request: &str) -> Result<Option<(Value, bool)>, StoreError> {
    let Some(bundles) = document(&app.stores.receipts, &of_all(request)).await? else {
        return Ok(None);
    };
    // null before the jobs are sent
    let bundles: Option<Vec<BundleId>> = serde_json::from_value(bundles).ok();
    let known = bundles.clone().unwrap_or_default();
    let outcomes = stream::iter(known).map(|id| async move {
        let receipt = request_receipt(app, &id, request).await?;
        let outcome = receipt.map_or(Value::Null, |it| it["outcome"].clone());
        Ok::<_, StoreError>((id.to_string(), outcome))
    });
    let outcomes: Map<String, Value> = outcomes.buffered(AT_ONCE).try_collect().await?;
    let is_done = bundles.is_some() && outcomes.values().all(|it| !it.is_null());
    let document = json!({"apiVersion": API_VERSION, "request": request, "bundles": outcomes});
    Ok(Some((document, is_done)))
}

/// Every bundle that is uploaded or has a state.
///
/// # Errors
/// When they cannot be listed.
pub async fn known(app: &App) -> Result<BTreeSet<BundleId>, StoreError> {
    let mut known = with_document(&listed(&app.stores.receipts).await?, STATE);
    match bundles(&app.stores.bundles).await {
        Err(error) if error.is_no_container() => {}
        found => known.extend(ids(&found?)),
    }
    Ok(known)
}

/// All that is known of one bundle; `None` when that is nothing.
///
/// # Errors
/// When anything cannot be read.
pub async fn of_bundle(app: &App, id: &BundleId) -> Result<Option<Value>, StoreError> {
    let found = Found::of(&app.stores.bundles, id).await?;
    let at = |name: &str| format!("{id}/{name}");
    let receipts = &app.stores.receipts;
    let state = at(STATE);
    let (state, receipt) = tokio::try_join!(document(receipts, &state), latest(receipts, id))?;
    if found.blobs.is_empty() && state.is_none() && receipt.is_none() {
        return Ok(None);
    }
    let (suspended, pinned, gone) = (at(SUSPENDED), at(PINNED), at(GONE));
    let (suspended, pinned, gone, digests) = tokio::try_join!(
        document(receipts, &suspended),
        document(receipts, &pinned),
        document(receipts, &gone),
        staged(app, id),
    )?;
    Ok(Some(json!({
        "apiVersion": API_VERSION,
        "bundle": id,
        "uploads": found.blobs.iter().map(|(item, _)| {
            json!({"blob": item.key, "etag": item.etag.as_str(), "size": item.size})
        }).collect::<Vec<_>>(),
        "suspended": suspended,
        "pinned": pinned.filter(|it| it["digest"].is_string()),
        "gone": gone,
        "digests": digests,
        "state": state,
        "receipt": receipt,
    })))
}

async fn staged(app: &App, id: &BundleId) -> Result<Vec<String>, StoreError> {
    match load::digests(&app.stores.code, id).await {
        Err(error) if error.is_no_container() => Ok(Vec::new()),
        found => Ok(found?.into_iter().map(|(digest, _)| digest).collect()),
    }
}

/// One line for each bundle and each secret, and the jobs that were given up.
///
/// # Errors
/// When anything cannot be read.
pub async fn overview(app: &App) -> Result<Value, StoreError> {
    let lines = stream::iter(known(app).await?).map(|id| async move { line(app, &id).await });
    let lines: Vec<Value> = lines.buffered(AT_ONCE).try_collect().await?;
    let (given_up, count) = match &app.stores.poison {
        Some(queue) => given_up(queue).await?,
        None => Default::default(),
    };
    Ok(json!({
        "apiVersion": API_VERSION,
        "instance": app.config.instance.as_str(),
        "bundles": lines,
        "secrets": super::secrets::status(app).await?,
        "health": document(&app.stores.receipts, HEALTH).await?,
        "poison": given_up,
        "poisonCount": count,
    }))
}

/// The oldest jobs that were given up, as many as the queue shows, and about how many there are.
async fn given_up(queue: &Queue) -> Result<(Vec<Value>, u64), StoreError> {
    let shown: Vec<Value> = queue.peek(POISON).await?.iter().map(|it| message(&it.text)).collect();
    let n_shown = u64::try_from(shown.len()).unwrap_or(u64::MAX);
    let count = if n_shown < u64::from(POISON) { n_shown } else { queue.count().await? };
    Ok((shown, count.max(n_shown)))
}

async fn line(app: &App, id: &BundleId) -> Result<Value, StoreError> {
    let at = |name: &str| format!("{id}/{name}");
    let receipts = &app.stores.receipts;
    let names = [at(SUSPENDED), at(PINNED), at(GONE)];
    let [suspended, pinned, gone] = names.each_ref().map(|it| document(receipts, it));
    let last = latest(receipts, id);
    let (latest, suspended, pinned, gone) = tokio::try_join!(last, suspended, pinned, gone)?;
    let latest = latest.unwrap_or_default();
    Ok(json!({
        "id": id,
        "outcome": latest["outcome"],
        "digest": latest["digest"],
        "finished": latest["finished"],
        "suspended": suspended.is_some(),
        "pinned": pinned.is_some_and(|it| it["digest"].is_string()),
        "gone": gone.is_some(),
    }))
}

/// A message that was given up: the job, or its text.
fn message(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| json!({"text": text}))
}
