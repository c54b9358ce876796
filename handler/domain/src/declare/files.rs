//! Which files of a bundle declare deployments.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Position};
use crate::tree::Tree;
use crate::yaml::compose;

/// Folders that never hold a project's own files.
pub(crate) const SKIPPED: [&str; 6] =
    [".venv", "venv", "site-packages", "node_modules", "__pycache__", ".git"];

/// The declaration files of a bundle.
#[derive(Debug, Default)]
pub(super) struct Files<'a> {
    /// Every `prefect.yaml`.
    pub(super) yaml: Vec<&'a str>,
    /// Kinds that are not read yet: an error each, never skipped in silence.
    pub(super) unsupported: Vec<Diagnostic>,
}

/// The declaration files of `tree`, sorted by path.
pub(super) fn find(tree: &Tree) -> Files<'_> {
    let mut files = Files::default();
    files.unsupported.extend(folders(tree));
    for path in tree.paths().filter(|it| !it.split('/').any(|it| SKIPPED.contains(&it))) {
        let name = path.rsplit('/').next().unwrap_or(path);
        if matches!(name, "prefect.yaml" | "prefect.yml") {
            files.yaml.push(path);
        } else if name.ends_with("deployment.py") {
            files.unsupported.push(unsupported(path, "Python deployment files are not read yet"));
        } else if is_build_output(tree, path, name) {
            files
                .unsupported
                .push(unsupported(path, "files of `prefect deployment build` are not read yet"));
        }
    }
    files
}

/// Folders that have the name of a declaration file.
fn folders(tree: &Tree) -> Vec<Diagnostic> {
    let own = tree.paths().filter(|it| !it.split('/').any(|it| SKIPPED.contains(&it)));
    let folder = |path: &str| {
        let mut at = 0;
        path.split_inclusive('/').find_map(|part| {
            at += part.len();
            let named = matches!(part, "prefect.yaml/" | "prefect.yml/");
            named.then(|| path.get(..at - 1).unwrap_or_default().to_owned())
        })
    };
    let names: BTreeSet<String> = own.filter_map(folder).collect();
    let one = |it: &String| {
        let message = format!("`{it}` is a folder, and must be a file");
        Diagnostic::error("declaration-folder", Position::start_of(it.as_str()), message)
            .hint("give the folder another name")
    };
    names.iter().map(one).collect()
}

fn unsupported(path: &str, message: &str) -> Diagnostic {
    let hint = "declare its deployments in a prefect.yaml and remove the file";
    Diagnostic::error("unsupported-declaration", Position::start_of(path), message).hint(hint)
}

/// Written by `prefect deployment build` of 2.0-2.9: has `flow_name` and `entrypoint`. A Kubernetes manifest has `kind`.
fn is_build_output(tree: &Tree, path: &str, name: &str) -> bool {
    let named = matches!(name, "deployment.yaml" | "deployment.yml")
        || name.ends_with("-deployment.yaml")
        || name.ends_with("-deployment.yml");
    if !named {
        return false;
    }
    // one that cannot be read is not taken for something harmless
    let Some(text) = tree.text(path) else { return true };
    let root = compose(path, text).0;
    root.is_some_and(|it| it.get("flow_name").is_some() && it.get("entrypoint").is_some())
}
