//! Names that a module of the bundle does not have.

use super::super::names::Names;
use super::super::parse::File;
use super::{Case, Import, imports};
use crate::diagnostic::{Diagnostic, near_miss, rules};

/// Words of a module that may bind names in ways that are not read.
const DYNAMIC: [&str; 5] = ["globals()", "__getattr__", "setattr(", "exec(", "sys.modules"];

pub(super) fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let Some(file) = case.files.first() else { return };
    for it in imports(&file.body).iter().filter(|it| it.level <= 1) {
        let Some((module, name)) = module(case, it) else { continue };
        let names = Names::of(&module.body);
        if names.get(name).is_some()
            || names.stars().next().is_some()
            || may_bind(case, module, name)
        {
            continue;
        }
        let message = format!("`{}` has no `{name}`: runs fail on this import", module.path);
        let warning = Diagnostic::warning(rules::UNRESOLVED_IMPORT, file.at(&it.range), message);
        found.push(match near_miss(name, names.all()) {
            Some(near) => warning.hint(format!("did you mean `{near}`?")),
            None => warning.hint("define it there, or import what is there"),
        });
    }
}

/// The file that `from module import name` is read from, and the name; `None` when that is not sure.
fn module<'a, 'b>(case: &Case<'a>, it: &'b Import) -> Option<(&'a File<'a>, &'b str)> {
    let (from, name) = it.target.rsplit_once('.')?;
    if it.module != from.split('.').count() || name == "*" {
        return None;
    }
    let path = from.replace('.', "/");
    let folders =
        if it.level > 0 { [case.folder(); 2] } else { [case.folder(), case.worker.start] };
    let places = folders.iter().flat_map(|it| {
        [
            (format!("{it}{path}/__init__.py"), format!("{it}{path}/")),
            (format!("{it}{path}.py"), String::new()),
        ]
    });
    let (file, package) = places.into_iter().find(|(file, _)| case.tree.contains(file))?;
    let is_module = |it: String| {
        case.tree.contains(&format!("{it}.py")) || case.tree.has_folder(&format!("{it}/"))
    };
    if !package.is_empty() && is_module(format!("{package}{name}")) {
        return None;
    }
    Some((case.files.iter().find(|it| it.path == file)?, name))
}

fn may_bind(case: &Case<'_>, module: &File<'_>, name: &str) -> bool {
    let text = case.tree.text(&module.path).unwrap_or_default();
    let ways = [
        format!("global {name}"),
        format!("type {name}"),
        format!("{name} :="),
        format!("as {name}"),
    ];
    name.starts_with("__")
        || DYNAMIC.iter().any(|it| text.contains(it))
        || ways.iter().any(|it| text.contains(it.as_str()))
}
