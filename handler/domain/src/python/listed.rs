//! The files of a bundle that list packages, and what they name.

use std::collections::BTreeSet;

use super::packages::normal;
use crate::tree::Tree;

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

/// Whether the file `path` lists packages for another tool than pip.
pub(super) fn is_of_other_tool(path: &str) -> bool {
    LISTS.contains(&path.rsplit('/').next().unwrap_or(path))
}

/// The words of all lists of packages: names among them.
pub(crate) fn words(tree: &Tree) -> BTreeSet<String> {
    let is_list = |it: &&str| {
        let name = it.rsplit('/').next().unwrap_or(it);
        name.starts_with("requirements") || is_of_other_tool(it)
    };
    let lines = tree.paths().filter(is_list).filter_map(|it| tree.text(it)).flat_map(str::lines);
    let lines = lines.filter(|it| !it.trim_start().starts_with('#'));
    lines.flat_map(|it| it.split(|it| !is_of_name(it))).map(normal).collect()
}

/// The packages of a requirements.txt; `None` when it asks for more than can be told.
pub(super) fn requirements(tree: &Tree, path: &str) -> Option<BTreeSet<String>> {
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
    let end = line.find(|it| !is_of_name(it)).unwrap_or(line.len());
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

fn is_of_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "-_.".contains(letter)
}
