//! The files of a bundle -> `<code container>/<bundle>/<digest>/…`, the manifest last.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::ops::ControlFlow;

use bytes::Bytes;
use domain::bundle::Manifest;
use domain::names::{BundleId, Digest};
use domain::tree::Tree;
use futures::stream::{self, StreamExt as _, TryStreamExt as _};
use tokio::sync::mpsc::{Receiver, Sender, channel};

use crate::load::{Caps, Kind, Loaded, MAX_MANIFEST, Place, walk};
use crate::stores::{Condition, Container, StoreError};

/// Files that are uploaded at once.
const AT_ONCE: usize = 4;
/// Up to this size a file is held in memory while it is uploaded; a larger one is streamed.
const SMALL: u64 = 1 << 20;

/// Code that is complete in the container.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staged {
    /// `<bundle>/<digest>`, without a slash at the end.
    pub folder: String,
    /// How many files were uploaded.
    pub uploaded: usize,
    /// Whether all of it was there already.
    pub skipped: bool,
}

/// A file on its way.
struct Sent {
    path: String,
    executable: bool,
    content: Content,
}

enum Content {
    Small(Vec<u8>),
    Large(Receiver<io::Result<Bytes>>),
}

/// Uploads the files of `loaded` unless its digest is complete; being cut off leaves no manifest.
///
/// # Errors
/// When any file could not be read or uploaded: the manifest was not written.
pub async fn code(
    loaded: &Loaded,
    container: &Container,
    id: &BundleId,
) -> Result<Staged, StoreError> {
    let folder = format!("{id}/{}", loaded.digest.short());
    let manifest_key = format!("{folder}.manifest.json");
    if let Some((found, _)) = container.read(&manifest_key, MAX_MANIFEST).await?
        && serde_json::from_slice::<Manifest>(&found).is_ok_and(|it| it.digest == loaded.digest)
    {
        return Ok(Staged { folder, uploaded: 0, skipped: true });
    }
    let uploaded = upload(loaded, container, &folder).await?;
    let expected = loaded.tree.entries().count();
    if uploaded != expected {
        let why = format!("{uploaded} of {expected} files were read");
        return Err(StoreError::rejected("stage", &folder, &why));
    }
    let manifest = Manifest::of(id.clone(), loaded.digest.clone(), &loaded.tree);
    let bytes = serde_json::to_vec(&manifest);
    let bytes = bytes.map_err(|it| StoreError::garbled("stage", &folder, &it.to_string()))?;
    container.write(&manifest_key, bytes, Condition::Any).await?;
    Ok(Staged { folder, uploaded, skipped: false })
}

/// Writes the manifest of `digest` again: its age counts from now.
///
/// # Errors
/// When it is gone, or the store refuses.
pub async fn renew(code: &Container, id: &BundleId, digest: &Digest) -> Result<(), StoreError> {
    let key = format!("{id}/{}.manifest.json", digest.short());
    let gone = || StoreError::rejected("renew", &key, "the code is not staged any more");
    let (bytes, _) = code.read(&key, MAX_MANIFEST).await?.ok_or_else(gone)?;
    code.write(&key, bytes, Condition::Any).await.map(|_| ())
}

async fn upload(loaded: &Loaded, container: &Container, folder: &str) -> Result<usize, StoreError> {
    let (sender, receiver) = channel(1);
    let Some(place) = loaded.source.place() else {
        return Err(StoreError::rejected("stage", folder, "its manifest is gone"));
    };
    let tree = entries(&loaded.tree);
    let reading = tokio::task::spawn_blocking(move || produce(&place, &tree, &sender));
    let files = stream::unfold(receiver, |mut it| async { it.recv().await.map(|file| (file, it)) });
    let uploads = files.map(|file| async move {
        let key = format!("{folder}/{}", file.path);
        match file.content {
            Content::Small(bytes) => container.write(&key, bytes, Condition::Any).await?,
            Content::Large(chunks) => {
                let chunks = stream::unfold(chunks, |mut it| async {
                    it.recv().await.map(|chunk| (chunk, it))
                });
                container.write_stream(&key, chunks).await?
            }
        };
        if file.executable {
            container.make_executable(&key).await?;
        }
        Ok(1)
    });
    let count: usize = uploads
        .buffer_unordered(AT_ONCE)
        .try_fold(0, |sum, it| async move { Ok(sum + it) })
        .await?;
    let read = reading.await.unwrap_or_else(|it| Err(io::Error::other(it)));
    read.map_err(|it| StoreError::of_io("stage", folder, &it))?;
    Ok(count)
}

/// Size, and whether it can be run, by path.
type Entries = BTreeMap<String, (u64, bool)>;

fn entries(tree: &Tree) -> Entries {
    tree.entries().map(|(path, it)| (path.to_owned(), (it.size, it.executable))).collect()
}

/// Reads the archive once, front to back; ends early when nobody takes the files any more.
fn produce(place: &Place, entries: &Entries, sender: &Sender<Sent>) -> io::Result<()> {
    walk(place, Caps { bytes: u64::MAX, entries: u64::MAX }, &mut |head, content| {
        let (Kind::File, Ok(path)) = (head.kind, head.path) else {
            return Ok(ControlFlow::Continue(()));
        };
        let Some((size, executable)) = entries.get(&path).copied() else {
            return Ok(ControlFlow::Continue(()));
        };
        let changed = || io::Error::other(format!("`{path}` was changed meanwhile"));
        if size <= SMALL {
            let mut bytes = Vec::new();
            content.take(SMALL + 1).read_to_end(&mut bytes)?;
            if bytes.len() as u64 != size {
                return Err(changed());
            }
            let sent = Sent { path, executable, content: Content::Small(bytes) };
            return Ok(flow(sender.blocking_send(sent).is_ok()));
        }
        let (chunks, receiver) = channel(4);
        let sent = Sent { path, executable, content: Content::Large(receiver) };
        if sender.blocking_send(sent).is_err() {
            return Ok(ControlFlow::Break(()));
        }
        pump(content, &chunks)
    })
}

fn pump(content: &mut dyn Read, chunks: &Sender<io::Result<Bytes>>) -> io::Result<ControlFlow<()>> {
    loop {
        let mut buffer = vec![0; 256 << 10];
        match content.read(&mut buffer) {
            Ok(0) => return Ok(ControlFlow::Continue(())),
            Ok(read) => {
                buffer.truncate(read);
                if chunks.blocking_send(Ok(buffer.into())).is_err() {
                    return Ok(ControlFlow::Break(()));
                }
            }
            Err(error) => {
                let told = io::Error::new(error.kind(), error.to_string());
                let _nobody_listens = chunks.blocking_send(Err(told));
                return Err(error);
            }
        }
    }
}

fn flow(goes_on: bool) -> ControlFlow<()> {
    if goes_on { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;
    use crate::config::Limits;
    use crate::stores::Stores;

    #[tokio::test]
    async fn a_script_that_can_be_run_can_be_run_where_it_is_staged_and_never_as_another() {
        let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        for (name, mode, size) in
            [("run.sh", 0o4750, 1), ("large.sh", 0o755, 2 << 20), ("a.py", 0o644, 1)]
        {
            let path = from.path().join(name);
            std::fs::write(&path, vec![b'#'; size]).unwrap();
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
        }
        let loaded = crate::load::folder(from.path(), &Limits::default()).await.unwrap();
        let stores = Stores::local(to.path());
        stores.ensure().await.unwrap();
        let id = BundleId::new("a").unwrap();
        let staged = code(&loaded, &stores.code, &id).await.unwrap();
        let mode = |name: &str| {
            let path = to.path().join("code").join(&staged.folder).join(name);
            std::fs::metadata(path).unwrap().permissions().mode() & 0o7777
        };
        assert_eq!(["run.sh", "large.sh", "a.py"].map(mode), [0o755, 0o755, 0o644]);
    }
}
