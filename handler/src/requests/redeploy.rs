//! `POST /api/redeploy`: what may be asked for.

use std::time::Duration;

use domain::diagnostic::did_you_mean;
use domain::job::{Cause, Job, Options, Scope, is_request_name};
use domain::names::BundleId;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::time::timeout;

use super::unavailable;
use crate::app::App;
use crate::load;
use crate::reconcile::{self, Found, notes, request_receipt};
use crate::stores::StoreError;

/// The load balancer of Azure ends a request after 230 s.
const DRY_RUN: Duration = Duration::from_secs(200);

/// The body of `POST /api/redeploy`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a member of the contract's body")]
struct Body {
    /// One bundle.
    bundle: Option<String>,
    /// Every bundle.
    #[serde(default)]
    all: bool,
    /// An earlier digest, 12 or 64 hex digits, which counts until the next upload.
    digest: Option<String>,
    /// Let the upload count again.
    #[serde(default)]
    unpin: bool,
    /// Only these deployments.
    #[serde(default)]
    deployments: Vec<String>,
    /// Take over what is not ours.
    #[serde(default)]
    adopt: bool,
    /// Start a flow run of each of `deployments`.
    #[serde(default)]
    run: bool,
    /// Answer with the plan, and write nothing.
    #[serde(default)]
    dry_run: bool,
    /// Answer when it is done.
    #[serde(default)]
    wait: bool,
    /// The caller's name for this request: asked again, it is not done again.
    request: Option<String>,
}

/// What a caller asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// Work; `true`: the caller waits for it.
    Job(Job, bool),
    /// The plan of one bundle.
    DryRun(Job),
}

/// Status and body of the answer to a dry run: the plan, or why there is none.
pub async fn dry_run(app: &App, job: &Job) -> (u16, Value) {
    match timeout(DRY_RUN, reconcile::dry_run(app, job)).await {
        Ok(Ok(Some(document))) => (200, document),
        Ok(Ok(None)) => missing(app, &job.scope).await.unwrap_or_else(changed),
        Ok(Err(error)) => {
            let error = crate::telemetry::chain(&error);
            tracing::error!(error, "a dry run failed");
            (503, json!({"error": "the bundle or Prefect cannot be read; the log says why"}))
        }
        Err(_late) => (503, json!({"error": "reading took too long"})),
    }
}

/// Two readings of the store differ.
fn changed() -> (u16, Value) {
    (503, json!({"error": "the bundle was changed meanwhile; try again"}))
}

/// Status and body for a `job` that cannot be worked on, or was; `None` for one that can, which is then about the blob that is
/// there.
///
/// 200 with its receipt for a request that is done, 404 for a bundle that is not there and a digest that is not staged, 409 for one of two archives or that is suspended, 503
/// when the store cannot be read.
pub async fn refusal(app: &App, job: &mut Job) -> Option<(u16, Value)> {
    job.accepted = Some(app.now());
    if let Some(answer) = missing(app, &job.scope).await {
        return Some(answer);
    }
    let Scope::Bundle(id) = &job.scope else { return None };
    match request_receipt(app, id, &job.request).await {
        Ok(None) => {}
        // asked again: it is done
        Ok(Some(receipt)) => return Some((200, receipt)),
        Err(error) => return Some(unavailable(&error)),
    }
    match unready(app, id, &mut job.etag, job.options.digest.as_deref()).await {
        Ok(None) => None,
        Ok(Some((status, error))) => Some((status, json!({"error": error}))),
        Err(error) => Some(unavailable(&error)),
    }
}

async fn missing(app: &App, scope: &Scope) -> Option<(u16, Value)> {
    let Scope::Bundle(id) = scope else { return None };
    match missing_or_double(app, id).await {
        Ok(None) => None,
        Ok(Some((status, error))) => Some((status, json!({"error": error}))),
        Err(error) => Some(unavailable(&error)),
    }
}

async fn missing_or_double(app: &App, id: &BundleId) -> Result<Option<(u16, String)>, StoreError> {
    let bundles = &app.stores.bundles;
    let names: Vec<String> =
        Found::of(bundles, id).await?.blobs.into_iter().map(|(item, _)| item.key).collect();
    Ok(match names.len() {
        1 => None,
        0 => {
            let (others, _) = Found::all(bundles).await?;
            let near = did_you_mean(id.as_str(), others.iter().map(|it| it.id.as_str()));
            Some((404, format!("there is no bundle `{id}`{near}")))
        }
        _ => Some((409, format!("{} are one bundle; delete all but one", names.join(" and ")))),
    })
}

async fn unready(
    app: &App,
    id: &BundleId,
    etag: &mut Option<String>,
    digest: Option<&str>,
) -> Result<Option<(u16, String)>, StoreError> {
    if let Some(it) = notes::suspended(&app.stores.receipts, id).await? {
        let why = it.reason.map(|it| format!(": {it}")).unwrap_or_default();
        let since = it.since;
        return Ok(Some((409, format!("`{id}` is suspended since {since}{why}; resume it first"))));
    }
    let Some(digest) = digest else { return Ok(None) };
    // an upload that comes later counts more
    let found = Found::of(&app.stores.bundles, id).await?;
    *etag = found.blobs.first().map(|(item, _)| item.etag.as_str().to_owned());
    let known = load::digests(&app.stores.code, id).await?;
    if known.iter().any(|(it, _)| digest.starts_with(it)) {
        return Ok(None);
    }
    let known: Vec<&str> = known.iter().map(|(it, _)| it.as_str()).collect();
    let known = known.join(", ");
    Ok(Some((404, format!("digest `{digest}` of `{id}` is not staged; there are: {known}"))))
}

/// What the body `text` asks for; a dry run is of one bundle. `request` names it when the caller does not.
///
/// # Errors
/// With a sentence for the caller: an absent body (the host passes none on for a chunked one) is refused, as are both or
/// neither of `bundle` and `all`.
pub fn requested(text: &str, request: &str) -> Result<Asked, String> {
    if text.trim().is_empty() {
        return Err(
            "a JSON body with `bundle` or `all` is wanted (with Content-Length, not chunked)"
                .to_owned(),
        );
    }
    let body: Body =
        serde_json::from_str(text).map_err(|error| format!("the body cannot be read: {error}"))?;
    let scope = match (&body.bundle, body.all) {
        (Some(id), false) => Scope::Bundle(BundleId::new(id).map_err(|error| error.to_string())?),
        (None, true) => Scope::All,
        _ => return Err("exactly one of `bundle` and `all` is wanted".to_owned()),
    };
    possible(&body, &scope)?;
    let request = body.request.as_deref().unwrap_or(request);
    let Body { digest, unpin, deployments, adopt, run, .. } = body;
    let options = Options { digest, deployments, adopt, run, unpin };
    let job = Job { options, ..Job::new(scope, Cause::Redeploy, request) };
    Ok(if body.dry_run { Asked::DryRun(job) } else { Asked::Job(job, body.wait) })
}

/// What does not go together.
fn possible(body: &Body, scope: &Scope) -> Result<(), String> {
    let of_one = [
        ("dry_run", body.dry_run),
        ("digest", body.digest.is_some()),
        ("run", body.run),
        ("deployments", !body.deployments.is_empty()),
    ];
    if let Some((name, _)) = of_one.iter().find(|(_, is)| *is && *scope == Scope::All) {
        return Err(format!("`{name}` is of one `bundle`"));
    }
    if body.run && body.deployments.is_empty() {
        return Err("`run` wants `deployments`: which of them to run".to_owned());
    }
    if body.run && body.dry_run {
        return Err("a `dry_run` starts no `run`".to_owned());
    }
    if (body.unpin || body.digest.is_some()) && !body.deployments.is_empty() && !body.run {
        return Err(
            "`digest` and `unpin` are of the whole bundle; `deployments` say what to `run`"
                .to_owned(),
        );
    }
    if body.unpin && body.digest.is_some() {
        return Err("`digest` pins and `unpin` does the opposite: only one of them".to_owned());
    }
    let hex = |it: &str| it.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'));
    if body.digest.as_ref().is_some_and(|it| !matches!(it.len(), 12 | 64) || !hex(it)) {
        return Err("`digest` is 12 or 64 lower-case hex digits".to_owned());
    }
    body.request.as_deref().map_or(Ok(()), named)
}

/// Refuses what is no name of a request: it is a part of a document's name.
pub(super) fn named(request: &str) -> Result<(), String> {
    if is_request_name(request) {
        Ok(())
    } else {
        Err("`request` is 1 to 100 letters, digits, `.`, `_`, `-`".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::requested;

    #[test]
    fn exactly_one_of_bundle_and_all_is_wanted() {
        for good in [
            r#"{"bundle":"a"}"#,
            r#"{"all":true,"adopt":true}"#,
            r#"{"bundle":"a","digest":"0123456789ab","request":"deploy-7"}"#,
            r#"{"bundle":"a","deployments":["etl/daily"],"run":true,"wait":true}"#,
        ] {
            assert!(requested(good, "r").is_ok(), "{good}");
        }
        for bad in [
            "",
            "{}",
            r#"{"bundle":"a","all":true}"#,
            r#"{"bundle":"../a"}"#,
            r#"{"all":true,"dry_run":true}"#,
            r#"{"all":true,"digest":"0123456789ab"}"#,
            r#"{"all":true,"deployments":["b"]}"#,
            r#"{"bundle":"a","digest":"0123"}"#,
            r#"{"bundle":"a","digest":"0123456789ab","unpin":true}"#,
            r#"{"bundle":"a","run":true}"#,
            r#"{"bundle":"a","digest":"0123456789ab","deployments":["b"]}"#,
            r#"{"bundle":"a","request":"../b"}"#,
            r#"{"bundel":"a"}"#,
            "[]",
        ] {
            assert!(requested(bad, "r").is_err(), "{bad}");
        }
    }
}
