//! One `apply` of a folder or an archive at a time: two at once would each make what is not there yet.

use std::fs::{File, TryLockError};
use std::path::Path;

/// Others wait until this is dropped.
#[derive(Debug)]
pub(super) struct Turn {
    /// A lock of the operating system: it ends with the process at the latest.
    _lock: Option<File>,
}

/// Waits until no other `apply` on this machine is at `root`; says so when it has to. Where the file system has no locks, there is
/// no waiting.
///
/// # Errors
/// When the thread that waits is lost.
pub(super) async fn turn(root: &Path) -> anyhow::Result<Turn> {
    // what cannot be opened is told by those who read it
    let Ok(file) = File::open(root) else { return Ok(Turn { _lock: None }) };
    let file = match file.try_lock() {
        Ok(()) => Some(file),
        Err(TryLockError::WouldBlock) => {
            eprintln!("another `apply` of `{}` is at work; waiting for its end", root.display());
            let wait = move || file.lock().is_ok().then_some(file);
            tokio::task::spawn_blocking(wait).await?
        }
        Err(TryLockError::Error(_)) => None,
    };
    Ok(Turn { _lock: file })
}
