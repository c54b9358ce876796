//! Which files of a bundle declare deployments.

use std::collections::BTreeSet;

use crate::bundle::is_yaml_of;
use crate::diagnostic::{Diagnostic, Position, rules};
use crate::tree::Tree;
use crate::yaml::compose;

/// The declaration files of a bundle.
#[derive(Debug, Default)]
pub(super) struct Files<'a> {
    /// Every `prefect.yaml`.
    pub(super) yaml: Vec<&'a str>,
    /// Every file ending in `deployment.py`.
    pub(super) python: Vec<&'a str>,
    /// What `prefect deployment build` wrote.
    pub(super) built: Vec<&'a str>,
    /// Those that declare work pools.
    pub(super) pools: Vec<&'a str>,
    /// What has the name of a declaration and is none: an error each, never skipped in silence.
    pub(super) unsupported: Vec<Diagnostic>,
}

/// The declaration files of `tree`, sorted by path.
pub(super) fn find(tree: &Tree) -> Files<'_> {
    let mut files = Files::default();
    files.unsupported.extend(folders(tree));
    for path in tree.own_paths() {
        let name = path.rsplit('/').next().unwrap_or(path);
        if matches!(name, "prefect.yaml" | "prefect.yml") {
            files.yaml.push(path);
        } else if name.ends_with("deployment.py") {
            files.python.push(path);
        } else if is_build_output(tree, path, name) {
            files.built.push(path);
        } else if is_yaml_of(path, "work-pools") {
            files.pools.push(path);
        }
    }
    files
}

/// Folders that have the name of a declaration file.
fn folders(tree: &Tree) -> Vec<Diagnostic> {
    let folder = |path: &str| {
        let mut at = 0;
        path.split_inclusive('/').find_map(|part| {
            at += part.len();
            let named = matches!(part, "prefect.yaml/" | "prefect.yml/");
            named.then(|| path.get(..at - 1).unwrap_or_default().to_owned())
        })
    };
    let names: BTreeSet<String> = tree.own_paths().filter_map(folder).collect();
    let one = |it: &String| {
        let message = format!("`{it}` is a folder, and must be a file");
        Diagnostic::error(rules::DECLARATION_FOLDER, Position::start_of(it.as_str()), message)
            .hint("give the folder another name")
    };
    names.iter().map(one).collect()
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
