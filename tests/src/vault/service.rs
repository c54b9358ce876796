//! The HTTP side: whose vault, who asks, which version of the API; then the vault's own answer.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State as Extract;
use axum::http::header::{AUTHORIZATION, HOST};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use axum::{Json, Router};
use serde_json::Value;

use super::answer::{Answer, Refusal, challenge};
use super::request::{Call, Query};
use super::state::{Shared, State};
use super::trouble::Operation;
use super::{DOMAIN, read, token, write};
use crate::tls::Listener;

/// Serves `shared` until the runtime ends.
pub(super) fn start(listener: Listener, shared: Arc<Shared>) {
    let router = Router::new().fallback(serve).with_state(shared);
    #[expect(clippy::disallowed_methods, reason = "ends with the runtime of the test")]
    tokio::spawn(async move { axum::serve(listener, router).await });
}

async fn serve(
    Extract(shared): Extract<Arc<Shared>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let host = headers.get(HOST).and_then(|it| it.to_str().ok()).unwrap_or_default();
    let name = host.split(':').next().and_then(|it| it.strip_suffix(DOMAIN)).unwrap_or_default();
    // the port of the default scheme stands in links, as it does at Azure
    let authority = if host.contains(':') { host.to_owned() } else { format!("{host}:443") };
    let answer = shared.with(name, |state| {
        if let Some(refused) = unknown(state, &headers) {
            return refused;
        }
        let query = Query::parse(uri.query().unwrap_or_default());
        let call = query.and_then(|it| Call::parse(&method, uri.path(), it));
        match call {
            Ok(call) => troubled(state, &call, &authority, &body),
            Err(refusal) => refusal.into_response(),
        }
    });
    answer.unwrap_or_else(|| StatusCode::MISDIRECTED_REQUEST.into_response())
}

/// 401 for who has no good token.
fn unknown(state: &mut State, headers: &HeaderMap) -> Option<Response> {
    let given = headers.get(AUTHORIZATION).and_then(|it| it.to_str().ok());
    let Some(token) = given.and_then(|it| it.strip_prefix("Bearer ")) else {
        let message = "AKV10000: Request is missing a Bearer or PoP token.";
        return Some(challenge(message, &state.resource));
    };
    state.tokens += 1;
    token::refusal(token).map(|it| challenge(it, &state.resource))
}

fn troubled(state: &mut State, call: &Call, authority: &str, body: &[u8]) -> Response {
    let mut link = None;
    if let Some(trouble) = state.troubles.next(call.operation, &call.name) {
        match trouble.response() {
            Ok(response) => return response,
            Err(next) => link = Some(next),
        }
    }
    if call.operation == Operation::Purge {
        return match state.purge(&call.name) {
            Ok(()) => StatusCode::NO_CONTENT.into_response(),
            Err(refusal) => refusal.into_response(),
        };
    }
    match answer(state, call, authority, body) {
        Ok(mut document) => {
            if let Some(link) = link {
                document["nextLink"] = Value::from(link);
            }
            Json(document).into_response()
        }
        Err(refusal) => refusal.into_response(),
    }
}

fn answer(state: &mut State, call: &Call, authority: &str, body: &[u8]) -> Answer {
    match call.operation {
        Operation::List => read::list(state, call, authority),
        Operation::Versions => read::versions(state, call, authority),
        Operation::Value => read::value(state, call),
        Operation::DeletedList => read::deleted_list(state, call, authority),
        Operation::Deleted => read::deleted(state, call),
        Operation::Set => write::set(state, call, body),
        Operation::Update => write::update(state, call, body),
        Operation::Delete => write::delete(state, call),
        Operation::Recover => write::recover(state, call),
        Operation::Purge => Err(Refusal::method()),
    }
}
