//! Which modules are installed where the author's file runs.

use super::machine::Machine;
use crate::dotted;
use crate::python::installed;
use crate::python::packages::package;

/// Modules of packages that are read here, so that what they give is known.
const CERTAIN: [&str; 3] = ["dotenv", "tomli", "typer"];

/// Packages whose functions and classes are read here.
const READ: [&str; 24] = [
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
    "regex",
    "rich",
    "setuptools",
    "simplejson",
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

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::*;

    /// What stands before a dot there and is no package: classes, and modules whose package was looked at before.
    const NO_PACKAGES: [&str; 4] = ["chain", "date", "relativedelta", "rrule"];

    fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { sources(&path, out) } else { out.push(path) }
        }
    }

    /// The texts of the code that look like `module.name` or `module.`.
    fn dotted_texts(code: &str) -> impl Iterator<Item = &str> {
        let code = code.split("#[cfg(test)]").next().unwrap_or_default();
        let lines = code.lines().filter(|it| !it.trim_start().starts_with("//"));
        let texts = lines.flat_map(|it| it.split('"').skip(1).step_by(2));
        texts.filter(|it| {
            let mut parts = it.split('.');
            let is_name = |it: &str| {
                it.starts_with(|it: char| it.is_ascii_lowercase())
                    && it.chars().all(|it| it.is_ascii_alphanumeric() || it == '_')
            };
            parts.next().is_some_and(is_name) && it.contains('.') && !it.contains([' ', '{', '/'])
        })
    }

    #[test]
    fn what_is_installed_is_of_a_package_that_is_listed_as_read() {
        let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/evaluate");
        let mut files = Vec::new();
        for folder in ["installed", "moment"] {
            sources(&own.join(folder), &mut files);
        }
        let is_file =
            |it: &str| it.rsplit('.').next().is_some_and(|it| ["py", "toml"].contains(&it));
        for path in files {
            let code = std::fs::read_to_string(&path).unwrap();
            for text in dotted_texts(&code).filter(|it| !is_file(it)) {
                let first = dotted::first(text);
                let known =
                    ["builtins", "prefect"].contains(&first) || NO_PACKAGES.contains(&first);
                assert!(known || is_read(first), "{}: `{text}` is not in READ", path.display());
            }
        }
    }
}
