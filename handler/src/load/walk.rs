//! The files of an archive or folder, one after the other, each with a reader of its content.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek as _, SeekFrom};
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

/// Most bytes of a header that extends the next one.
const MAX_EXTENSION: u64 = 1 << 20;
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
        Place::Archive(path, Format::Zip) => zip(File::open(path)?, caps.entries, visit),
        Place::Archive(path, Format::TarGz) => tar_gz(File::open(path)?, caps.bytes, visit),
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

/// The most entries that any end record of the zip claims: reading the list would take memory for all of them.
fn claimed(file: &mut File) -> io::Result<u64> {
    let size = file.seek(SeekFrom::End(0))?;
    // The end record, its comment, and the two records of zip64 before it.
    file.seek(SeekFrom::Start(size.saturating_sub(22 + 0xffff + 20 + 56)))?;
    let mut tail = Vec::new();
    file.read_to_end(&mut tail)?;
    file.rewind()?;
    let mut most = 0;
    for at in 0..tail.len() {
        let record = tail.get(at..).unwrap_or_default();
        let short = record.strip_prefix(b"PK\x05\x06").and_then(|it| it.get(6..8)?.try_into().ok());
        let long =
            record.strip_prefix(b"PK\x06\x06").and_then(|it| it.get(28..36)?.try_into().ok());
        let short = short.map(u16::from_le_bytes).filter(|it| *it < u16::MAX).map(u64::from);
        most = most
            .max(short.unwrap_or_default())
            .max(long.map(u64::from_le_bytes).unwrap_or_default());
    }
    Ok(most)
}

fn zip(mut file: File, entries: u64, visit: &mut Visit<'_>) -> io::Result<()> {
    let claimed = claimed(&mut file)?;
    if claimed > entries {
        return Err(invalid(&format!(
            "it has {claimed} entries, at most {entries} may be (SYNC_MAX_ENTRIES)"
        )));
    }
    let mut archive = zip::ZipArchive::new(BufReader::new(file))?;
    if archive.has_duplicate_names() {
        return Err(invalid("two files have one name"));
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
        self.left = left.ok_or_else(|| invalid("it unpacks to too much"))?;
        Ok(read)
    }
}

fn tar_gz(file: File, max: u64, visit: &mut Visit<'_>) -> io::Result<()> {
    let unzipped = flate2::bufread::MultiGzDecoder::new(BufReader::new(file));
    let mut archive = tar::Archive::new(Capped { inner: unzipped, left: max });
    let mut long_name = None;
    // Raw: the reader would take a long name of any size into memory.
    for entry in archive.entries()?.raw(true) {
        let mut entry = entry?;
        if let Role::Extension(name) = role(&mut entry)? {
            long_name = name.or(long_name);
            continue;
        }
        let header = entry.header();
        let kind = match header.entry_type() {
            tar::EntryType::Regular | tar::EntryType::Continuous => Kind::File,
            tar::EntryType::Directory => Kind::Folder,
            tar::EntryType::Symlink | tar::EntryType::Link => Kind::Other("a link"),
            _ => Kind::Other("a device"),
        };
        let path = long_name.take().unwrap_or_else(|| entry.path_bytes().into_owned());
        // `tar czf x.tgz .` names each file `./…`.
        let head = Head {
            path: text(path.strip_prefix(b"./").unwrap_or(&path)),
            kind,
            executable: header.mode().unwrap_or_default() & 0o100 != 0,
            modified: header.mtime().ok().and_then(|it| i64::try_from(it).ok()),
        };
        if visit(head, &mut entry)?.is_break() {
            return Ok(());
        }
    }
    // The checksum is behind the last block.
    io::copy(&mut archive.into_inner(), &mut io::sink()).map(|_| ())
}

/// What an entry of a tar is for.
enum Role {
    Itself,
    /// Describes the next entry, perhaps its name.
    Extension(Option<Vec<u8>>),
}

fn role(entry: &mut tar::Entry<'_, impl Read>) -> io::Result<Role> {
    let kind = entry.header().entry_type();
    let is_extension = kind.is_gnu_longname()
        || kind.is_gnu_longlink()
        || kind.is_pax_local_extensions()
        || kind.is_pax_global_extensions();
    if !is_extension {
        return Ok(Role::Itself);
    }
    if entry.size() > MAX_EXTENSION {
        return Err(invalid("a name is too long"));
    }
    let mut bytes = Vec::new();
    entry.read_to_end(&mut bytes)?;
    if kind.is_gnu_longname() {
        let end = bytes.iter().position(|it| *it == 0).unwrap_or(bytes.len());
        bytes.truncate(end);
        return Ok(Role::Extension(Some(bytes)));
    }
    let mut name = None;
    if kind.is_pax_local_extensions() {
        for record in tar::PaxExtensions::new(&bytes) {
            let record = record?;
            match record.key_bytes() {
                b"path" => name = Some(record.value_bytes().to_vec()),
                b"size" => return Err(invalid("a file of 8 GiB or more, or of unclear size")),
                _ => {}
            }
        }
    }
    Ok(Role::Extension(name))
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
