//! The files of a bundle that are parsed for its flows.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::checks;
use super::names::Names;
use super::parse::{self, File};
use super::search::{Places, Search, locate};
use crate::diagnostic::Diagnostic;
use crate::names::SourceRoot;
use crate::tree::Tree;

/// Most files that are read for one flow, and most imports that are looked up for it: every flow's file begins anew.
const MAX_FILES: usize = 1000;
const MAX_LOOKUPS: usize = 20_000;

/// Most bytes of them.
const MAX_BYTES: usize = 4 * 1024 * 1024;

/// Most packages in packages.
const MAX_PARTS: usize = 20;

/// The files of a bundle that were parsed, each once.
#[derive(Debug)]
pub(crate) struct Files<'a> {
    tree: &'a Tree,
    /// What the bundle's files and folders are called.
    own: Rc<BTreeSet<String>>,
    known: BTreeMap<String, Option<ParsedFile<'a>>>,
}

/// A file and what it imports, as written.
#[derive(Debug, Clone)]
struct ParsedFile<'a> {
    file: Rc<File<'a>>,
    imports: Rc<BTreeSet<String>>,
}

impl<'a> Files<'a> {
    /// Those of `tree`, none parsed yet.
    pub(crate) fn of(tree: &'a Tree) -> Self {
        Self { tree, own: Rc::new(checks::names(tree)), known: BTreeMap::new() }
    }

    /// What the files and folders are called, without `.py`.
    pub(super) fn names(&self) -> Rc<BTreeSet<String>> {
        Rc::clone(&self.own)
    }

    /// The file `path` and those it imports, itself first; empty, with the reason among `found`, when it cannot be read.
    ///
    /// Imported files that cannot be read are left out: their names are not known then.
    pub(crate) fn load(
        &mut self,
        path: &str,
        roots: &[SourceRoot],
        found: &mut Vec<Diagnostic>,
    ) -> Vec<Rc<File<'a>>> {
        let own = self.names();
        let places = Places { roots, own: &own };
        let mut files: Vec<ParsedFile<'a>> = self.read(path, found).into_iter().collect();
        let mut seen = BTreeSet::from([path.to_owned()]);
        let (mut next, mut bytes, mut lookups) = (0, 0, 0);
        while let Some(ParsedFile { file, imports }) = files.get(next).cloned() {
            next += 1;
            bytes += file.bytes.len();
            lookups += imports.len();
            if lookups > MAX_LOOKUPS {
                break;
            }
            for path in imported(&file, &imports, (path, places), self.tree) {
                if files.len() < MAX_FILES && bytes < MAX_BYTES && seen.insert(path.clone()) {
                    files.extend(self.read(&path, &mut Vec::new()));
                }
            }
        }
        files.into_iter().map(|it| it.file).collect()
    }

    /// Forgets the file `path`: a tree takes many times the memory of its text.
    pub(super) fn forget(&mut self, path: &str) {
        self.known.remove(path);
    }

    fn read(&mut self, path: &str, found: &mut Vec<Diagnostic>) -> Option<ParsedFile<'a>> {
        if let Some(Some(known)) = self.known.get(path) {
            return Some(known.clone());
        }
        let file = parse::read(self.tree, path, found).map(Rc::new);
        let known = file.map(|file| {
            let imports = Names::of(&file.body).imports().map(str::to_owned).collect();
            ParsedFile { file, imports: Rc::new(imports) }
        });
        self.known.insert(path.to_owned(), known.clone());
        known
    }
}

/// The files that the imports of `file` name, packages on the way included.
fn imported(
    file: &File<'_>,
    imports: &BTreeSet<String>,
    (first, places): (&str, Places<'_>),
    tree: &Tree,
) -> Vec<String> {
    let mut out = Vec::new();
    for target in imports {
        let parts = target.trim_start_matches('.').split('.').count().min(MAX_PARTS);
        for count in 0..=parts {
            let there = |it: &str| tree.contains(it).then(|| it.to_owned());
            let within = (places, Search::Any);
            out.extend(locate((first, &file.path), within, (target, count), there));
        }
    }
    out
}
