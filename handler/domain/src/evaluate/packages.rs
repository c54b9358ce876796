//! Which modules are installed where the author's file runs.

use super::machine::Machine;
use crate::python::packages::{is_installed, is_standard, normal, package};

/// Whether the module `dotted` is surely installed: it comes with Python or Prefect, or the bundle's requirements name it.
pub(super) fn is_certain(machine: &Machine<'_>, dotted: &str) -> bool {
    let first = dotted.split('.').next().unwrap_or(dotted);
    first.starts_with("prefect")
        || is_standard(first)
        || is_installed(first)
        || is_required(machine, &package(first))
}

fn is_required(machine: &Machine<'_>, package: &str) -> bool {
    let tree = machine.sources.tree();
    let files = tree
        .paths()
        .filter(|it| it.rsplit('/').next().is_some_and(|it| it.starts_with("requirements")));
    let is_name = |it: &char| it.is_ascii_alphanumeric() || "-_.".contains(*it);
    let mut lines = files.filter_map(|it| tree.text(it)).flat_map(str::lines);
    lines.any(|it| normal(&it.trim().chars().take_while(is_name).collect::<String>()) == package)
}
