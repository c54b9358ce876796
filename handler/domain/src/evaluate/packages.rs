//! Which modules are installed where the author's file runs.

use std::collections::BTreeSet;

use super::machine::Machine;
use crate::python::packages::{is_installed, is_standard, normal, package};
use crate::tree::Tree;

/// Modules of packages that are read here, so that what they give is known.
const READ: [&str; 3] = ["dotenv", "tomli", "typer"];

/// Files that name the packages of a project, beside those whose name begins with `requirements`.
const LISTS: [&str; 9] = [
    "Dockerfile",
    "Pipfile",
    "conda.yaml",
    "environment.yaml",
    "environment.yml",
    "pyproject.toml",
    "setup.cfg",
    "setup.py",
    "uv.lock",
];

/// Whether the module `dotted` is surely installed: it comes with Python or Prefect, or a list of the bundle names it.
pub(super) fn is_certain(machine: &Machine<'_>, dotted: &str) -> bool {
    let first = dotted.split('.').next().unwrap_or(dotted);
    first.starts_with("prefect")
        || READ.contains(&first)
        || is_standard(first)
        || is_installed(first)
        || machine.sources.is_listed(&package(first))
}

/// The words of all lists of packages: names among them.
pub(crate) fn listed(tree: &Tree) -> BTreeSet<String> {
    let lists = tree.paths().filter(|it| {
        let name = it.rsplit('/').next().unwrap_or(it);
        name.starts_with("requirements") || LISTS.contains(&name)
    });
    let is_name = |it: char| it.is_ascii_alphanumeric() || "-_.".contains(it);
    let lines = lists.filter_map(|it| tree.text(it)).flat_map(str::lines);
    let lines = lines.filter(|it| !it.trim_start().starts_with('#'));
    lines.flat_map(|it| it.split(|it| !is_name(it))).map(normal).collect()
}
