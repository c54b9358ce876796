//! The files of a bundle as decisions see them: every path, and the text of those that are read.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound::{Included, Unbounded};

/// A file of the bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Bytes.
    pub size: u64,
    /// SHA-256 of the content, 64 hex digits.
    pub sha256: String,
    /// Unix `x` bit of the owner; false when unknown (zip made on Windows).
    pub executable: bool,
    /// Seconds since 1970; `None` when the archive does not say.
    pub modified: Option<i64>,
}

/// The files of a bundle by path: `/`-separated, relative, no `.` or `..`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    entries: BTreeMap<String, Entry>,
    bytes: BTreeMap<String, Vec<u8>>,
    ignored: BTreeSet<String>,
    part: bool,
}

/// Largest file whose text is kept; a larger Python or YAML file is a diagnostic. Source: static-analysis budget.
pub const MAX_TEXT: u64 = 256 * 1024;

/// Folders that never hold a project's own files.
const SKIPPED: [&str; 6] =
    [".venv", "venv", "site-packages", "node_modules", "__pycache__", ".git"];

impl Tree {
    /// Whether decisions need the content of `path`: Python, YAML, TOML, JSON, text and ignore files.
    pub fn wants_text(path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path);
        let extension = name.rsplit_once('.').map_or("", |(_, it)| it).to_lowercase();
        name == ".prefectignore"
            || name == ".env"
            || matches!(
                extension.as_str(),
                "" | "py"
                    | "yaml"
                    | "yml"
                    | "toml"
                    | "json"
                    | "txt"
                    | "md"
                    | "cfg"
                    | "ini"
                    | "csv"
                    | "env"
                    | "sql"
                    | "j2"
            )
    }

    /// Adds a file, with its content when it is kept.
    pub fn insert(&mut self, path: impl Into<String>, entry: Entry, bytes: Option<Vec<u8>>) {
        let path = path.into();
        if let Some(bytes) = bytes {
            self.bytes.insert(path.clone(), bytes);
        }
        self.entries.insert(path, entry);
    }

    /// Removes a file.
    pub fn remove(&mut self, path: &str) {
        self.entries.remove(path);
        self.bytes.remove(path);
    }

    /// Removes a file that does not count, and remembers its path: it is what an import may miss.
    pub fn ignore(&mut self, path: String) {
        self.remove(&path);
        self.ignored.insert(path);
    }

    /// Notes that only a part of the project's declarations is here.
    pub(crate) fn set_part(&mut self) {
        self.part = true;
    }

    /// Whether only a part of the project's declarations is here.
    pub(crate) fn is_part(&self) -> bool {
        self.part
    }

    /// The paths of the files that do not count.
    pub fn ignored(&self) -> impl Iterator<Item = &str> {
        self.ignored.iter().map(String::as_str)
    }

    /// Whether there is a file `path` that does not count.
    pub fn is_ignored(&self, path: &str) -> bool {
        self.ignored.contains(path)
    }

    /// Whether the file exists.
    pub fn contains(&self, path: &str) -> bool {
        self.entries.contains_key(path)
    }

    /// Whether a file lies below `folder`, which ends with a slash.
    pub fn has_folder(&self, folder: &str) -> bool {
        let mut from = self.entries.range::<str, _>((Included(folder), Unbounded));
        from.next().is_some_and(|(path, _)| path.starts_with(folder))
    }

    /// All files, sorted by path.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.entries.iter().map(|(path, entry)| (path.as_str(), entry))
    }

    /// All paths, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }

    /// The paths of the project's own files, sorted: none of virtual environments, caches and `.git`.
    pub fn own_paths(&self) -> impl Iterator<Item = &str> {
        self.paths().filter(|it| !it.split('/').any(|it| SKIPPED.contains(&it)))
    }

    /// The kept content of a file.
    pub fn bytes(&self, path: &str) -> Option<&[u8]> {
        self.bytes.get(path).map(Vec::as_slice)
    }

    /// The kept content as text, without a byte order mark; `None` when absent or not UTF-8.
    pub fn text(&self, path: &str) -> Option<&str> {
        let text = std::str::from_utf8(self.bytes(path)?).ok()?;
        Some(text.strip_prefix('\u{feff}').unwrap_or(text))
    }

    /// Why a file has no text.
    pub(crate) fn why_unread(&self, path: &str) -> String {
        match (self.entries.get(path), self.bytes(path)) {
            (None, _) => "the bundle has no such file".to_owned(),
            (Some(_), Some(_)) => "this file is not UTF-8".to_owned(),
            (Some(it), None) if it.size > MAX_TEXT => {
                format!("this file is larger than {} KiB", MAX_TEXT / 1024)
            }
            (Some(_), None) => "this file is not read: the bundle has too much source".to_owned(),
        }
    }

    /// The newest modification time of any file, seconds since 1970.
    pub fn newest(&self) -> Option<i64> {
        self.entries.values().filter_map(|it| it.modified).max()
    }

    /// A tree of texts, for tests: sizes and digests are those of the texts.
    pub fn of_texts<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut tree = Self::default();
        for (path, text) in files {
            let sha256 = crate::bundle::sha256_hex(text.as_bytes());
            let size = text.len() as u64;
            let entry = Entry { size, sha256, executable: false, modified: None };
            tree.insert(path, entry, Some(text.as_bytes().to_vec()));
        }
        tree
    }
}
