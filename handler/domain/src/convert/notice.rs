//! That a bundle has code of Prefect 1: one finding for each file.

use std::collections::BTreeSet;

use super::file::first_sign;
use super::{is_python, old_files};
use crate::diagnostic::{Diagnostic, Position, rules};
use crate::names::SourceRoot;
use crate::python;
use crate::tree::Tree;
use crate::yaml::compose;

const HINT: &str = "`check --convert` shows what it has to be in Prefect 3, as a diff and a report";

/// Most bytes of Python of one bundle that are looked through.
const MAX_BYTES: usize = 16 * 1024 * 1024;

/// An error for each file of Prefect 1 that a deployment runs, or any when nothing is declared; else a warning.
pub(crate) fn noticed(tree: &Tree) -> Vec<Diagnostic> {
    let mut bytes = 0;
    let within = |it: &&str| {
        bytes += tree.bytes(it).map_or(0, <[u8]>::len);
        bytes <= MAX_BYTES
    };
    let all = old_files(tree).take_while(within);
    let old: Vec<Position> = all.filter_map(|it| first_sign(tree, it)).collect();
    if old.is_empty() {
        return Vec::new();
    }
    let run = run_files(tree);
    let one = |at: Position| {
        let message = "this file is written for Prefect 1";
        let counts = run.as_ref().is_none_or(|it| it.contains(&at.file));
        let found = if counts { Diagnostic::error } else { Diagnostic::warning };
        found(rules::PREFECT_1, at, message.to_owned()).hint(HINT)
    };
    old.into_iter().map(one).collect()
}

/// The files that entrypoints lead to, with what they import; `None` where nothing is declared.
fn run_files(tree: &Tree) -> Option<BTreeSet<String>> {
    let mut out: Option<BTreeSet<String>> = None;
    let mut files = python::Files::of(tree);
    let mut load = |path: &str| -> Vec<String> {
        let loaded = files.load(path, &SourceRoot::usual(), &mut Vec::new());
        loaded.iter().map(|it| it.path.clone()).collect()
    };
    for path in tree.paths().filter(|it| it.ends_with("deployment.py")) {
        out.get_or_insert_default().extend(load(path));
    }
    let declared = tree
        .paths()
        .filter(|it| matches!(it.rsplit('/').next(), Some("prefect.yaml" | "prefect.yml")));
    for path in declared {
        let all = out.get_or_insert_default();
        let Some(root) = tree.text(path).and_then(|it| compose(path, it).0) else { continue };
        let folder = path.rfind('/').and_then(|at| path.get(..=at)).unwrap_or_default();
        for it in root.get("deployments").map_or(&[][..], |it| it.items()) {
            let entrypoint = it.get("entrypoint").and_then(|it| it.as_str()).unwrap_or_default();
            let file = entrypoint.split(':').next().unwrap_or_default().trim_start_matches("./");
            let places = [file.to_owned(), format!("{folder}{file}")];
            let found = places.into_iter().find(|it| is_python(it) && tree.contains(it));
            if let Some(file) = found.filter(|it| !all.contains(it)) {
                all.extend(load(&file));
                all.insert(file);
            }
        }
    }
    out
}
