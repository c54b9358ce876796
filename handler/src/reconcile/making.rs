//! Which bundle registers a deployment for the first time at this moment. Who owns a live one says its tag; before it is there, two
//! bundles that declare it would both find nothing and write. So it is noted before anybody looks: `.making/<hash>.json`.

use std::collections::BTreeSet;

use domain::bundle::sha256_hex;
use domain::names::BundleId;
use domain::report::State;
use futures::{StreamExt as _, TryStreamExt as _, stream};
use serde::{Deserialize, Serialize};

use super::documents::{self, pretty};
use super::{Task, lease};
use crate::pass::Wanted;
use crate::stores::{Condition, ETag, StoreError};

/// Notes that are written or deleted at once.
const AT_ONCE: usize = 8;
/// How often a note is tried that others change meanwhile.
const TRIES: u32 = 3;

/// That a bundle is about to register a deployment. It counts while that bundle is worked on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Note {
    /// Version of this document: 1.
    v: u32,
    /// `flow/name`.
    deployment: String,
    bundle: BundleId,
    /// RFC 3339.
    since: String,
}

/// Another bundle registers what this one wants to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rival {
    /// `flow/name`.
    pub(super) deployment: String,
    pub(super) bundle: BundleId,
}

/// The deployments of `wanted` that `state` does not know as registered, as `flow/name`.
pub(super) fn unknown(wanted: &Wanted, state: Option<&State>) -> BTreeSet<String> {
    let known = |name: &String| {
        state.and_then(|it| it.deployments.get(name)).is_some_and(|it| !it.id.is_empty())
    };
    let all = wanted.desired.deployments.iter().map(|it| format!("{}/{}", it.flow, it.name));
    all.filter(|it| !known(it)).collect()
}

fn key(deployment: &str) -> String {
    format!(".making/{}.json", sha256_hex(deployment.as_bytes()))
}

/// Notes that this bundle registers `names`, before it looks which of them are there. With a rival nothing stays noted.
///
/// # Errors
/// When a note cannot be read or written: then nothing may be registered.
pub(super) async fn begin(
    task: &Task<'_>,
    names: &BTreeSet<String>,
) -> Result<Option<Rival>, StoreError> {
    let notes: Vec<_> = names.iter().map(|it| note(task, it)).collect();
    let noted: Vec<Option<Rival>> = stream::iter(notes).buffered(AT_ONCE).try_collect().await?;
    if noted.iter().all(Option::is_none) {
        return Ok(None);
    }
    let ours = names.iter().zip(&noted).filter(|it| it.1.is_none());
    end(task, &ours.map(|it| it.0.clone()).collect()).await;
    Ok(noted.into_iter().flatten().next())
}

/// Forgets that this bundle registers `names`; what cannot be deleted counts no more once the bundle is worked on no more.
pub(super) async fn end(task: &Task<'_>, names: &BTreeSet<String>) {
    let all: Vec<_> = names.iter().map(|it| forget(task, it)).collect();
    let ended: Result<(), StoreError> =
        stream::iter(all).buffer_unordered(AT_ONCE).try_collect().await;
    if let Err(error) = ended {
        let error = crate::telemetry::chain(&error);
        tracing::warn!(bundle = %task.id, error, "warning: a note of a new deployment is left");
    }
}

async fn forget(task: &Task<'_>, name: &str) -> Result<(), StoreError> {
    task.app.stores.receipts.delete(&key(name)).await
}

async fn note(task: &Task<'_>, name: &str) -> Result<Option<Rival>, StoreError> {
    let (mut when, mut by) = (Condition::IfAbsent, task.id.clone());
    for _ in 0..TRIES {
        if write(task, name, when).await? {
            return Ok(None);
        }
        when = match read(task, name).await? {
            None => Condition::IfAbsent,
            Some((note, etag)) => {
                by = note.bundle;
                if by != *task.id && lease::is_held(&task.app.stores.receipts, &by).await? {
                    break;
                }
                // of a pass that was cut off: it is written anew, so that of two who take it one sees the other
                Condition::IfMatch(etag)
            }
        };
    }
    Ok(Some(Rival { deployment: name.to_owned(), bundle: by }))
}

async fn read(task: &Task<'_>, name: &str) -> Result<Option<(Note, ETag)>, StoreError> {
    documents::versioned(&task.app.stores.receipts, &key(name)).await
}

/// False when another was quicker.
async fn write(task: &Task<'_>, name: &str, when: Condition) -> Result<bool, StoreError> {
    let (key, deployment) = (key(name), name.to_owned());
    let note = Note { v: 1, deployment, bundle: task.id.clone(), since: task.app.now() };
    match task.app.stores.receipts.write(&key, pretty(&key, &note)?, when).await {
        Ok(_) => Ok(true),
        Err(StoreError::Conflict(_) | StoreError::Missing(_)) => Ok(false),
        Err(error) => Err(error),
    }
}
