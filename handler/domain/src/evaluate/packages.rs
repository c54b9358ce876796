//! Which modules are installed where the author's file runs.

use super::machine::Machine;
use crate::dotted;
use crate::python::installed;
use crate::python::packages::package;

/// Modules of packages that are read here, so that what they give is known.
const CERTAIN: [&str; 3] = ["dotenv", "tomli", "typer"];

/// Packages whose functions and classes are read here.
const READ: [&str; 22] = [
    "anyio",
    "click",
    "dateutil",
    "dotenv",
    "importlib_metadata",
    "orjson",
    "packaging",
    "pendulum",
    "pkg_resources",
    "pydantic",
    "pydantic_settings",
    "pytz",
    "rich",
    "setuptools",
    "toml",
    "tomli",
    "tqdm",
    "typer",
    "typing_extensions",
    "werkzeug",
    "yaml",
    "ruamel",
];

/// Whether the functions and classes of the package `first` are read here.
pub(super) fn is_read(first: &str) -> bool {
    installed::is_standard(first) || READ.contains(&first)
}

/// Whether the module `dotted` is surely installed: it comes with Python or Prefect, or a list of the bundle names it.
pub(super) fn is_certain(machine: &Machine<'_>, dotted: &str) -> bool {
    let first = dotted::first(dotted);
    first.starts_with("prefect")
        || CERTAIN.contains(&first)
        || installed::has(dotted, machine.settings.dialect)
        || machine.sources.is_listed(&package(first))
}
