//! Entra ID's token endpoint as a workload identity of AKS needs it: a token of Kubernetes for a token of Azure.
//!
//! Source: "OAuth 2.0 client credentials flow", access token request with a federated credential; "Use Microsoft Entra Workload ID
//! with AKS", the environment that the webhook gives a pod.

use std::collections::BTreeMap;

use axum::extract::Path;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use azure_core::time::OffsetDateTime;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::identity::for_storage;
use crate::tls;

/// The identity that the tokens are for.
pub const CLIENT: &str = "11112222-bbbb-3333-cccc-4444dddd5555";
const TENANT: &str = "aaaabbbb-0000-1111-2222-333344445555";
/// What Kubernetes gives the pod.
const ASSERTION: &str = "canary-of-kubernetes";
const LIFETIME: i64 = 3600;

/// The endpoint; ends with the runtime of its test.
#[derive(Debug)]
pub struct Federation {
    url: String,
    token: TempDir,
    /// The root certificate that a client must trust, as PEM.
    pub root: String,
}

impl Federation {
    /// Starts it.
    ///
    /// # Errors
    /// When no port can be had.
    pub async fn start() -> anyhow::Result<Self> {
        let (root, listener) = tls::listen("localhost").await?;
        let url = format!("https://localhost:{}", listener.address().port());
        let token = tempfile::tempdir()?;
        std::fs::write(token.path().join("token"), ASSERTION)?;
        let router = Router::new().route("/{tenant}/oauth2/v2.0/token", post(give));
        #[expect(clippy::disallowed_methods, reason = "ends with the runtime of the test")]
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self { url, token, root })
    }

    /// The settings that the webhook gives the process: with the client of the service account, which is another one.
    pub fn settings(&self) -> Vec<(&'static str, String)> {
        let file = self.token.path().join("token").display().to_string();
        vec![
            ("AZURE_AUTHORITY_HOST", self.url.clone()),
            ("AZURE_TENANT_ID", TENANT.to_owned()),
            ("AZURE_CLIENT_ID", "99999999-bbbb-3333-cccc-4444dddd5555".to_owned()),
            ("AZURE_FEDERATED_TOKEN_FILE", file),
        ]
    }
}

async fn give(Path(tenant): Path<String>, body: String) -> Result<Json<Value>, StatusCode> {
    let form: BTreeMap<String, String> =
        url::form_urlencoded::parse(body.as_bytes()).into_owned().collect();
    let is = |name: &str, want: &str| form.get(name).is_some_and(|it| it == want);
    let kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    let known = tenant == TENANT
        && is("grant_type", "client_credentials")
        && is("client_assertion_type", kind)
        && is("client_assertion", ASSERTION)
        && is("client_id", CLIENT);
    let scope = form.get("scope").and_then(|it| it.strip_suffix("/.default"));
    let resource = scope.filter(|_| known).ok_or(StatusCode::UNAUTHORIZED)?;
    let until = OffsetDateTime::now_utc().unix_timestamp() + LIFETIME;
    let token = for_storage(resource, until);
    Ok(Json(json!({"token_type": "Bearer", "expires_in": LIFETIME, "access_token": token})))
}
