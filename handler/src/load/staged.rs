//! A digest whose code is still in the container -> its files, as they were uploaded.

use domain::bundle::{Manifest, sha256_hex};
use domain::names::BundleId;
use domain::tree::{Entry, MAX_TEXT, Tree};
use futures::{StreamExt as _, TryStreamExt as _, stream};

use super::texts::Texts;
use super::{Loaded, Source};
use crate::stores::{Container, Item, StoreError};

/// Files that are read at once.
const AT_ONCE: usize = 8;
/// A manifest of the most entries, and more.
pub(crate) const MAX_MANIFEST: u64 = 32 << 20;

/// The manifest of the bundle's digest, whose first 12 digits are `short`; `None` when it is not there, or not complete.
///
/// # Errors
/// When it cannot be read.
pub async fn manifest(
    code: &Container,
    id: &BundleId,
    short: &str,
) -> Result<Option<Manifest>, StoreError> {
    let key = format!("{id}/{short}.manifest.json");
    let Some((bytes, _)) = code.read(&key, MAX_MANIFEST).await? else { return Ok(None) };
    let garbled = |error: serde_json::Error| {
        StoreError::garbled("read the manifest", &key, &error.to_string())
    };
    serde_json::from_slice(&bytes).map(Some).map_err(garbled)
}

/// The first 12 digits of every complete digest of the bundle, with the time at which it was staged, the newest first.
///
/// # Errors
/// When they cannot be listed.
pub async fn digests(
    code: &Container,
    id: &BundleId,
) -> Result<Vec<(String, Option<i64>)>, StoreError> {
    Ok(digests_in(&code.list(&format!("{id}/")).await?, id))
}

/// The same of a listing of the bundle's folder.
pub fn digests_in(items: &[Item], id: &BundleId) -> Vec<(String, Option<i64>)> {
    let prefix = format!("{id}/");
    let manifests = items.iter().filter_map(|it| {
        let name = it.key.strip_prefix(&prefix)?.strip_suffix(".manifest.json")?;
        (!name.contains('/')).then(|| (name.to_owned(), it.modified))
    });
    let mut found: Vec<_> = manifests.collect();
    found.sort_by_key(|(_, at)| std::cmp::Reverse(*at));
    found
}

/// Reads what decisions need of the files of `manifest`.
///
/// # Errors
/// When a file is missing or cannot be read.
pub async fn staged(code: &Container, manifest: Manifest) -> Result<Loaded, StoreError> {
    let folder = format!("{}/{}", manifest.bundle, manifest.digest.short());
    let files = stream::iter(manifest.files).map(|file| {
        let key = format!("{folder}/{}", file.path);
        async move {
            let is_read = Tree::wants_text(&file.path) && file.size <= MAX_TEXT;
            if !is_read {
                return Ok((file, None));
            }
            let gone = || StoreError::garbled("read", &key, "the manifest has it, and it is gone");
            let (bytes, _) = code.read(&key, MAX_TEXT).await?.ok_or_else(gone)?;
            if sha256_hex(&bytes) != file.sha256 {
                return Err(StoreError::garbled(
                    "read",
                    &key,
                    "it was changed after it was staged",
                ));
            }
            Ok((file, Some(bytes)))
        }
    });
    let mut files = Box::pin(files.buffered(AT_ONCE));
    let (mut tree, mut texts) = (Tree::default(), Texts::default());
    while let Some((file, bytes)) = files.try_next().await? {
        // as they were kept when it was uploaded
        let bytes = bytes.filter(|it| texts.fits(&file.path, it.len()));
        let (size, sha256, executable) = (file.size, file.sha256, file.executable);
        tree.insert(file.path, Entry { size, sha256, executable, modified: None }, bytes);
    }
    let (digest, source) = (manifest.digest, Source::Staged);
    Ok(Loaded { tree, digest, source, etag: None, diagnostics: Vec::new() })
}
