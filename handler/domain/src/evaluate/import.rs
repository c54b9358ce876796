//! Imports: modules of the bundle are run once, what is not in it is installed, and known by its name alone.

mod members;

use ruff_python_ast::{StmtImport, StmtImportFrom};

pub(super) use self::members::{attribute, name_of};
use self::members::{member, star};
use super::loading::run;
use super::machine::{Eval, Machine, Stop};
use super::scope::{ModuleId, ScopeId};
use super::value::Value;
use super::{optional, packages, prefect, search};
use crate::dotted;

/// `import a.b`, `import a.b as c`
pub(super) fn import<'a>(
    machine: &mut Machine<'a>,
    it: &'a StmtImport,
    scope: ScopeId,
) -> Result<(), Stop<'a>> {
    for alias in &it.names {
        let name = alias.name.as_str();
        let first = dotted::first(name);
        let whole = module(machine, name, scope)?;
        if let Some(it) = &alias.asname {
            machine.scopes.bind(scope, it.as_str(), whole);
        } else {
            let value = module(machine, first, scope)?;
            machine.scopes.bind(scope, first, value);
        }
    }
    Ok(())
}

/// `from a import b`
pub(super) fn from<'a>(
    machine: &mut Machine<'a>,
    it: &'a StmtImportFrom,
    scope: ScopeId,
) -> Result<(), Stop<'a>> {
    let dots = ".".repeat(usize::try_from(it.level).unwrap_or_default());
    let name = format!("{dots}{}", it.module.as_ref().map_or("", |it| it.as_str()));
    let source = module(machine, &name, scope)?;
    for alias in &it.names {
        if alias.name.as_str() == "*" {
            star(machine, &source, scope);
            continue;
        }
        machine.go(alias, scope);
        let value = member(machine, &source, &name, alias.name.as_str(), scope)?;
        let bound = alias.asname.as_ref().unwrap_or(&alias.name);
        machine.scopes.bind(scope, bound.as_str(), value);
    }
    Ok(())
}

/// The module `name`, run if it is of the bundle.
pub(super) fn module<'a>(machine: &mut Machine<'a>, name: &str, scope: ScopeId) -> Eval<'a> {
    // packages on the way are imported too
    let mut at = 0;
    let bare = name.trim_start_matches('.');
    let dots = name.len() - bare.len();
    while let Some(next) = bare.get(at..).and_then(|it| it.find('.')) {
        let part = name.get(..dots + at + next).unwrap_or_default();
        if let Some(id) = find(machine, part, scope) {
            run(machine, id)?;
        }
        at += next + 1;
    }
    if let Some(id) = find(machine, name, scope) {
        return run(machine, id).map(|()| Value::Module(id));
    }
    if dots > 0 {
        return machine.raise("ImportError", format!("no module `{name}` in the bundle"));
    }
    if name == "__main__" {
        return Ok(Value::Module(machine.main));
    }
    let is_three = machine.settings.dialect.is_three();
    if !packages::is_certain(machine, name) || prefect::is_missing(is_three, name) {
        optional::import(machine, name, scope)?;
    }
    Ok(Value::outside(name))
}

/// The file of the module `name`, in the order in which Python looks.
fn find(machine: &mut Machine<'_>, name: &str, scope: ScopeId) -> Option<ModuleId> {
    let from = machine.scopes.get(scope).map_or(machine.main, |it| it.file);
    let module = name.trim_start_matches('.');
    let level = name.len() - module.len();
    let path = module.replace('.', "/");
    if level > 0 {
        let root = ancestor(machine.sources.path(from), level)?;
        let id = in_folder(machine, &root, &path)?;
        search::note_near(machine, id, from, level, module);
        return Some(id);
    }
    if crate::python::is_always_installed(module) {
        return None;
    }
    let roots = search::roots(machine);
    let mut all = roots.iter().map(|it| (it, in_folder(machine, &it.inside, &path)));
    let (root, id) = all.find_map(|(root, id)| Some((root, id?)))?;
    // a folder without `__init__.py` is a package too
    if path.is_empty() {
        return None;
    }
    search::note(machine, id, module, root);
    Some(id)
}

fn in_folder(machine: &Machine<'_>, root: &str, path: &str) -> Option<ModuleId> {
    let package = if path.is_empty() { String::new() } else { format!("{path}/") };
    let files = [format!("{root}{package}__init__.py"), format!("{root}{path}.py")];
    files.iter().find_map(|it| machine.sources.find(it))
}

/// The folder `level` levels above `path`, with a slash at its end; `None` outside the bundle.
pub(super) fn ancestor(path: &str, level: usize) -> Option<String> {
    let folders: Vec<&str> = path.split('/').collect();
    let kept = folders.get(..folders.len().checked_sub(level)?)?;
    Some(kept.iter().flat_map(|it| [*it, "/"]).collect())
}

/// The module of the bundle with that dotted name, in a folder without `__init__.py`.
pub(super) fn bundled<'a>(
    machine: &mut Machine<'a>,
    dotted: &str,
) -> Result<Option<Value<'a>>, Stop<'a>> {
    let scope = machine.modules.get(&machine.main).copied();
    match scope.and_then(|scope| find(machine, dotted, scope)) {
        Some(id) => run(machine, id).map(|()| Some(Value::Module(id))),
        None => Ok(None),
    }
}

/// Whether the module `name` can be imported, as far as the bundle tells.
pub(super) fn is_there(machine: &mut Machine<'_>, name: &str) -> bool {
    let scope = machine.modules.get(&machine.main).copied();
    let is_own = scope.is_some_and(|scope| find(machine, name, scope).is_some());
    is_own || packages::is_certain(machine, name)
}
