//! Which paths an archive may hold.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Position, Rule, rules};

/// The limits of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PathLimits {
    /// Most segments of a path, the file's name included.
    pub depth: usize,
    /// Most bytes of one segment.
    pub name_bytes: usize,
}

/// Most bytes of a whole path, so that it fits into a blob's name of 1024 characters behind bundle id and digest.
const MAX_PATH: usize = 800;

/// The paths of one archive, looked at one after the other.
#[derive(Debug)]
pub struct Paths {
    limits: PathLimits,
    /// By folded path.
    files: BTreeMap<String, String>,
    /// Folded folder to its spelling.
    folders: BTreeMap<String, String>,
    exact: BTreeSet<String>,
}

impl Paths {
    /// No path yet.
    pub fn new(limits: PathLimits) -> Self {
        let (files, folders, exact) = Default::default();
        Self { limits, files, folders, exact }
    }

    /// Looks at the file `path`.
    ///
    /// # Errors
    /// Every rule that it breaks.
    pub fn add(&mut self, path: &str) -> Result<(), Vec<Diagnostic>> {
        let mut found = faults(path, self.limits);
        if found.is_empty() {
            found.extend(self.duplicate(path));
        }
        if found.is_empty() {
            self.remember(path);
            return Ok(());
        }
        Err(found)
    }

    fn duplicate(&self, path: &str) -> Option<Diagnostic> {
        let folded = path.to_lowercase();
        let at = Position::start_of(path);
        if self.exact.contains(path) {
            let found =
                Diagnostic::error(rules::DUPLICATE_PATH, at, "the archive holds this path twice");
            return Some(found.hint("pack the folder again into a new archive"));
        }
        let twin = self.files.get(&folded).or_else(|| self.folders.get(&folded)).or_else(|| {
            folders(path).find_map(|folder| {
                let folded = folder.to_lowercase();
                let other_case = self.folders.get(&folded).filter(|it| *it != folder);
                other_case.or_else(|| self.files.get(&folded))
            })
        })?;
        let message =
            format!("`{path}` and `{twin}` are one path where upper and lower case are the same");
        Some(Diagnostic::error(rules::CASE_DUPLICATE_PATH, at, message).hint("rename one of them"))
    }

    fn remember(&mut self, path: &str) {
        for folder in folders(path) {
            self.folders.entry(folder.to_lowercase()).or_insert_with(|| folder.to_owned());
        }
        self.files.insert(path.to_lowercase(), path.to_owned());
        self.exact.insert(path.to_owned());
    }
}

/// Every folder above `path`, outermost first.
fn folders(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').filter_map(move |(at, _)| path.get(..at))
}

fn faults(path: &str, limits: PathLimits) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut fault = |code: &'static Rule, message: String, hint: &str| {
        let at = Position::start_of(printable(path));
        found.push(Diagnostic::error(code, at, message).hint(hint));
    };
    let relative = "pack the folder with relative paths that stay inside it";
    if path.starts_with('/') || has_drive(path) {
        fault(rules::ABSOLUTE_PATH, "the path is absolute".into(), relative);
    }
    if path.contains('\\') {
        fault(
            rules::BACKSLASH_IN_PATH,
            "the path holds a backslash".into(),
            "separate folders with `/`",
        );
    }
    if path.chars().any(is_forbidden) {
        fault(
            rules::CONTROL_CHARACTER_IN_PATH,
            "the path holds a control character".into(),
            "rename the file",
        );
    }
    let segments: Vec<&str> = path.strip_prefix('/').unwrap_or(path).split('/').collect();
    if segments.iter().any(|it| matches!(*it, "." | "..")) {
        fault(rules::PATH_OUTSIDE_BUNDLE, "the path holds a segment `.` or `..`".into(), relative);
    }
    if segments.iter().any(|it| it.is_empty()) {
        fault(rules::EMPTY_PATH_SEGMENT, "the path holds an empty segment".into(), relative);
    }
    if segments.len() > limits.depth {
        let message =
            format!("the path has {} segments, at most {} may be", segments.len(), limits.depth);
        fault(rules::PATH_TOO_DEEP, message, "nest folders less, or raise SYNC_MAX_DEPTH");
    }
    if let Some(long) =
        segments.iter().map(|it| it.len()).max().filter(|it| *it > limits.name_bytes)
    {
        let message = format!("a name has {long} bytes, at most {} may be", limits.name_bytes);
        fault(rules::NAME_TOO_LONG, message, "use a shorter name, or raise SYNC_MAX_NAME_BYTES");
    }
    if path.len() > MAX_PATH {
        let message = format!("the path has {} bytes, at most {MAX_PATH} may be", path.len());
        fault(rules::PATH_TOO_LONG, message, "use shorter names");
    }
    found
}

fn has_drive(path: &str) -> bool {
    matches!(path.as_bytes(), [drive, b':', ..] if drive.is_ascii_alphabetic())
}

/// Control characters and the non-characters that Blob Storage cannot list.
fn is_forbidden(it: char) -> bool {
    it.is_control() || matches!(it, '\u{fffe}' | '\u{ffff}')
}

/// `path` as it may be shown: no control characters, and not endless.
fn printable(path: &str) -> String {
    path.chars().take(300).map(|it| if is_forbidden(it) { '\u{fffd}' } else { it }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn check(paths: &[&str], want: Expect) {
        let mut all = Paths::new(PathLimits { depth: 4, name_bytes: 8 });
        let line = |path: &&str| match all.add(path) {
            Ok(()) => format!("{path:?}: ok"),
            Err(found) => {
                let codes: Vec<_> = found.iter().map(|it| it.code).collect();
                format!("{path:?}: {}", codes.join(", "))
            }
        };
        want.assert_eq(&paths.iter().map(line).collect::<Vec<_>>().join("\n"));
    }

    #[test]
    fn hostile_paths_are_refused() {
        check(
            &[
                "ok/a.py",
                "/etc",
                "../x",
                "a/../b",
                "./a",
                "a//b",
                "C:/x",
                "c:x",
                r"a\b",
                "a\0b",
                "a\nb",
                "",
                "a/b/c/d",
                "a/b/c/d/e",
                "12345678",
                "123456789",
                r"\\srv\x",
                "ü/日本",
                "..a",
                "a/",
            ],
            expect![[r#"
                "ok/a.py": ok
                "/etc": absolute-path
                "../x": path-outside-bundle
                "a/../b": path-outside-bundle
                "./a": path-outside-bundle
                "a//b": empty-path-segment
                "C:/x": absolute-path
                "c:x": absolute-path
                "a\\b": backslash-in-path
                "a\0b": control-character-in-path
                "a\nb": control-character-in-path
                "": empty-path-segment
                "a/b/c/d": ok
                "a/b/c/d/e": path-too-deep
                "12345678": ok
                "123456789": name-too-long
                "\\\\srv\\x": backslash-in-path
                "ü/日本": ok
                "..a": ok
                "a/": empty-path-segment"#]],
        );
    }

    #[test]
    fn two_spellings_of_a_path_are_refused() {
        check(
            &["a.py", "A.py", "a.py", "lib/x", "Lib/y", "lib", "lib/x/z", "A.PY/q"],
            expect![[r#"
                "a.py": ok
                "A.py": case-duplicate-path
                "a.py": duplicate-path
                "lib/x": ok
                "Lib/y": case-duplicate-path
                "lib": case-duplicate-path
                "lib/x/z": case-duplicate-path
                "A.PY/q": case-duplicate-path"#]],
        );
    }
}
