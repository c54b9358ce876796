//! Imports: modules of the bundle are run once, what is not in it is installed, and known by its name alone.

use std::rc::Rc;

use ruff_python_ast::{StmtImport, StmtImportFrom};

use super::dict::Dict;
use super::loading::run;
use super::machine::{Eval, Machine, Stop};
use super::scope::{ModuleId, ScopeId};
use super::value::Value;
use super::{attribute, optional, packages, prefect, search};
use crate::diagnostic::near_miss;
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

/// A name of a module, or a module in a package.
fn member<'a>(
    machine: &mut Machine<'a>,
    source: &Value<'a>,
    from: &str,
    name: &str,
    scope: ScopeId,
) -> Eval<'a> {
    let Value::Module(id) = source else {
        optional::name(machine, from, name, scope)?;
        return attribute::get(machine, source, name);
    };
    let bound = machine.modules.get(id).and_then(|it| machine.scopes.get(*it));
    if let Some(value) = bound.and_then(|it| it.values.get(name)) {
        return Ok(value.clone());
    }
    let dot = if from.ends_with('.') { "" } else { "." };
    if let Some(id) = find(machine, &format!("{from}{dot}{name}"), scope) {
        return run(machine, id).map(|()| Value::Module(id));
    }
    let has_getattr = bound_in(machine, *id, "__getattr__");
    if has_getattr || machine.partial.contains(id) {
        let what = format!("`{name}` of `{from}`");
        return Ok(match machine.sources.faults(*id).first() {
            Some(it) => {
                let hint = format!("`{}` cannot be read: {}", it.at.file, it.message);
                machine.unknown_with(what, hint)
            }
            None => machine.unknown(what),
        });
    }
    let path = machine.sources.path(*id);
    let hint = at_hand(machine, *id, name);
    let message = format!("cannot import name '{name}' from '{from}' ({path})");
    machine.raise_with("ImportError", message, hint)
}

/// What the module has instead of `name`: the near miss, or its flows.
fn at_hand(machine: &Machine<'_>, id: ModuleId, name: &str) -> String {
    let scope = machine.modules.get(&id).and_then(|it| machine.scopes.get(*it));
    let Some(scope) = scope else { return String::new() };
    if let Some(near) = near_miss(name, scope.names.iter().map(|it| &**it)) {
        return format!("did you mean `{near}`?");
    }
    let is_flow = |it: &&Rc<str>| matches!(scope.values.get(&***it), Some(Value::Flow(_)));
    let flows: Vec<String> =
        scope.names.iter().filter(is_flow).take(10).map(|it| format!("`{it}`")).collect();
    if flows.is_empty() {
        return "it has no flow".to_owned();
    }
    format!("its flows are {}", flows.join(", "))
}

fn bound_in(machine: &Machine<'_>, id: ModuleId, name: &str) -> bool {
    let scope = machine.modules.get(&id).and_then(|it| machine.scopes.get(*it));
    scope.is_some_and(|it| it.values.contains_key(name))
}

/// `from a import *`: what `__all__` lists, else what does not start with an underscore.
fn star<'a>(machine: &mut Machine<'a>, source: &Value<'a>, scope: ScopeId) {
    match source {
        Value::Module(id) => {
            let Some(from) = machine.modules.get(id).and_then(|it| machine.scopes.get(*it)) else {
                return;
            };
            let listed = match from.values.get("__all__") {
                Some(Value::List(it)) => Some(it.borrow().clone()),
                Some(Value::Tuple(it)) => Some(it.to_vec()),
                _ => None,
            };
            let listed =
                listed.map(|it| it.iter().filter_map(|it| it.as_text().cloned()).collect());
            let public =
                || from.names.iter().filter(|it| !it.starts_with('_')).map(Rc::clone).collect();
            let names: Vec<Rc<str>> = listed.unwrap_or_else(public);
            let found: Vec<_> = names
                .into_iter()
                .filter_map(|it| from.values.get(&it).cloned().map(|value| (it, value)))
                .collect();
            for (name, value) in found {
                machine.scopes.bind(scope, &name, value);
            }
        }
        Value::Outside(name) => {
            let name = Rc::clone(name);
            machine.stars.push((scope, name));
        }
        _ => {}
    }
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

/// What `module.name` gives: a name of the module, or a module in the package.
pub(super) fn attribute<'a>(machine: &mut Machine<'a>, id: ModuleId, name: &str) -> Eval<'a> {
    let bound = machine.modules.get(&id).and_then(|it| machine.scopes.get(*it));
    if let Some(value) = bound.and_then(|it| it.values.get(name)) {
        return Ok(value.clone());
    }
    if name == "__dict__" {
        return Ok(Value::dict(names(machine, id)));
    }
    let path = machine.sources.path(id);
    if let Some(folder) = path.strip_suffix("__init__.py") {
        let files = [format!("{folder}{name}/__init__.py"), format!("{folder}{name}.py")];
        if let Some(id) = files.iter().find_map(|it| machine.sources.find(it)) {
            return run(machine, id).map(|()| Value::Module(id));
        }
    }
    if machine.partial.contains(&id) {
        return Ok(machine.unknown(format!("`{name}` of {path}")));
    }
    machine.raise("AttributeError", format!("module '{path}' has no attribute '{name}'"))
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

/// `__name__` of a module.
pub(super) fn name_of<'a>(machine: &Machine<'a>, id: ModuleId) -> Value<'a> {
    let scope = machine.modules.get(&id).and_then(|it| machine.scopes.get(*it));
    scope.and_then(|it| it.values.get("__name__").cloned()).unwrap_or(Value::None)
}

/// The names of a module and what they are bound to.
pub(super) fn names<'a>(machine: &Machine<'a>, id: ModuleId) -> Dict<'a> {
    let scope = machine.modules.get(&id).and_then(|it| machine.scopes.get(*it));
    let pairs = scope.into_iter().flat_map(|it| {
        it.names
            .iter()
            .filter_map(|name| Some((Value::Text(Rc::clone(name)), it.values.get(name)?.clone())))
    });
    pairs.collect()
}
