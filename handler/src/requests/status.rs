//! `GET /api/status`: what became of a request, of a bundle, of all of them.

use domain::diagnostic::did_you_mean;
use domain::names::BundleId;
use serde_json::{Value, json};

use super::redeploy::named;
use super::unavailable;
use crate::app::App;
use crate::reconcile::{self, request_of_all, request_receipt};
use crate::stores::StoreError;

/// What is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// `bundle`
    pub bundle: Option<String>,
    /// `request`, as the answer to a redeploy has it.
    pub request: Option<String>,
}

/// Status and body: 200 with what is known, 202 for a request that is not done, 404 for a bundle or a request that nothing
/// is known of.
pub async fn status(app: &App, query: &Query) -> (u16, Value) {
    let bundle = match query.bundle.as_deref().map(BundleId::new).transpose() {
        Ok(bundle) => bundle,
        Err(error) => return (400, json!({"error": error.to_string()})),
    };
    if let Some(Err(error)) = query.request.as_deref().map(named) {
        return (400, json!({"error": error}));
    }
    let answer = match (&bundle, &query.request) {
        (Some(id), Some(request)) => of_request(app, id, request).await,
        (None, Some(request)) => of_all(app, request).await,
        (Some(id), None) => of_bundle(app, id).await,
        (None, None) => reconcile::overview(app).await.map(|it| (200, it)),
    };
    answer.unwrap_or_else(|error| unavailable(&error))
}

async fn of_request(app: &App, id: &BundleId, request: &str) -> Result<(u16, Value), StoreError> {
    if let Some(receipt) = request_receipt(app, id, request).await? {
        return Ok((200, receipt));
    }
    if reconcile::is_requested(app, id, request).await? {
        return Ok((202, json!({"request": request, "bundle": id, "outcome": null})));
    }
    Ok((404, json!({"error": format!("nothing is known of a request `{request}` of `{id}`")})))
}

async fn of_all(app: &App, request: &str) -> Result<(u16, Value), StoreError> {
    if let Some((document, is_done)) = request_of_all(app, request).await? {
        return Ok((if is_done { 200 } else { 202 }, document));
    }
    let error = format!("nothing is known of a request `{request}` of all bundles");
    Ok((404, json!({"error": error})))
}

async fn of_bundle(app: &App, id: &BundleId) -> Result<(u16, Value), StoreError> {
    if let Some(document) = reconcile::of_bundle(app, id).await? {
        return Ok((200, document));
    }
    let known = reconcile::known(app).await?;
    let near = did_you_mean(id.as_str(), known.iter().map(BundleId::as_str));
    Ok((404, json!({"error": format!("nothing is known of a bundle `{id}`{near}")})))
}
