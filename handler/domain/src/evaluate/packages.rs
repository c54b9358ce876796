//! Which modules are installed where the author's file runs.

use super::machine::Machine;
use crate::dotted;
use crate::python::installed;
use crate::python::packages::package;

/// Modules of packages that are read here, so that what they give is known.
const READ: [&str; 2] = ["dotenv", "tomli"];

/// Whether the module `dotted` is surely installed: it comes with Python or Prefect, or a list of the bundle names it.
pub(super) fn is_certain(machine: &Machine<'_>, dotted: &str) -> bool {
    let first = dotted::first(dotted);
    first.starts_with("prefect")
        || READ.contains(&first)
        || installed::has(dotted, machine.settings.dialect)
        || machine.sources.is_listed(&package(first))
}
