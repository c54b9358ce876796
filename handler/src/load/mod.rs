//! A bundle's archive or folder -> its files, digest and faults. Nothing is unpacked to disk.

mod intake;
mod staged;
mod texts;
mod walk;

use std::io;
use std::path::{Path, PathBuf};

use domain::diagnostic::{Diagnostic, Position, rules};
use domain::names::{BundleId, Digest};
use domain::tree::Tree;
use tempfile::NamedTempFile;

use crate::config::Limits;
use crate::stores::{Container, ETag, Item, StoreError};

pub(crate) use staged::MAX_MANIFEST;
pub use staged::{digests, digests_in, manifest, staged};
pub(crate) use walk::{Caps, Head, Kind, walk};

/// How an archive is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `.zip`
    Zip,
    /// `.tar.gz` or `.tgz`
    TarGz,
}

impl Format {
    /// The format of a file of that name.
    pub fn of_name(name: &str) -> Self {
        if name.to_lowercase().ends_with(".zip") { Self::Zip } else { Self::TarGz }
    }
}

/// Where the files are.
#[derive(Debug)]
pub enum Source {
    /// A downloaded archive; deleted with this value.
    Temp(NamedTempFile, Format),
    /// A person's archive.
    File(PathBuf, Format),
    /// A folder.
    Folder(PathBuf),
    /// The code container, which has all of it.
    Staged,
}

impl Source {
    /// The same place, without ownership of the download; `None` for what is staged already.
    pub(crate) fn place(&self) -> Option<Place> {
        Some(match self {
            Self::Temp(file, format) => Place::Archive(file.path().to_owned(), *format),
            Self::File(path, format) => Place::Archive(path.clone(), *format),
            Self::Folder(path) => Place::Folder(path.clone()),
            Self::Staged => return None,
        })
    }
}

/// An archive or a folder by path.
#[derive(Debug, Clone)]
pub(crate) enum Place {
    Archive(PathBuf, Format),
    Folder(PathBuf),
}

/// A bundle that was read.
#[derive(Debug)]
pub struct Loaded {
    /// The files that count.
    pub tree: Tree,
    /// The digest of `tree`; means nothing when `diagnostics` hold an error.
    pub digest: Digest,
    /// Where the contents are.
    pub source: Source,
    /// The version of the blob; `None` for a folder or a file.
    pub etag: Option<ETag>,
    /// What is wrong with the archive.
    pub diagnostics: Vec<Diagnostic>,
}

/// Why a bundle could not be read; faults of the archive are diagnostics.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The blob was deleted meanwhile.
    #[error("the bundle is gone")]
    Gone,
    /// The store failed.
    #[error("the bundle could not be downloaded")]
    Store(#[from] StoreError),
    /// The local disk failed.
    #[error("the bundle could not be read from the disk")]
    Io(#[from] io::Error),
}

/// Downloads the archive `item` of the bundle `id` and reads it; `extension` as `BundleId::of_blob` gives it.
///
/// # Errors
/// When the blob is gone, was replaced meanwhile (`Conflict`) or cannot be read.
pub async fn bundle(
    container: &Container,
    item: &Item,
    id: &BundleId,
    extension: &str,
    limits: &Limits,
) -> Result<Loaded, LoadError> {
    let temp = NamedTempFile::new()?;
    let format = Format::of_name(extension);
    let name = format!("{id}{extension}");
    if item.size > limits.archive_bytes {
        let source = Source::Temp(temp, format);
        let etag = Some(item.etag.clone());
        return Ok(Loaded { etag, ..empty(source, vec![too_large(&name, item.size, limits)]) });
    }
    let mut file = tokio::fs::File::from_std(temp.reopen()?);
    let found =
        container.download(&item.key, Some(&item.etag), &mut file, limits.archive_bytes).await?;
    let item = found.ok_or(LoadError::Gone)?;
    let loaded = read(Source::Temp(temp, format), name, *limits).await?;
    Ok(Loaded { etag: Some(item.etag), ..loaded })
}

/// Reads a folder; links are not followed, and `.git`, virtual environments and caches do not count.
///
/// # Errors
/// When the folder cannot be read.
pub async fn folder(path: &Path, limits: &Limits) -> Result<Loaded, LoadError> {
    read(Source::Folder(path.to_owned()), path.display().to_string(), *limits).await
}

/// Reads an archive on the local disk.
///
/// # Errors
/// When the file cannot be read.
pub async fn archive_file(path: &Path, limits: &Limits) -> Result<Loaded, LoadError> {
    let name = path.file_name().map_or_else(String::new, |it| it.to_string_lossy().into_owned());
    let size = tokio::fs::metadata(path).await?.len();
    let source = Source::File(path.to_owned(), Format::of_name(&name));
    if size > limits.archive_bytes {
        return Ok(empty(source, vec![too_large(&name, size, limits)]));
    }
    read(source, name, *limits).await
}

async fn read(source: Source, name: String, limits: Limits) -> Result<Loaded, LoadError> {
    let Some(place) = source.place() else { return Ok(empty(source, Vec::new())) };
    let joined = tokio::task::spawn_blocking(move || intake::intake(&place, &name, &limits)).await;
    let (tree, diagnostics) = joined.map_err(io::Error::other)??;
    let digest = domain::bundle::digest(&tree);
    Ok(Loaded { tree, digest, source, etag: None, diagnostics })
}

fn empty(source: Source, diagnostics: Vec<Diagnostic>) -> Loaded {
    let tree = Tree::default();
    let digest = domain::bundle::digest(&tree);
    Loaded { tree, digest, source, etag: None, diagnostics }
}

fn too_large(name: &str, size: u64, limits: &Limits) -> Diagnostic {
    let message = format!("the archive has {size} bytes, at most {} may be", limits.archive_bytes);
    Diagnostic::error(rules::ARCHIVE_TOO_LARGE, Position::start_of(name), message)
        .hint("leave data out of the bundle, or raise SYNC_MAX_ARCHIVE_BYTES")
}

#[cfg(test)]
mod tests;
