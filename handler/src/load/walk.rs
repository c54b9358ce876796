//! The files of an archive or folder, one after the other, each with a reader of its content.

use std::fs::File;
use std::io::{self, BufReader, Read};
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

/// Visits every entry. `max` bounds what is unpacked of a `.tar.gz`, headers included.
pub(crate) fn walk(place: &Place, max: u64, visit: &mut Visit<'_>) -> io::Result<()> {
    match place {
        Place::Archive(path, Format::Zip) => zip(File::open(path)?, visit),
        Place::Archive(path, Format::TarGz) => tar_gz(File::open(path)?, max, visit),
        Place::Folder(path) => folder(path, "", visit).map(|_| ()),
    }
}

fn text(bytes: &[u8]) -> Result<String, String> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(_) => Err(String::from_utf8_lossy(bytes).into_owned()),
    }
}

fn zip(file: File, visit: &mut Visit<'_>) -> io::Result<()> {
    let mut archive = zip::ZipArchive::new(BufReader::new(file))?;
    if archive.has_duplicate_names() {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "two files have one name"));
    }
    for index in 0..archive.len() {
        let data = archive.by_index_raw(index)?;
        let mode = data.unix_mode().unwrap_or_default();
        let kind = match mode & 0o17_0000 {
            _ if data.encrypted() => Kind::Other("an encrypted file"),
            _ if data.is_dir() => Kind::Folder,
            0 | 0o10_0000 => Kind::File,
            0o12_0000 => Kind::Other("a link"),
            _ => Kind::Other("a device"),
        };
        let unix = data.system() == zip::System::Unix;
        let head = Head {
            path: text(data.name_raw()),
            kind,
            executable: unix && mode & 0o100 != 0,
            modified: data.last_modified().and_then(seconds),
        };
        drop(data);
        let flow = if kind == Kind::File {
            visit(head, &mut archive.by_index(index)?)?
        } else {
            visit(head, &mut io::empty())?
        };
        if flow.is_break() {
            break;
        }
    }
    Ok(())
}

/// Zip has local time without a zone: taken as UTC.
fn seconds(time: zip::DateTime) -> Option<i64> {
    let part = |it: u8| i8::try_from(it).ok();
    let (month, day) = (part(time.month())?, part(time.day())?);
    let (hour, minute, second) = (part(time.hour())?, part(time.minute())?, part(time.second())?);
    let year = i16::try_from(time.year()).ok()?;
    let time = jiff::civil::DateTime::new(year, month, day, hour, minute, second, 0).ok()?;
    Some(jiff::tz::Offset::UTC.to_timestamp(time).ok()?.as_second())
}

/// Ends with an error where a plain `take` would look like the end of the archive.
struct Capped<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Capped<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(out)?;
        let left = self.left.checked_sub(read as u64);
        self.left = left
            .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "it unpacks to too much"))?;
        Ok(read)
    }
}

fn tar_gz(file: File, max: u64, visit: &mut Visit<'_>) -> io::Result<()> {
    let unzipped = flate2::bufread::MultiGzDecoder::new(BufReader::new(file));
    let mut archive = tar::Archive::new(Capped { inner: unzipped, left: max });
    for entry in archive.entries()? {
        let mut entry = entry?;
        let header = entry.header();
        let kind = match header.entry_type() {
            tar::EntryType::Regular | tar::EntryType::Continuous => Kind::File,
            tar::EntryType::Directory => Kind::Folder,
            tar::EntryType::XGlobalHeader => continue,
            tar::EntryType::Symlink | tar::EntryType::Link => Kind::Other("a link"),
            _ => Kind::Other("a device"),
        };
        let path = entry.path_bytes();
        // `tar czf x.tgz .` names each file `./…`.
        let head = Head {
            path: text(path.strip_prefix(b"./").unwrap_or(&path)),
            kind,
            executable: header.mode().unwrap_or_default() & 0o100 != 0,
            modified: header.mtime().ok().and_then(|it| i64::try_from(it).ok()),
        };
        drop(path);
        if visit(head, &mut entry)?.is_break() {
            return Ok(());
        }
    }
    // The checksum is behind the last block.
    io::copy(&mut archive.into_inner(), &mut io::sink()).map(|_| ())
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
