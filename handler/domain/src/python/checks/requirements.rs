//! Packages that a flow imports and that nothing of the bundle asks for.

use std::collections::{BTreeMap, BTreeSet};

use super::packages::{is_installed, is_standard, normal, package};
use super::{Case, imports};
use crate::diagnostic::{Diagnostic, Position, rules};
use crate::tree::Tree;

/// Files of other tools that list packages: with one of them nothing is said.
const OTHERS: [&str; 9] = [
    "pyproject.toml",
    "setup.py",
    "setup.cfg",
    "Pipfile",
    "environment.yml",
    "environment.yaml",
    "conda.yaml",
    "Dockerfile",
    "uv.lock",
];

pub(super) fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let used = used(case);
    let named =
        |path: &str, names: &[&str]| names.contains(&path.rsplit('/').next().unwrap_or(path));
    if used.is_empty() || case.tree.paths().any(|it| named(it, &OTHERS)) {
        return;
    }
    let places = BTreeSet::from([case.folder(), case.worker.start, ""]);
    let lists: Vec<String> = places.iter().map(|it| format!("{it}requirements.txt")).collect();
    let lists: Vec<&String> = lists.iter().filter(|it| case.tree.contains(it)).collect();
    let asked: Option<Vec<BTreeSet<String>>> =
        lists.iter().map(|it| listed(case.tree, it)).collect();
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
            let is_known = is_standard(first) || is_installed(first) || case.own.contains(first);
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
    files.map(|it| listed(tree, it)).any(|it| it.is_none_or(|it| covers(&it, module)))
}

/// Leniently: `google.cloud.storage` comes from `google-cloud-storage`, `kafka` from `kafka-python`, `prefect_aws` from
/// `prefect[aws]`.
fn covers(asked: &BTreeSet<String>, module: &str) -> bool {
    let (named, plain) = (package(module), normal(module));
    let fits =
        |it: &String| *it == named || it.split('-').any(|it| it == plain) || it.contains(&plain);
    asked.iter().any(fits)
}

/// The packages of a requirements.txt; `None` when it asks for more than can be told.
fn listed(tree: &Tree, path: &str) -> Option<BTreeSet<String>> {
    let mut out = BTreeSet::new();
    for line in tree.text(path)?.lines() {
        let line = line.split(" #").next().unwrap_or_default().trim();
        if line.is_empty() || line.starts_with('#') || line.starts_with("--hash") {
            continue;
        }
        let is_option =
            line.starts_with("--") || line.starts_with("-i ") || line.starts_with("-f ");
        if !is_option || line.starts_with("--requirement") || line.starts_with("--editable") {
            out.extend(requirement(line)?);
        }
    }
    Some(out)
}

/// The package of one line, and those that its extras of Prefect bring.
fn requirement(line: &str) -> Option<Vec<String>> {
    let is_name = |it: char| it.is_ascii_alphanumeric() || "-_.".contains(it);
    let end = line.find(|it| !is_name(it)).unwrap_or(line.len());
    let (name, rest) = line.split_at_checked(end)?;
    let rest = rest.trim_start();
    let sound = name.starts_with(|it: char| it.is_ascii_alphanumeric());
    if !sound
        || !(rest.is_empty()
            || rest.starts_with(['=', '<', '>', '~', '!', '[', ';', '@', ',', '(', '\\']))
    {
        return None;
    }
    let extras = rest.strip_prefix('[').and_then(|it| it.split_once(']')).map_or("", |it| it.0);
    let extras = extras.split(',').map(str::trim).filter(|it| !it.is_empty());
    let name = normal(name);
    Some(extras.map(|it| format!("{name}-{}", normal(it))).chain([name.clone()]).collect())
}
