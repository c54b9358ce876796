//! The files of a container in a local folder.

use std::fs::File;
use std::io;
use std::path::Path;
use std::time::UNIX_EPOCH;

use domain::bundle::sha256_hex;

use super::{ETag, Item};

/// What we need beside the objects.
pub(super) const OWN: &str = ".sync";

/// Up to this size the version is the content's hash; above, size and time of change.
pub(super) const HASHED: u64 = 1 << 20;

/// Sets who may do what, where the system knows of that.
#[cfg(unix)]
pub(super) fn set_mode(file: &File, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.set_permissions(std::fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
pub(super) fn set_mode(_file: &File, _mode: u32) -> io::Result<()> {
    Ok(())
}

/// An absent file as `None`.
pub(super) fn found<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(it) if matches!(it.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// The object `key` at `path`.
pub(super) fn item(path: &Path, key: &str) -> io::Result<Item> {
    let metadata = std::fs::metadata(path)?;
    if !metadata.is_file() {
        return Err(io::ErrorKind::NotFound.into());
    }
    let since = metadata.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
    let size = metadata.len();
    let etag = if size <= HASHED {
        ETag(sha256_hex(&std::fs::read(path)?))
    } else {
        ETag(format!("{size}-{}", since.as_nanos()))
    };
    Ok(Item { key: key.to_owned(), etag, size, modified: i64::try_from(since.as_secs()).ok() })
}

/// Adds what lies below `folder`, whose key is `above`, and has keys that start with `prefix`.
pub(super) fn collect(
    folder: &Path,
    above: &str,
    prefix: &str,
    out: &mut Vec<Item>,
) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        if above.is_empty() && name == OWN {
            continue;
        }
        let key = format!("{above}{name}");
        let kind = entry.file_type()?;
        if kind.is_dir() {
            let inner = format!("{key}/");
            if inner.starts_with(prefix) || prefix.starts_with(&inner) {
                collect(&entry.path(), &inner, prefix, out)?;
            }
        } else if kind.is_file() && key.starts_with(prefix) {
            // Gone since the folder was read: deleted, not unreadable.
            out.extend(found(item(&entry.path(), &key))?);
        }
    }
    Ok(())
}
