//! The entries of an archive -> the files that count, and every rule that is broken. Headers are never trusted: what is
//! counted is what was read.

use std::io::{self, Read};
use std::ops::ControlFlow;

use domain::bundle::{PathLimits, Paths, without_ignored};
use domain::diagnostic::{Diagnostic, Position, Rule, rules};
use domain::tree::{Entry, MAX_TEXT, Tree};
use sha2::Digest as _;

use super::texts::{MAX_TEXTS, Texts, is_data};
use super::{Caps, Head, Kind, Place, walk};
use crate::config::Limits;

/// Faults after which a hostile archive is not read on.
const MAX_FAULTS: usize = 100;
/// Below this an archive may have any ratio.
const SMALL: u64 = 1 << 20;

struct Intake<'a> {
    name: &'a str,
    limits: &'a Limits,
    /// Most bytes that may come out.
    most: u64,
    paths: Paths,
    tree: Tree,
    diagnostics: Vec<Diagnostic>,
    entries: usize,
    total: u64,
    texts: Texts,
    /// What is read at once, the same for each file.
    buffer: Vec<u8>,
}

/// Reads the archive or folder at `place`, shown as `name`.
pub(super) fn intake(
    place: &Place,
    name: &str,
    limits: &Limits,
) -> io::Result<(Tree, Vec<Diagnostic>)> {
    let by_ratio = match place {
        Place::Archive(path, _) => {
            std::fs::metadata(path)?.len().saturating_mul(limits.ratio).max(SMALL)
        }
        Place::Folder(_) => u64::MAX,
    };
    let most = limits.expanded_bytes.min(by_ratio);
    let paths = Paths::new(PathLimits { depth: limits.depth, name_bytes: limits.name_bytes });
    let (tree, diagnostics) = (Tree::default(), Vec::new());
    let (total, texts) = (0, Texts::default());
    let (entries, buffer) = (0, vec![0; 64 << 10]);
    let mut it =
        Intake { name, limits, most, paths, tree, diagnostics, entries, total, texts, buffer };
    // Each entry of a tar has a header and padding.
    let headers = (limits.entries as u64).saturating_add(1024).saturating_mul(2048);
    let entries = u64::from(u16::MAX).max(limits.entries as u64);
    let caps = Caps { bytes: most.saturating_add(headers), entries };
    let walked = walk(place, caps, &mut |head, content| it.entry(head, content));
    match (walked, place) {
        (Err(error), Place::Archive(..)) => it.unreadable(&error),
        (result, _) => result?,
    }
    let (tree, ignoring) = without_ignored(it.tree);
    it.diagnostics.extend(ignoring);
    Ok((tree, it.diagnostics))
}

/// Lower-case digits.
fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|it| [it >> 4, it & 15]);
    digits.filter_map(|it| char::from_digit(it.into(), 16)).collect()
}

impl Intake<'_> {
    fn entry(&mut self, head: Head, content: &mut dyn Read) -> io::Result<ControlFlow<()>> {
        self.entries += 1;
        if self.entries > self.limits.entries {
            let message = format!("more than {} entries", self.limits.entries);
            self.whole(rules::TOO_MANY_ENTRIES, message, "bundle less, or raise SYNC_MAX_ENTRIES");
            return Ok(ControlFlow::Break(()));
        }
        if self.diagnostics.len() >= MAX_FAULTS {
            let message = format!("{MAX_FAULTS} faults: the rest was not read");
            self.whole(rules::TOO_MANY_FAULTS, message, "correct the ones above first");
            return Ok(ControlFlow::Break(()));
        }
        match (head.kind, &head.path) {
            (Kind::Folder, _) => Ok(ControlFlow::Continue(())),
            (_, Err(path)) => {
                self.fault(
                    rules::PATH_NOT_UTF8,
                    path.escape_default().to_string(),
                    "the name is not UTF-8".into(),
                );
                Ok(ControlFlow::Continue(()))
            }
            (Kind::Other(what), Ok(path)) => {
                self.fault(
                    rules::NOT_A_FILE,
                    path.escape_debug().to_string(),
                    format!("{what} cannot be bundled"),
                );
                Ok(ControlFlow::Continue(()))
            }
            (Kind::File, Ok(path)) => match self.paths.add(path) {
                Ok(()) => self.file(path.clone(), &head, content),
                Err(found) => {
                    self.diagnostics.extend(found);
                    Ok(ControlFlow::Continue(()))
                }
            },
        }
    }

    fn file(
        &mut self,
        path: String,
        head: &Head,
        content: &mut dyn Read,
    ) -> io::Result<ControlFlow<()>> {
        let mut hash = sha2::Sha256::new();
        let mut text = Tree::wants_text(&path).then(Vec::new);
        let mut size = 0;
        loop {
            let read = content.read(&mut self.buffer)?;
            let chunk = self.buffer.get(..read).unwrap_or_default();
            if chunk.is_empty() {
                break;
            }
            size += read as u64;
            self.total += read as u64;
            if self.total > self.most {
                self.expands_too_much();
                return Ok(ControlFlow::Break(()));
            }
            hash.update(chunk);
            text = text.filter(|_| size <= MAX_TEXT);
            if let Some(text) = &mut text {
                text.extend_from_slice(chunk);
            }
        }
        let sha256 = hex(&hash.finalize());
        let entry = Entry { size, sha256, executable: head.executable, modified: head.modified };
        let text = text.and_then(|it| self.keep(&path, it));
        self.tree.insert(path, entry, text);
        Ok(ControlFlow::Continue(()))
    }

    /// `text` while there is room for it.
    fn keep(&mut self, path: &str, mut text: Vec<u8>) -> Option<Vec<u8>> {
        text.shrink_to_fit();
        if self.texts.fits(path, text.len()) {
            return Some(text);
        }
        if !is_data(path)
            && !self.diagnostics.iter().any(|it| it.code == rules::TOO_MUCH_SOURCE.code)
        {
            let message = format!("more than {} MiB of source", MAX_TEXTS >> 20);
            self.whole(
                rules::TOO_MUCH_SOURCE,
                message,
                "name what does not belong to the flows in .prefectignore, or leave it out",
            );
        }
        None
    }

    fn expands_too_much(&mut self) {
        let message = format!("the files have more than {} bytes", self.most);
        if self.most < self.limits.expanded_bytes {
            let hint = "leave data out of the bundle, or raise SYNC_MAX_RATIO";
            self.whole(
                rules::RATIO_TOO_HIGH,
                format!("{message}, more than {} times the archive", self.limits.ratio),
                hint,
            );
        } else {
            let hint = "leave data out of the bundle, or raise SYNC_MAX_EXPANDED_BYTES";
            self.whole(rules::EXPANDS_TOO_MUCH, message, hint);
        }
    }

    fn unreadable(&mut self, error: &io::Error) {
        let message = format!("the archive cannot be read: {error}");
        self.whole(
            rules::UNREADABLE_ARCHIVE,
            message,
            "pack and upload it again as .zip, .tar.gz or .tgz",
        );
    }

    fn fault(&mut self, code: &'static Rule, path: String, message: String) {
        let hint = "leave it out, or put a plain file with a UTF-8 name there";
        self.diagnostics
            .push(Diagnostic::error(code, Position::start_of(path), message).hint(hint));
    }

    fn whole(&mut self, code: &'static Rule, message: String, hint: &str) {
        self.diagnostics
            .push(Diagnostic::error(code, Position::start_of(self.name), message).hint(hint));
    }
}
