//! One part of a bundle: what lies elsewhere is there to be imported, and declares nothing.

use super::Settings;
use crate::bundle::is_yaml_of;
use crate::python::Reading;
use crate::tree::Tree;

/// Removes from `tree` the declaration files that are neither `below`, a file or folder, nor in it; empty means all.
pub fn only(tree: &mut Tree, below: &str) {
    if below.is_empty() {
        return;
    }
    tree.set_part();
    let inside = |it: &str| {
        it.strip_prefix(below).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let elsewhere = tree.paths().filter(|it| is_declaration(it) && !inside(it));
    for path in elsewhere.map(str::to_owned).collect::<Vec<_>>() {
        tree.remove(&path);
    }
}

/// Whether a file of that name may declare deployments.
fn is_declaration(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let ends = ["deployment.py", "deployment.yaml", "deployment.yml"];
    // an overlay declares nothing
    is_yaml_of(path, "work-pools")
        || matches!(name, "prefect.yaml" | "prefect.yml")
        || ends.iter().any(|it| name.ends_with(it))
}

impl Settings {
    /// What reading the flows depends on.
    pub(super) fn reading(&self) -> Reading {
        Reading {
            dialect: self.dialect,
            source_roots: self.source_roots.clone(),
            environment: self.environment.clone(),
            bundle_name: self.bundle_name.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_declared_elsewhere_does_not_count() {
        let paths = ["a/prefect.yaml", "ab/x.deployment.py", "a/b/deployment.py", "c/flows.py"];
        let mut tree = Tree::of_texts(paths.map(|it| (it, "")));
        only(&mut tree, "a");
        let left: Vec<&str> = tree.paths().collect();
        assert_eq!(left, ["a/b/deployment.py", "a/prefect.yaml", "c/flows.py"]);
        only(&mut tree, "a/prefect.yaml");
        assert_eq!(tree.paths().collect::<Vec<_>>(), ["a/prefect.yaml", "c/flows.py"]);
    }
}
