//! `POST /api/redeploy`: what may be asked for.

use std::time::Duration;

use domain::diagnostic::did_you_mean;
use domain::job::{Cause, Job, Options, Scope};
use domain::names::BundleId;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::app::App;
use crate::reconcile::{self, Found};
use crate::stores::StoreError;

/// The load balancer of Azure ends a request after 230 s.
const DRY_RUN: Duration = Duration::from_secs(200);

/// The body of `POST /api/redeploy`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// One bundle.
    bundle: Option<String>,
    /// Every bundle.
    #[serde(default)]
    all: bool,
    /// Only these deployments.
    #[serde(default)]
    deployments: Vec<String>,
    /// Take over what is not ours.
    #[serde(default)]
    adopt: bool,
    /// Answer with the plan, and write nothing.
    #[serde(default)]
    dry_run: bool,
}

/// What a caller asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// Work.
    Job(Job),
    /// The plan of one bundle.
    DryRun(Job),
}

/// Status and body of the answer to a dry run: the plan, or why there is none.
pub async fn dry_run(app: &App, job: &Job) -> (u16, Value) {
    match timeout(DRY_RUN, reconcile::dry_run(app, job)).await {
        Ok(Ok(Some(document))) => (200, document),
        Ok(Ok(None)) => refusal(app, &job.scope).await.unwrap_or_else(changed),
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

/// Status and body for a `scope` that cannot be worked on; `None` for every bundle, and for one that is there.
///
/// 404 for a bundle that is not there, 409 for one of two archives, 503 when the bundles cannot be read.
pub async fn refusal(app: &App, scope: &Scope) -> Option<(u16, Value)> {
    let Scope::Bundle(id) = scope else { return None };
    match missing_or_double(app, id).await {
        Ok(None) => None,
        Ok(Some((status, error))) => Some((status, json!({"error": error}))),
        Err(error) => {
            tracing::error!(error = crate::telemetry::chain(&error), "the bundles cannot be read");
            Some((503, json!({"error": "the bundles cannot be read; the log says why"})))
        }
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

/// What the body `text` asks for; a dry run is of one bundle.
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
    let body: Request =
        serde_json::from_str(text).map_err(|error| format!("the body cannot be read: {error}"))?;
    let scope = match (body.bundle, body.all) {
        (Some(id), false) => Scope::Bundle(BundleId::new(id).map_err(|error| error.to_string())?),
        (None, true) => Scope::All,
        _ => return Err("exactly one of `bundle` and `all` is wanted".to_owned()),
    };
    let options =
        Options { deployments: body.deployments, adopt: body.adopt, ..Options::default() };
    if body.dry_run && scope == Scope::All {
        return Err("a dry run is of one `bundle`".to_owned());
    }
    let job = Job { options, ..Job::new(scope, Cause::Redeploy, request) };
    Ok(if body.dry_run { Asked::DryRun(job) } else { Asked::Job(job) })
}

#[cfg(test)]
mod tests {
    use super::requested;

    #[test]
    fn exactly_one_of_bundle_and_all_is_wanted() {
        assert!(requested(r#"{"bundle":"a"}"#, "r").is_ok());
        assert!(requested(r#"{"all":true}"#, "r").is_ok());
        for bad in [
            "",
            "{}",
            r#"{"bundle":"a","all":true}"#,
            r#"{"bundle":"../a"}"#,
            r#"{"all":true,"dry_run":true}"#,
            r#"{"bundle":"a","digest":"0123456789ab"}"#,
            r#"{"bundle":"a","run":true}"#,
            r#"{"bundel":"a"}"#,
            "[]",
        ] {
            assert!(requested(bad, "r").is_err(), "{bad}");
        }
    }
}
