//! A container in a local folder. What we need beside the objects lies in `.sync` in it.

mod files;

use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use domain::bundle::sha256_hex;
use futures::{Stream, StreamExt as _};
use tokio::io::AsyncWriteExt as _;

use self::files::{HASHED, OWN, collect, found, item, set_mode};
use super::{Condition, ETag, Item, Lease, LeaseKind, StoreError, path_of};

/// A folder of objects.
#[derive(Debug, Clone)]
pub struct LocalContainer {
    root: PathBuf,
    name: String,
}

impl LocalContainer {
    /// The objects below `root`; the folder may not exist yet.
    pub fn new(root: PathBuf) -> Self {
        let name =
            root.file_name().map_or_else(String::new, |it| it.to_string_lossy().into_owned());
        Self { root, name }
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folder's own name.
    pub fn name(&self) -> &str {
        &self.name
    }

    pub(super) async fn ensure(&self) -> Result<(), StoreError> {
        self.run("create the folder", &self.name, |it, _| std::fs::create_dir_all(&it.root)).await
    }

    pub(super) async fn list(&self, prefix: &str) -> Result<Vec<Item>, StoreError> {
        let prefix = prefix.to_owned();
        self.run("list", &self.name, move |it, _| {
            let mut out = Vec::new();
            collect(&it.root, "", &prefix, &mut out)?;
            out.sort_by(|a, b| a.key.cmp(&b.key));
            Ok(out)
        })
        .await
    }

    pub(super) async fn head(&self, key: &str) -> Result<Option<Item>, StoreError> {
        self.run("look at", key, Self::look).await
    }

    pub(super) async fn read(
        &self,
        key: &str,
        max: u64,
    ) -> Result<Option<(Vec<u8>, ETag)>, StoreError> {
        let read = move |it: &Self, key: &str| {
            let path = path_of(&it.root, key);
            let Some(item) = it.look(key)? else { return Ok(None) };
            let mut out = Vec::new();
            File::open(&path)?.take(max.saturating_add(1)).read_to_end(&mut out)?;
            let etag = if out.len() as u64 <= HASHED { ETag(sha256_hex(&out)) } else { item.etag };
            Ok(Some((out, etag)))
        };
        let found = self.run("read", key, read).await?;
        if found.as_ref().is_some_and(|it| it.0.len() as u64 > max) {
            return Err(StoreError::rejected(
                "read",
                key,
                &format!("it has more than {max} bytes"),
            ));
        }
        Ok(found)
    }

    pub(super) async fn download(
        &self,
        key: &str,
        expected: Option<&ETag>,
        file: &mut tokio::fs::File,
        max: u64,
    ) -> Result<Option<Item>, StoreError> {
        let Some(item) = self.head(key).await? else { return Ok(None) };
        if expected.is_some_and(|it| *it != item.etag) {
            return Err(StoreError::conflict("download", key));
        }
        if item.size > max {
            let why = format!("it has {} bytes, at most {max} may be", item.size);
            return Err(StoreError::rejected("download", key, &why));
        }
        let failed = |it: io::Error| StoreError::of_io("download", key, &it);
        let from = tokio::fs::File::open(path_of(&self.root, key)).await.map_err(failed)?;
        let copied =
            tokio::io::copy(&mut tokio::io::AsyncReadExt::take(from, item.size), file).await;
        let copied = copied.map_err(failed)?;
        file.flush().await.map_err(failed)?;
        if copied != item.size || self.head(key).await?.is_none_or(|it| it.etag != item.etag) {
            return Err(StoreError::conflict("download", key));
        }
        Ok(Some(item))
    }

    pub(super) async fn write(
        &self,
        key: &str,
        content: Vec<u8>,
        when: Condition,
    ) -> Result<ETag, StoreError> {
        let write = move |it: &Self, key: &str| {
            let mut temp = it.temp()?;
            temp.write_all(&content)?;
            it.put(temp, key, &when)
        };
        self.run("write", key, write).await?.ok_or_else(|| StoreError::conflict("write", key))
    }

    pub(super) async fn write_stream<S>(&self, key: &str, content: S) -> Result<ETag, StoreError>
    where
        S: Stream<Item = io::Result<Bytes>> + Send + 'static,
    {
        let failed = |it: io::Error| StoreError::of_io("write", key, &it);
        let temp = self.run("write", key, |it, _| it.temp()).await?;
        let mut file = tokio::fs::File::from_std(temp.reopen().map_err(failed)?);
        let mut content = std::pin::pin!(content);
        while let Some(chunk) = content.next().await {
            file.write_all(&chunk.map_err(failed)?).await.map_err(failed)?;
        }
        file.flush().await.map_err(failed)?;
        let put = move |it: &Self, key: &str| it.put(temp, key, &Condition::Any);
        self.run("write", key, put).await?.ok_or_else(|| StoreError::conflict("write", key))
    }

    pub(super) async fn make_executable(&self, key: &str) -> Result<(), StoreError> {
        let change = |it: &Self, key: &str| set_mode(&File::open(path_of(&it.root, key))?, 0o755);
        self.run("make executable", key, change).await
    }

    pub(super) async fn delete(&self, key: &str) -> Result<(), StoreError> {
        let delete =
            |it: &Self, key: &str| found(std::fs::remove_file(path_of(&it.root, key))).map(|_| ());
        self.run("delete", key, delete).await
    }

    /// The lease is a lock of the operating system: it ends with the process, not with time.
    pub(super) async fn acquire(
        &self,
        key: &str,
        _seconds: u8,
    ) -> Result<Option<Lease>, StoreError> {
        let lock = |it: &Self, key: &str| {
            let file = it.own_file(&format!("lease-{}", sha256_hex(key.as_bytes())))?;
            match file.try_lock() {
                Ok(()) => Ok(Some(file)),
                Err(std::fs::TryLockError::WouldBlock) => Ok(None),
                Err(std::fs::TryLockError::Error(error)) => Err(error),
            }
        };
        let file = self.run("lease", key, lock).await?;
        Ok(file.map(|file| Lease { key: key.to_owned(), kind: LeaseKind::Local { _lock: file } }))
    }

    /// The object; a folder that is gone is not an empty one.
    fn look(&self, key: &str) -> io::Result<Option<Item>> {
        let item = found(item(&path_of(&self.root, key), key))?;
        if item.is_none() {
            std::fs::metadata(&self.root)?;
        }
        Ok(item)
    }

    fn own(&self) -> io::Result<PathBuf> {
        let own = self.root.join(OWN);
        std::fs::create_dir_all(&own)?;
        Ok(own)
    }

    fn own_file(&self, name: &str) -> io::Result<File> {
        File::options().create(true).write(true).truncate(false).open(self.own()?.join(name))
    }

    fn temp(&self) -> io::Result<tempfile::NamedTempFile> {
        tempfile::NamedTempFile::new_in(self.own()?)
    }

    /// Renames `temp` to `key` when the condition holds; else `None`.
    fn put(
        &self,
        temp: tempfile::NamedTempFile,
        key: &str,
        when: &Condition,
    ) -> io::Result<Option<ETag>> {
        let path = path_of(&self.root, key);
        temp.as_file().sync_all()?;
        let lock = self.own_file("write")?;
        lock.lock()?;
        let have = found(item(&path, key))?.map(|it| it.etag);
        let holds = match when {
            Condition::Any => true,
            Condition::IfAbsent => have.is_none(),
            Condition::IfMatch(etag) => have.as_ref() == Some(etag),
        };
        if !holds {
            return Ok(None);
        }
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        // a temporary file is for its owner only; workers read what we write
        set_mode(temp.as_file(), 0o644)?;
        temp.persist(&path).map_err(|it| it.error)?;
        Ok(Some(item(&path, key)?.etag))
    }

    async fn run<T: Send + 'static>(
        &self,
        operation: &'static str,
        key: &str,
        work: impl FnOnce(&Self, &str) -> io::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        if key.split('/').next() == Some(OWN) {
            return Err(StoreError::rejected(operation, key, "the name is ours"));
        }
        let (this, owned) = (self.clone(), key.to_owned());
        let joined = tokio::task::spawn_blocking(move || work(&this, &owned)).await;
        let result = joined.unwrap_or_else(|it| Err(io::Error::other(it)));
        result.map_err(|it| {
            let error = StoreError::of_io(operation, key, &it);
            if self.root.is_dir() { error } else { error.without_container() }
        })
    }
}
