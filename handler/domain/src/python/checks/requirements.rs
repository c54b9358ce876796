//! Packages that a flow imports and that nothing of the bundle asks for.

use std::collections::{BTreeMap, BTreeSet};

use super::{Case, Packages, imports};
use crate::diagnostic::{Diagnostic, Position, rules};
use crate::python::packages::{normal, package};
use crate::python::{installed, listed};
use crate::tree::Tree;

pub(super) fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let used = used(case);
    // with a list of another tool where it may be meant, nothing is said
    if used.is_empty() || is_listed_otherwise(case) {
        return;
    }
    let (near, far) = lists(case);
    let asked: Option<Vec<BTreeSet<String>>> =
        near.iter().map(|it| listed::requirements(case.tree, it)).collect();
    // one that names an address or another file may ask for anything
    let Some(asked) = asked else { return };
    let asked: BTreeSet<String> = asked.into_iter().flatten().collect();
    let asks = |list: &str, module: &str| {
        listed::requirements(case.tree, list).is_none_or(|it| covers(&it, module))
    };
    let lenient = case.worker.packages == Packages::Bundle && near.is_empty();
    let missing: Vec<(&String, &Position)> = used
        .iter()
        .filter(|(module, _)| !covers(&asked, module))
        .filter(|(module, _)| !lenient || !far.iter().any(|it| asks(it, module)))
        .collect();
    let Some((_, at)) = missing.first() else { return };
    let names: Vec<String> = missing.iter().map(|(it, _)| format!("`{}`", package(it))).collect();
    let names = names.join(", ");
    let (code, message, advice) = match near.first() {
        Some(list) => (
            rules::REQUIREMENTS_INCOMPLETE,
            format!("`{list}` does not ask for {names}, which this flow imports"),
            "add it",
        ),
        None => (
            rules::REQUIREMENTS_MISSING,
            format!("no requirements.txt asks for {names}, which this flow imports"),
            "put one beside the flow",
        ),
    };
    let made_with = far.iter().find(|list| missing.iter().all(|(it, _)| asks(list, it)));
    let unless = match made_with {
        Some(list) => format!("unless the image of the worker is made with `{list}`"),
        None => "unless the image of the worker has it".to_owned(),
    };
    let info = Diagnostic::info(code, (*at).clone(), message);
    found.push(info.hint(format!("{advice}, {unless}")));
}

/// Whether another tool's list may ask for the packages.
fn is_listed_otherwise(case: &Case<'_>) -> bool {
    let places = places(case);
    let counts = |path: &str| {
        let folder = path.rfind('/').and_then(|at| path.get(..=at)).unwrap_or_default();
        let near = case.worker.packages == Packages::Bundle || places.contains(&folder);
        near && listed::is_of_other_tool(path)
    };
    case.tree.paths().any(counts)
}

/// The requirements.txt that a worker, or who runs the deployment file, installs, the nearest first; and all others.
fn lists<'a>(case: &Case<'a>) -> (Vec<&'a str>, Vec<&'a str>) {
    let is_list = |it: &&str| it.rsplit('/').next() == Some("requirements.txt");
    let places = places(case);
    let place = |path: &str| {
        let folder = path.strip_suffix("requirements.txt");
        places.iter().position(|it| Some(*it) == folder)
    };
    let (mut near, far): (Vec<&str>, Vec<&str>) =
        case.tree.paths().filter(is_list).partition(|it| place(it).is_some());
    near.sort_by_key(|it| place(it));
    (near, far)
}

/// The folders of the flow and of the worker, and those that they lie in.
fn places<'a>(case: &Case<'a>) -> Vec<&'a str> {
    let above = |folder: &'a str| {
        let ends = folder.match_indices('/').map(|(at, _)| at + 1).rev();
        ends.filter_map(|end| folder.get(..end))
    };
    above(case.folder()).chain(above(case.worker.start)).chain([""]).collect()
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
