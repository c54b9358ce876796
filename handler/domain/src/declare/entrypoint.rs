//! `path/to/file.py:function` -> the file in the bundle.

use super::Context;
use crate::diagnostic::{Diagnostic, near_miss, rules};
use crate::yaml::Mark;

/// Where an entrypoint leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    /// The file, from the bundle's root.
    pub(super) path: String,
    /// `main` or `Jobs.nightly`.
    pub(super) function: String,
    /// The entrypoint as it is registered.
    pub(super) entrypoint: String,
    /// The folder that the worker has to start in, with a slash at the end; empty for the bundle's root.
    pub(super) folder: String,
}

/// The file that `text` names: from the bundle's root first, then from the folder of the declaration, which then becomes
/// the worker's folder.
pub(super) fn find(
    context: &Context<'_>,
    text: &str,
    at: Mark,
    found: &mut Vec<Diagnostic>,
) -> Option<Target> {
    let Some((file, function)) = parts(text) else {
        let message = format!("`{text}` is no entrypoint");
        found.push(
            context.error(rules::ENTRYPOINT, at, message).hint("write `path/to/file.py:function`"),
        );
        return None;
    };
    if function.contains('.') && !context.settings.dialect.is_three() {
        let message = format!("Prefect 2 finds no flow in a class: `{function}`");
        let hint = "give the flow a name at the top of the file";
        found.push(context.error(rules::ENTRYPOINT, at, message).hint(hint));
        return None;
    }
    if file.contains('\\') {
        let message = "an entrypoint has `/` between folders, workers run on Linux";
        found.push(
            context
                .error(rules::ENTRYPOINT, at, message)
                .hint(format!("{}:{function}", file.replace('\\', "/"))),
        );
        return None;
    }
    let files: Vec<String> = module_paths(file).iter().map(|it| plain(it)).collect();
    for folder in ["", context.folder()] {
        for file in &files {
            let path = format!("{folder}{file}");
            if context.tree.contains(&path) {
                let (function, entrypoint) = (function.to_owned(), text.to_owned());
                return Some(Target { path, function, entrypoint, folder: folder.to_owned() });
            }
        }
    }
    found.push(missing(context, files.first().map_or("", String::as_str), at));
    None
}

/// [`find`] for code whose declared place counts only with `SYNC_PULL=declared`.
pub(super) fn find_copy(
    context: &Context<'_>,
    text: &str,
    at: Mark,
    found: &mut Vec<Diagnostic>,
) -> Option<Target> {
    let before = found.len();
    let target = find(context, text, at, found);
    for it in found.iter_mut().skip(before).filter(|it| it.code == rules::ENTRYPOINT_FILE.code) {
        let hint = it.hint.take().unwrap_or_default();
        let other = "or, if the code lies where it is declared to be, set SYNC_PULL=declared";
        it.hint = Some(format!("{hint}; {other}"));
    }
    target
}

/// File or module, and function. A module may stand before a dot too: `package.module.function`.
fn parts(text: &str) -> Option<(&str, &str)> {
    let module = || text.rsplit_once('.').filter(|(_, it)| !text.contains('/') && *it != "py");
    let parts = text.rsplit_once(':').or_else(module);
    parts.filter(|(file, function)| !file.is_empty() && !function.is_empty())
}

/// The path without `.`, `..` and doubled slashes; one that leads out of its folder, or from the root, stays as it is.
fn plain(path: &str) -> String {
    let mut out: Vec<&str> = Vec::new();
    for part in path.split('/') {
        let known = match part {
            "" if out.is_empty() => false,
            "" | "." => true,
            ".." => out.pop().is_some(),
            name => {
                out.push(name);
                true
            }
        };
        if !known {
            return path.to_owned();
        }
    }
    out.join("/")
}

/// A fault of a flow, at the entrypoint's text if that is what is wrong.
pub(super) fn placed(context: &Context<'_>, at: Mark, fault: Diagnostic) -> Diagnostic {
    if fault.code == rules::FLOW_NOT_FOUND.code {
        return Diagnostic { at: context.at(at), ..fault };
    }
    fault
}

/// `package.module` as the files that Python would import it from.
fn module_paths(file: &str) -> Vec<String> {
    if file.contains('/') || file.to_lowercase().ends_with(".py") {
        return vec![file.to_owned()];
    }
    let path = file.replace('.', "/");
    vec![format!("{path}.py"), format!("{path}/__init__.py")]
}

fn missing(context: &Context<'_>, plain: &str, at: Mark) -> Diagnostic {
    let folder = context.folder();
    let beside = if folder.is_empty() { String::new() } else { format!(", nor `{folder}{plain}`") };
    let message = format!("the bundle has no file `{plain}`{beside}");
    let files: Vec<&str> =
        context.tree.paths().filter(|it| it.to_lowercase().ends_with(".py")).collect();
    let name = plain.rsplit('/').next().unwrap_or(plain);
    let same_name = files.iter().copied().find(|it| it.rsplit('/').next() == Some(name));
    let diagnostic = context.error(rules::ENTRYPOINT_FILE, at, message);
    match same_name.or_else(|| near_miss(plain, files.iter().copied())) {
        Some(near) => diagnostic.hint(format!("did you mean `{near}`?")),
        None => diagnostic.hint("look into .prefectignore, and at the folder that was packed"),
    }
}
