//! A vault in a file, for `serve --local`: one table for each secret.
//!
//! A version is made of the value with a key that lies beside the file: who sees versions, in states and receipts, can not try
//! values on them.

mod key;
mod parse;

use std::io::{self, Read as _};
use std::path::Path;
use std::sync::Arc;

use domain::secret::{Properties, SecretName, VersionId};
use jiff::Timestamp;
use zeroize::Zeroizing;

use self::key::Key;
use self::parse::Entry;
use super::{SecretValue, VaultError};

const FILE: &str = "secrets.toml";
const KEY: &str = ".secrets.key";
/// A file with more bytes is none of secrets.
const LARGEST: u64 = 4 << 20;

/// A vault in a file.
#[derive(Debug, Clone)]
pub struct LocalVault {
    file: Arc<Path>,
    key: Arc<Path>,
}

type Read = Vec<(Properties, Entry)>;

impl LocalVault {
    /// The vault of the folder `dir`, which may not exist yet.
    pub(super) fn new(dir: &Path) -> Self {
        Self { file: dir.join(FILE).into(), key: dir.join(KEY).into() }
    }

    /// Where it is.
    pub fn file(&self) -> &Path {
        &self.file
    }

    pub(super) async fn list(&self) -> Result<Vec<Properties>, VaultError> {
        let read = self.whole("list the secrets of", FILE).await?;
        Ok(read.into_iter().map(|it| Properties { version: None, ..it.0 }).collect())
    }

    /// One at most: a file has no older ones.
    pub(super) async fn versions(&self, name: &SecretName) -> Result<Vec<Properties>, VaultError> {
        let read = self.whole("list the versions of", name.as_str()).await?;
        Ok(read.into_iter().map(|it| it.0).filter(|it| it.name == *name).collect())
    }

    pub(super) async fn read(
        &self,
        name: &SecretName,
    ) -> Result<(Properties, SecretValue), VaultError> {
        let what = "read the secret";
        let read = self.whole(what, name.as_str()).await?;
        let found = read.into_iter().find(|it| it.0.name == *name);
        let (properties, entry) = found.ok_or_else(|| VaultError::missing(what, name.as_str()))?;
        if properties.enabled {
            Ok((properties, entry.value))
        } else {
            Err(VaultError::disabled(what, name.as_str()))
        }
    }

    /// All of the file, by name; nothing when there is none.
    async fn whole(&self, operation: &'static str, object: &str) -> Result<Read, VaultError> {
        let this = self.clone();
        let of_io = |it: &io::Error| VaultError::of_io(operation, object, it);
        let joined = tokio::task::spawn_blocking(move || this.parsed()).await;
        match joined.map_err(|it| of_io(&io::Error::other(it)))?.map_err(|it| of_io(&it))? {
            Ok(read) => Ok(read),
            Err(faults) => Err(VaultError::rejected(operation, object, &faults)),
        }
    }

    /// The file, or what is wrong in it.
    fn parsed(&self) -> io::Result<Result<Read, String>> {
        let Some((text, changed)) = text(&self.file)? else { return Ok(Ok(Vec::new())) };
        let mut entries = match parse::entries(&text) {
            Ok(entries) => entries,
            Err(faults) => return Ok(Err(format!("{FILE}: {}", faults.join("; ")))),
        };
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        if entries.is_empty() {
            return Ok(Ok(Vec::new()));
        }
        let key = Key::of(&self.key)?;
        let with = |it: Entry| Ok((properties(&it, key.version(&it)?, changed), it));
        entries.into_iter().map(with).collect::<io::Result<_>>().map(Ok)
    }
}

fn properties(entry: &Entry, version: VersionId, changed: Option<Timestamp>) -> Properties {
    Properties {
        name: entry.name.clone(),
        version: Some(version),
        enabled: entry.enabled,
        // a file keeps no versions: whatever is changed in it, no new one was made without our tags
        created: None,
        updated: changed,
        not_before: entry.not_before,
        expires: entry.expires,
        content_type: entry.content_type.clone(),
        managed: false,
        tags: entry.tags.clone(),
    }
}

/// The text of `file` and when it was changed last; `None` when there is none.
fn text(file: &Path) -> io::Result<Option<(Zeroizing<String>, Option<Timestamp>)>> {
    let open = match std::fs::File::open(file) {
        Ok(open) => open,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let about = open.metadata()?;
    if about.len() > LARGEST {
        return Err(io::Error::new(
            io::ErrorKind::InvalidData,
            "it is too large for a list of secrets",
        ));
    }
    let mut text = Zeroizing::new(String::new());
    open.take(LARGEST).read_to_string(&mut text)?;
    Ok(Some((text, about.modified().ok().and_then(|it| Timestamp::try_from(it).ok()))))
}

#[cfg(test)]
mod tests;
