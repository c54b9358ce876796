//! Modules of the bundle that a worker does not find.
//!
//! Source: `load_script_as_module` of Prefect 2 and 3: the file's folder and the worker's folder are searched, and the file
//! is a package of its own, so that `from .a import b` finds what lies beside it and `from ..a import b` nothing.

use super::{Case, Import, imports, requirements};
use crate::diagnostic::{Diagnostic, rules};
use crate::python::installed;

pub(super) fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let Some(file) = case.files.first() else { return };
    let text = case.tree.text(&file.path).unwrap_or_default();
    if text.contains("sys.path") {
        return;
    }
    for it in imports(&file.body) {
        let at = file.at(&it.range);
        if it.level > 1 {
            let message = "a flow's file is imported alone: `..` leads to nothing on a worker";
            let hint =
                "import it by its name from the worker's folder: `from package.module import …`";
            found.push(Diagnostic::warning(rules::UNRESOLVED_IMPORT, at, message).hint(hint));
        } else if let Some((message, hint)) = fault(case, &it) {
            found.push(Diagnostic::warning(rules::UNRESOLVED_IMPORT, at, message).hint(hint));
        }
    }
}

/// What is wrong with the module, and what to do.
fn fault(case: &Case<'_>, it: &Import) -> Option<(String, String)> {
    let first = it.first();
    if it.level == 0 && installed::has(&it.target, case.dialect) {
        return None;
    }
    let mut places =
        if it.level > 0 { vec![case.folder()] } else { vec![case.folder(), case.worker.start] };
    places.dedup();
    if places.iter().any(|folder| has(case, folder, first)) {
        return None;
    }
    let ignored = |path: &String| case.tree.is_ignored(path);
    let candidates = places
        .iter()
        .flat_map(|folder| [format!("{folder}{first}.py"), format!("{folder}{first}/__init__.py")]);
    if let Some(path) = candidates.into_iter().find(ignored) {
        let message = format!("`{path}` is excluded by .prefectignore, so workers do not have it");
        return Some((message, "take its pattern out of .prefectignore".to_owned()));
    }
    if it.level > 0 || requirements::mention(case.tree, first) {
        return None;
    }
    let elsewhere = elsewhere(case, it)?;
    let message = format!("workers do not find `{first}`: it is `{elsewhere}`");
    let shown = |folder: &str| {
        if folder.is_empty() { "the root".to_owned() } else { format!("`{folder}`") }
    };
    let places: Vec<String> = places.iter().map(|it| shown(it)).collect();
    Some((message, format!("they look in {}", places.join(" and "))))
}

/// Whether `folder` has a module or a package `name`, or a folder that can be one.
fn has(case: &Case<'_>, folder: &str, name: &str) -> bool {
    case.tree.contains(&format!("{folder}{name}.py"))
        || case.tree.has_folder(&format!("{folder}{name}/"))
}

/// The module's file in another folder, unless that folder is a package to be installed.
fn elsewhere(case: &Case<'_>, it: &Import) -> Option<String> {
    let parts: Vec<&str> = it.target.split('.').take(it.module.max(1)).collect();
    let (path, whole) = (parts.join("/"), it.target.replace('.', "/"));
    // a folder that is no package may have the name that is imported as a module
    let names = [format!("{path}.py"), format!("{path}/__init__.py"), format!("{whole}.py")];
    let is_end = |it: &str, name: &str| {
        it.strip_suffix(name).is_some_and(|it| it.is_empty() || it.ends_with('/'))
    };
    let fits = |it: &&str| names.iter().any(|name| is_end(it, name));
    let mut all = case.tree.paths().filter(fits);
    let only = all.next().filter(|_| all.next().is_none())?;
    let is_project = |it: &str| {
        let name = it.rsplit('/').next().unwrap_or(it);
        matches!(name, "pyproject.toml" | "setup.py" | "setup.cfg")
    };
    (!case.tree.paths().any(is_project)).then(|| only.to_owned())
}
