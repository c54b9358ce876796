//! Packages that a flow imports and that nothing of the bundle asks for.

use std::collections::{BTreeMap, BTreeSet};

use super::{Case, imports};
use crate::diagnostic::{Diagnostic, Position, rules};
use crate::python::packages::{normal, package};
use crate::python::{installed, listed};
use crate::tree::Tree;

pub(super) fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let used = used(case);
    // with a list of another tool nothing is said
    if used.is_empty() || case.tree.paths().any(listed::is_of_other_tool) {
        return;
    }
    let places = BTreeSet::from([case.folder(), case.worker.start, ""]);
    let lists: Vec<String> = places.iter().map(|it| format!("{it}requirements.txt")).collect();
    let lists: Vec<&String> = lists.iter().filter(|it| case.tree.contains(it)).collect();
    let asked: Option<Vec<BTreeSet<String>>> =
        lists.iter().map(|it| listed::requirements(case.tree, it)).collect();
    // one that names an address or another file may ask for anything
    let Some(asked) = asked else { return };
    let asked: BTreeSet<String> = asked.into_iter().flatten().collect();
    let missing = used.iter().filter(|(module, _)| !covers(&asked, module));
    let missing: Vec<(&String, &Position)> = missing.collect();
    let Some((_, at)) = missing.first() else { return };
    let names: Vec<String> = missing.iter().map(|(it, _)| format!("`{}`", package(it))).collect();
    let names = names.join(", ");
    let is_listed = case.tree.paths().any(|it| it.ends_with("requirements.txt"));
    found.push(match lists.first() {
        Some(list) => {
            let message = format!("`{list}` does not ask for {names}, which this flow imports");
            Diagnostic::info(rules::REQUIREMENTS_INCOMPLETE, (*at).clone(), message)
                .hint("add it, unless the image of the worker has it")
        }
        None if is_listed => return,
        None => {
            let message = format!("no requirements.txt asks for {names}, which this flow imports");
            Diagnostic::info(rules::REQUIREMENTS_MISSING, (*at).clone(), message)
                .hint("put one beside the flow, unless the image of the worker has it")
        }
    });
}

/// Modules from outside the bundle, and where each is imported first.
fn used(case: &Case<'_>) -> BTreeMap<String, Position> {
    let mut out = BTreeMap::new();
    for file in case.files {
        for it in imports(&file.body).iter().filter(|it| it.level == 0) {
            let first = it.first();
            let is_known = installed::has(&it.target, case.dialect) || case.own.contains(first);
            if !is_known && !out.contains_key(first) {
                out.insert(first.to_owned(), file.at(&it.range));
            }
        }
    }
    out
}

/// Whether a requirements.txt of the bundle may ask for the package of `module`.
pub(super) fn mention(tree: &Tree, module: &str) -> bool {
    let files = tree.paths().filter(|it| it.ends_with("requirements.txt"));
    files.map(|it| listed::requirements(tree, it)).any(|it| it.is_none_or(|it| covers(&it, module)))
}

/// Leniently: `google.cloud.storage` comes from `google-cloud-storage`, `kafka` from `kafka-python`, `prefect_aws` from
/// `prefect[aws]`.
fn covers(asked: &BTreeSet<String>, module: &str) -> bool {
    let (named, plain) = (package(module), normal(module));
    let fits = |it: &String| *it == named || it.contains(&plain);
    asked.iter().any(fits)
}
