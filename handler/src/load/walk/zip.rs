//! The files of a `.zip`.

use std::fs::File;
use std::io::{self, BufReader, Read as _, Seek as _, SeekFrom};

use super::{Head, Kind, Visit, invalid, text};

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

/// Visits every entry of a zip that has no more than `entries`.
pub(super) fn walk(mut file: File, entries: u64, visit: &mut Visit<'_>) -> io::Result<()> {
    let claimed = claimed(&mut file)?;
    if claimed > entries {
        return Err(invalid(&format!(
            "it has {claimed} entries, at most {entries} may be (SYNC_MAX_ENTRIES)"
        )));
    }
    let mut archive = ::zip::ZipArchive::new(BufReader::new(file))?;
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
        let unix = data.system() == ::zip::System::Unix;
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
fn seconds(time: ::zip::DateTime) -> Option<i64> {
    let part = |it: u8| i8::try_from(it).ok();
    let (month, day) = (part(time.month())?, part(time.day())?);
    let (hour, minute, second) = (part(time.hour())?, part(time.minute())?, part(time.second())?);
    let year = i16::try_from(time.year()).ok()?;
    let time = jiff::civil::DateTime::new(year, month, day, hour, minute, second, 0).ok()?;
    Some(jiff::tz::Offset::UTC.to_timestamp(time).ok()?.as_second())
}
