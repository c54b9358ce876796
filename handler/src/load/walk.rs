//! The files of an archive or folder, one after the other, each with a reader of its content.

mod tar_gz;
mod zip;

use std::fs::File;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::Path;
use std::time::UNIX_EPOCH;

use super::{Format, Place};

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    File,
    Folder,
    /// A link, a device, an encrypted file: named.
    Other(&'static str),
}

/// An entry before its content.
#[derive(Debug)]
pub(crate) struct Head {
    /// As the archive has it; the error is what can be shown of a name that is not UTF-8.
    pub(crate) path: Result<String, String>,
    pub(crate) kind: Kind,
    pub(crate) executable: bool,
    pub(crate) modified: Option<i64>,
}

/// What is done with an entry; `Break` ends the walk.
pub(crate) type Visit<'a> = dyn FnMut(Head, &mut dyn Read) -> io::Result<ControlFlow<()>> + 'a;

/// Folders that hold no source of the author.
const SKIPPED: [&str; 6] = [".git", ".venv", "venv", "node_modules", "__pycache__", ".sync"];

/// What a walk may cost before any content is looked at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Caps {
    /// Bytes unpacked of a `.tar.gz`, headers included.
    pub(crate) bytes: u64,
    /// Entries of a zip, whose list is read as a whole.
    pub(crate) entries: u64,
}

/// Visits every entry.
pub(crate) fn walk(place: &Place, caps: Caps, visit: &mut Visit<'_>) -> io::Result<()> {
    match place {
        Place::Archive(path, Format::Zip) => zip::walk(File::open(path)?, caps.entries, visit),
        Place::Archive(path, Format::TarGz) => tar_gz::walk(File::open(path)?, caps.bytes, visit),
        Place::Folder(path) => folder(path, "", visit).map(|_| ()),
    }
}

fn invalid(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

fn text(bytes: &[u8]) -> Result<String, String> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(_) => Err(String::from_utf8_lossy(bytes).into_owned()),
    }
}

fn folder(path: &Path, above: &str, visit: &mut Visit<'_>) -> io::Result<ControlFlow<()>> {
    let mut entries = std::fs::read_dir(path)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let kind = entry.file_type()?;
        let name = entry.file_name().into_string();
        let path = match &name {
            Ok(name) => Ok(format!("{above}{name}")),
            Err(name) => Err(format!("{above}{}", name.to_string_lossy())),
        };
        let flow = if kind.is_dir() {
            let skipped = name.as_ref().is_ok_and(|it| SKIPPED.contains(&it.as_str()));
            if skipped {
                continue;
            }
            folder(&entry.path(), &format!("{}/", path.unwrap_or_else(|it| it)), visit)?
        } else if kind.is_file() {
            let metadata = entry.metadata()?;
            let since = metadata.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
            let modified = i64::try_from(since.as_secs()).ok();
            let head =
                Head { path, kind: Kind::File, executable: is_executable(&metadata), modified };
            visit(head, &mut File::open(entry.path())?)?
        } else {
            let kind = Kind::Other(if kind.is_symlink() { "a link" } else { "a device" });
            visit(Head { path, kind, executable: false, modified: None }, &mut io::empty())?
        };
        if flow.is_break() {
            return Ok(flow);
        }
    }
    Ok(ControlFlow::Continue(()))
}

#[cfg(unix)]
fn is_executable(metadata: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    metadata.permissions().mode() & 0o100 != 0
}

#[cfg(not(unix))]
fn is_executable(_metadata: &std::fs::Metadata) -> bool {
    false
}
