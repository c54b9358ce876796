//! Modules of the bundle: run once, whatever fails in them.

use super::branch::bound_by;
use super::limits::MAX_MODULES;
use super::machine::{Eval, Machine, Stop};
use super::scope::{ModuleId, ScopeId};
use super::value::Value;
use super::{methods, search, statement};
use crate::diagnostic::rules;

/// Runs a module of the bundle, once. What of it fails is not known, and does not stop the declaration file.
pub(super) fn run<'a>(machine: &mut Machine<'a>, id: ModuleId) -> Result<(), Stop<'a>> {
    if machine.modules.contains_key(&id) {
        return Ok(());
    }
    if machine.modules.len() >= MAX_MODULES {
        return Err(Stop::TooMuch(machine.at, "it imports more than 500 modules"));
    }
    let scope = machine.scopes.module(id);
    machine.modules.insert(id, scope);
    let sources = machine.sources;
    let Some(file) = sources.file(id) else {
        machine.partial.insert(id);
        // the import ends the file, unless a handler goes on without it
        if machine.optional.is_empty() {
            let wrong = sources.faults(id).iter().filter(|it| it.code == rules::PYTHON_SYNTAX.code);
            machine.found.extend(wrong.cloned());
        }
        return Ok(());
    };
    module_names(machine, scope, id);
    machine.called(|machine| {
        for it in &file.body {
            match machine.bounded(|machine| statement::statement(machine, it, scope)) {
                Ok(_) => {}
                Err(_) if machine.has_steps() => failed(machine, it, id, scope),
                Err(stop) => return Err(stop),
            }
        }
        Ok(())
    })
}

pub(super) fn failed<'a>(
    machine: &mut Machine<'a>,
    it: &'a ruff_python_ast::Stmt,
    id: ModuleId,
    scope: ScopeId,
) {
    machine.go(it, scope);
    machine.partial.insert(id);
    for name in bound_by(it) {
        let value = machine.unknown(format!("`{name}`, which cannot be read without running it"));
        machine.scopes.bind(scope, name, value);
    }
}

/// `__name__`, `__file__` of a module.
fn module_names(machine: &mut Machine<'_>, scope: ScopeId, id: ModuleId) {
    let name = search::name_of(machine, id);
    machine.scopes.bind(scope, "__name__", Value::text(name));
    let file = search::file_of(machine, id);
    machine.scopes.bind(scope, "__file__", Value::text(file.as_str()));
    if let Some(folder) = file.strip_suffix("/__init__.py") {
        machine.scopes.bind(scope, "__path__", Value::list(vec![Value::text(folder)]));
    }
    let doc = machine.sources.file(id).map_or(Value::None, |it| methods::doc(&it.body));
    machine.scopes.bind(scope, "__doc__", doc);
}

/// Runs the declaration file itself, as `__main__`.
pub(super) fn main<'a>(machine: &mut Machine<'a>) -> Result<(), Stop<'a>> {
    let id = machine.main;
    let scope = machine.scopes.module(id);
    machine.modules.insert(id, scope);
    let sources = machine.sources;
    let Some(file) = sources.file(id) else { return Ok(()) };
    module_names(machine, scope, id);
    machine.scopes.bind(scope, "__name__", Value::text("__main__"));
    statement::block(machine, &file.body, scope).map(|_| ())
}

/// The module of a file, run.
pub(super) fn loaded<'a>(machine: &mut Machine<'a>, id: ModuleId) -> Eval<'a> {
    run(machine, id).map(|()| Value::Module(id))
}
