//! Who takes over what a bundle owns once its archive is gone: another that declares the same, and was refused until then.

use domain::names::BundleId;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::documents::{document, latest, write};
use super::{Found, ReconcileError, Task};
use crate::stores::{Container, ETag, Item, StoreError};

/// `<receipts>/<bundle>/heir.json`: another bundle declares what this one owns, and was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Heir {
    /// Version of this document: 1.
    v: u32,
    /// The other bundle.
    bundle: BundleId,
    /// The version of its archive that does; `None`: an older release wrote this.
    #[serde(default)]
    etag: Option<String>,
}

fn key(owner: &BundleId) -> String {
    format!("{owner}/heir.json")
}

/// Notes beside `owner` that `etag` of the task's bundle declares what it owns.
pub(super) async fn claim(
    task: &Task<'_>,
    owner: &BundleId,
    etag: &ETag,
) -> Result<(), StoreError> {
    let receipts = &task.app.stores.receipts;
    let note = Heir { v: 1, bundle: task.id.clone(), etag: Some(etag.as_str().to_owned()) };
    match read(receipts, owner).await? {
        Some(known) if note == known => Ok(()),
        _ => write(receipts, &key(owner), &note).await,
    }
}

/// Who is to take over first what the task's bundle owns. The note stays for as long as that holds, however often it is asked; then
/// it is removed.
pub(super) async fn awaited(task: &Task<'_>) -> Result<Option<BundleId>, ReconcileError> {
    let receipts = &task.app.stores.receipts;
    let Some(note) = read(receipts, task.id).await? else { return Ok(None) };
    let found = Found::of(&task.app.stores.bundles, &note.bundle).await?;
    let last = latest(receipts, &note.bundle).await?;
    let holds = |it: &Item| note.may_hold(&it.etag, last.as_ref());
    if found.blobs.last().is_some_and(|(it, _)| holds(it)) {
        return Ok(Some(note.bundle));
    }
    receipts.delete(&key(task.id)).await?;
    Ok(None)
}

async fn read(receipts: &Container, owner: &BundleId) -> Result<Option<Heir>, StoreError> {
    let key = key(owner);
    let Some(found) = document(receipts, &key).await? else { return Ok(None) };
    let garbled = |error: serde_json::Error| {
        StoreError::garbled("read", &key, &format!("{error}; restore it, or delete it"))
    };
    serde_json::from_value(found).map(Some).map_err(garbled)
}

impl Heir {
    /// Whether the archive `now` may declare it, when `last` is the bundle's last receipt: one that was not looked at yet may, and
    /// the one that was noted until all of it that is sound is registered.
    fn may_hold(&self, now: &ETag, last: Option<&Value>) -> bool {
        let Some(last) = last.filter(|it| it["etag"] == now.as_str()) else { return true };
        let is_noted = self.etag.as_ref().is_none_or(|it| it == now.as_str());
        let is_registered = ["applied", "unchanged", "drifted", "partial"];
        is_noted && !is_registered.iter().any(|it| last["outcome"] == **it)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn held(noted: Option<&str>, last: Option<(&str, &str)>) -> bool {
        let bundle = BundleId::new("b").unwrap();
        let note = Heir { v: 1, bundle, etag: noted.map(str::to_owned) };
        let last = last.map(|(etag, outcome)| json!({"etag": etag, "outcome": outcome}));
        note.may_hold(&ETag::new("now"), last.as_ref())
    }

    #[test]
    fn an_archive_that_was_not_looked_at_may_declare_it() {
        assert!(held(Some("before"), None));
        assert!(held(Some("before"), Some(("before", "refused"))));
        assert!(held(Some("now"), Some(("before", "applied"))));
    }

    #[test]
    fn the_archive_that_was_refused_declares_it() {
        assert!(held(Some("now"), Some(("now", "refused"))));
        assert!(held(None, Some(("now", "refused"))));
        assert!(held(Some("now"), Some(("now", "deferred"))));
        assert!(held(Some("now"), Some(("now", "suspended"))));
    }

    #[test]
    fn one_that_is_registered_or_came_later_and_claimed_nothing_does_not() {
        assert!(!held(Some("now"), Some(("now", "applied"))));
        assert!(!held(Some("now"), Some(("now", "partial"))));
        assert!(!held(None, Some(("now", "unchanged"))));
        assert!(!held(Some("before"), Some(("now", "refused"))));
        assert!(!held(Some("before"), Some(("now", "held"))));
    }
}
