//! The Python files of the bundle, parsed when they are first needed.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Position};
use crate::python::listed;
use crate::python::parse::{self, File};
use crate::tree::Tree;

use super::unknown::Spot;

/// Which file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FileId(usize);

impl FileId {
    /// No file.
    pub(super) const NONE: Self = Self(usize::MAX);
}

/// A file, or what is wrong with it.
type Parsed<'a> = (Option<File<'a>>, Vec<Diagnostic>);

/// The Python files.
#[derive(Debug)]
pub(super) struct Sources<'a> {
    tree: &'a Tree,
    files: Vec<(&'a str, OnceCell<Parsed<'a>>)>,
    /// The words of the lists of packages, as an index normalises names.
    packages: OnceCell<BTreeSet<String>>,
}

impl<'a> Sources<'a> {
    /// None parsed yet.
    #[expect(clippy::case_sensitive_file_extension_comparisons, reason = "names of Python's own")]
    pub(super) fn new(tree: &'a Tree) -> Self {
        let files = tree.paths().filter(|it| it.ends_with(".py"));
        let files = files.map(|it| (it, OnceCell::new())).collect();
        Self { tree, files, packages: OnceCell::new() }
    }

    /// All files.
    pub(super) fn tree(&self) -> &'a Tree {
        self.tree
    }

    /// Whether a list of the bundle names the package.
    pub(super) fn is_listed(&self, package: &str) -> bool {
        self.packages.get_or_init(|| listed::words(self.tree)).contains(package)
    }

    /// The file at `path`.
    pub(super) fn find(&self, path: &str) -> Option<FileId> {
        self.files.binary_search_by(|(it, _)| (*it).cmp(path)).ok().map(FileId)
    }

    pub(super) fn path(&self, id: FileId) -> &'a str {
        self.files.get(id.0).map_or("", |(path, _)| path)
    }

    /// The parsed file; `None` when it is no Python.
    pub(super) fn file(&self, id: FileId) -> Option<&File<'a>> {
        self.parsed(id)?.0.as_ref()
    }

    /// What is wrong with the file.
    pub(super) fn faults(&self, id: FileId) -> &[Diagnostic] {
        self.parsed(id).map_or(&[], |it| &it.1)
    }

    fn parsed(&self, id: FileId) -> Option<&Parsed<'a>> {
        let (path, cell) = self.files.get(id.0)?;
        Some(cell.get_or_init(|| {
            let mut found = Vec::new();
            (parse::read(self.tree, path, &mut found), found)
        }))
    }

    /// Line and column of a place.
    pub(super) fn position(&self, at: Spot) -> Position {
        let start = || Position::start_of(self.path(at.file));
        self.file(at.file).map_or_else(start, |it| it.position(at.offset))
    }
}
