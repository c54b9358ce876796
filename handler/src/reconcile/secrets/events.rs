//! Events on the Prefect server about secrets, and a log line for each: the name, the version and who uses it, never the value.

use domain::secret::users::User;
use domain::secret::{Entry, SecretName, Secrets, VersionId};
use serde_json::{Value, json};
use uuid::Uuid;

use super::Asked;
use super::keep::News;
use super::look::Looked;
use super::usage;
use crate::prefect::{ApiError, write};

/// Most related objects of an event: 3.x refuses more.
const RELATED: usize = 99;
/// Events of one request.
const AT_ONCE: usize = 50;

/// Logs `news`, notes who uses the blocks, and tells the server where it has events. What cannot be told is not worth a failure: the
/// state has it.
pub(super) async fn tell(
    asked: &Asked<'_>,
    looked: &Looked,
    (news, state): (&[(SecretName, News)], &mut Secrets),
) {
    for (name, it) in news {
        state.secrets.get(name).into_iter().for_each(|entry| log(name, entry, it));
    }
    let usage = match usage::note(asked, looked, (news, state)).await {
        Ok(found) => found,
        Err(error) => {
            let error = crate::telemetry::chain(&error);
            return tracing::warn!(
                error,
                "warning: it is not known who uses the blocks of secrets, and Prefect was not told"
            );
        }
    };
    let mut events = Vec::new();
    for (name, it) in news {
        let Some(entry) = state.secrets.get(name) else { continue };
        let id = state.blocks.get(&entry.block).and_then(|it| it.id.as_deref());
        let found = usage::of(&usage, entry, id);
        events.push(event(asked, looked, (name, entry, it), (id, &found)));
    }
    for events in events.chunks(AT_ONCE) {
        match write::events(&asked.prefect, events).await {
            // Prefect 2 as it comes has none
            Ok(()) | Err(ApiError::Missing { .. }) => {}
            Err(error) => {
                let error = crate::telemetry::chain(&error);
                tracing::warn!(error, "warning: Prefect was not told of secrets");
            }
        }
    }
}

fn name(news: &News) -> &'static str {
    match news {
        News::Rotated => "prefect-azure-sync.secret.rotated",
        News::Repaired => "prefect-azure-sync.secret.repaired",
        News::Failed(_) => "prefect-azure-sync.secret.failed",
        News::NearExpiry => "prefect-azure-sync.secret.near-expiry",
        News::Expired => "prefect-azure-sync.secret.expired",
    }
}

fn log(secret: &SecretName, entry: &Entry, news: &News) {
    let version = entry.version.as_ref().map(VersionId::as_str);
    let (block, expires) = (&entry.block, entry.expires.map(|it| it.to_string()));
    match news {
        News::Rotated => tracing::info!(%secret, version, block, "the block holds a new version"),
        News::Repaired => tracing::info!(%secret, version, block, "the block was written again"),
        News::NearExpiry => {
            tracing::warn!(%secret, expires, block, "warning: a secret expires soon");
        }
        News::Expired => tracing::error!(%secret, expires, block, "a secret expired"),
        News::Failed(why) => tracing::error!(%secret, block, why, "a secret cannot be written"),
    }
}

fn event(
    asked: &Asked<'_>,
    looked: &Looked,
    (secret, entry, news): (&SecretName, &Entry, &News),
    (id, users): (Option<&str>, &[&User]),
) -> Value {
    let (app, name) = (asked.app, name(news));
    let of = format!("{}/{secret}", app.config.instance.as_str());
    // told again after a lost answer it is the same event
    let unique = format!("{of} {name} {:?} {:?} {}", entry.version, entry.expires, looked.now);
    let why = if let News::Failed(why) = news { Some(why) } else { None };
    json!({
        "id": Uuid::new_v5(&Uuid::NAMESPACE_URL, unique.as_bytes()),
        "occurred": app.now(),
        "event": name,
        "resource": {
            "prefect.resource.id": format!("prefect-azure-sync.secret.{of}"),
            "prefect.resource.name": secret,
        },
        "related": related(entry, id, users),
        "payload": {
            "secret": secret,
            "vault": asked.vault.name(),
            "version": entry.version,
            "block": entry.block,
            "field": entry.field,
            "expires": entry.expires.map(|it| it.to_string()),
            "why": why,
            "used_by": entry.used_by,
            "cause": asked.job.cause,
            "request": asked.job.request,
        },
    })
}

fn related(entry: &Entry, id: Option<&str>, users: &[&User]) -> Vec<Value> {
    let one = |kind: &str, role: &str, id: &str, name: &str| {
        json!({
            "prefect.resource.id": format!("prefect.{kind}.{id}"),
            "prefect.resource.role": role,
            "prefect.resource.name": name,
        })
    };
    let block = id.map(|id| one("block-document", "block-document", id, &entry.block));
    let users = users.iter().map(|it| one("deployment", "deployment", &it.id, &it.name));
    block.into_iter().chain(users).take(RELATED).collect()
}
