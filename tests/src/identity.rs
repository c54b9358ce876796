//! The identity endpoint that App Service and Functions give a process, as far as tokens for Storage and for a vault
//! need it.
//!
//! Source: "How to use managed identities for App Service", REST endpoint reference, version 2019-08-01. The token for
//! Storage is one that Azurite takes: it looks at the claims and not at the signature. The one for a vault is signed.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::extract::Query;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::get;
use axum::{Json, Router};
use azure_core::time::OffsetDateTime;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::vault::token;

/// What a caller has to know, as `IDENTITY_HEADER`.
const SECRET: &str = "canary-identity-header";
const LIFETIME: Duration = Duration::from_hours(24);

/// The endpoint; ends with the runtime of its test.
#[derive(Debug)]
pub struct Identity {
    url: String,
}

impl Identity {
    /// Starts it.
    ///
    /// # Errors
    /// When no port can be had.
    pub async fn start() -> anyhow::Result<Self> {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}/msi/token", listener.local_addr()?);
        let router = Router::new().route("/msi/token", get(give));
        #[expect(clippy::disallowed_methods, reason = "ends with the runtime of the test")]
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self { url })
    }

    /// The settings that the platform gives the process.
    pub fn settings(&self) -> [(&str, &str); 2] {
        [("IDENTITY_ENDPOINT", &self.url), ("IDENTITY_HEADER", SECRET)]
    }
}

async fn give(
    Query(query): Query<BTreeMap<String, String>>,
    headers: HeaderMap,
) -> Result<Json<Value>, StatusCode> {
    if headers.get("x-identity-header").is_none_or(|it| it != SECRET) {
        return Err(StatusCode::UNAUTHORIZED);
    }
    let known = query.get("api-version").is_some_and(|it| it == "2019-08-01");
    let resource = query.get("resource").filter(|_| known).ok_or(StatusCode::BAD_REQUEST)?;
    let until = (OffsetDateTime::now_utc() + LIFETIME).unix_timestamp();
    if resource == token::RESOURCE {
        let failed = |_no_key| StatusCode::INTERNAL_SERVER_ERROR;
        return Ok(answer(&token::signed(&token::claims()).map_err(failed)?, resource, until));
    }
    Ok(answer(&for_storage(resource, until), resource, until))
}

/// A token that Azurite takes for `resource`, until that second.
pub(crate) fn for_storage(resource: &str, until: i64) -> String {
    let now = OffsetDateTime::now_utc().unix_timestamp();
    let claims = json!({
        "aud": resource, "iss": "https://sts.windows.net/tenant/", "iat": now,
        "nbf": now, "exp": until,
    });
    let part = |it: Value| URL_SAFE_NO_PAD.encode(it.to_string());
    format!("{}.{}.canary", part(json!({"alg": "RS256", "typ": "JWT"})), part(claims))
}

fn answer(token: &str, resource: &str, until: i64) -> Json<Value> {
    Json(json!({
        "access_token": token, "expires_on": until.to_string(), "resource": resource,
        "token_type": "Bearer", "client_id": "5E29463D-71DA-4FE0-8E69-999B57DB23B0",
    }))
}
