//! The files of a `.tar.gz`.

use std::fs::File;
use std::io::{self, BufReader, Read};

use super::{Head, Kind, Visit, invalid, text};

/// Most bytes of a header that extends the next one.
const MAX_EXTENSION: u64 = 1 << 20;

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

/// Visits every entry of an archive that unpacks to no more than `max` bytes.
pub(super) fn walk(file: File, max: u64, visit: &mut Visit<'_>) -> io::Result<()> {
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
