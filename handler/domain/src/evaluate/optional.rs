//! Imports that may fail: `try: import fast`, and a handler that goes on without.
//!
//! A package that comes neither with Python nor with Prefect, is not of the bundle and that no list of its requirements names
//! is taken for missing there. An import without a handler, or with one that gives up, says that the package is needed: then
//! it is taken for installed, and nothing is known of what it gives.

use ruff_python_ast::{ExceptHandler, ExceptHandlerExceptHandler, Expr, Stmt, StmtTry};

use super::machine::{Machine, Stop};
use super::scope::ScopeId;
use super::statement::Done;
use super::value::Value;
use super::{branch, exception, packages, prefect};
use crate::dotted;

const HINT: &str = "list it in a requirements.txt of the bundle";

/// Whether a handler of `it` goes on without what cannot be imported.
pub(super) fn is_choice(it: &StmtTry) -> bool {
    let fits = |handler: &&ExceptHandlerExceptHandler| match &handler.type_ {
        Some(kind) if names(kind).iter().any(|it| it.ends_with("Error")) => {
            names(kind).iter().any(|it| matches!(*it, "ImportError" | "ModuleNotFoundError"))
        }
        // what takes any exception may be meant for another one
        _ => it.body.iter().all(is_plain),
    };
    let mut handlers = it.handlers.iter().map(|ExceptHandler::ExceptHandler(it)| it);
    handlers.find(fits).is_some_and(|it| !it.body.iter().any(gives_up))
}

/// Whether a handler of `it` goes on without a key that is missing.
pub(super) fn is_tolerant(it: &StmtTry) -> bool {
    let mut handlers = it.handlers.iter().map(|ExceptHandler::ExceptHandler(it)| it);
    let fits = |handler: &&ExceptHandlerExceptHandler| {
        let kinds = handler.type_.as_deref().map(names).unwrap_or_default();
        kinds.iter().any(|it| matches!(*it, "KeyError" | "LookupError"))
    };
    handlers.find(fits).is_some_and(|it| !it.body.iter().any(gives_up))
}

/// The names of the exceptions that a handler takes.
fn names(kind: &Expr) -> Vec<&str> {
    match kind {
        Expr::Name(it) => vec![it.id.as_str()],
        Expr::Attribute(it) => vec![it.attr.as_str()],
        Expr::Tuple(it) => it.elts.iter().flat_map(names).collect(),
        _ => Vec::new(),
    }
}

/// An import, or a note that it worked.
fn is_plain(it: &Stmt) -> bool {
    match it {
        Stmt::Import(_) | Stmt::ImportFrom(_) | Stmt::Pass(_) => true,
        Stmt::Assign(it) => it.value.is_literal_expr(),
        _ => false,
    }
}

/// `raise`, `return`, `sys.exit(…)`
fn gives_up(it: &Stmt) -> bool {
    match it {
        Stmt::Raise(_) | Stmt::Return(_) => true,
        Stmt::Expr(it) => match &*it.value {
            Expr::Call(it) => {
                names(&it.func).iter().any(|it| matches!(*it, "exit" | "_exit" | "quit"))
            }
            _ => false,
        },
        _ => false,
    }
}

/// Raises what the import of `name` raises, where a handler goes on without it.
pub(super) fn import<'a>(
    machine: &Machine<'a>,
    name: &str,
    scope: ScopeId,
) -> Result<(), Stop<'a>> {
    if machine.optional.last() != Some(&scope) {
        return Ok(());
    }
    let first = dotted::first(name);
    machine.raise("ModuleNotFoundError", format!("No module named '{first}'"))
}

/// Whether a handler of `it` goes on without the version of a package that is missing.
pub(super) fn is_versionless(it: &StmtTry) -> bool {
    let is_alone = it.body.len() == 1;
    let mut handlers = it.handlers.iter().map(|ExceptHandler::ExceptHandler(it)| it);
    let fits = |handler: &&ExceptHandlerExceptHandler| {
        let kinds = handler.type_.as_deref().map(names).unwrap_or_default();
        let is_meant = |it: &&str| {
            matches!(*it, "PackageNotFoundError" | "ModuleNotFoundError" | "ImportError")
        };
        kinds.iter().any(is_meant) || is_alone && (kinds.is_empty() || kinds.contains(&"Exception"))
    };
    let ends = |it: &Stmt| gives_up(it) && !it.is_return_stmt();
    handlers.find(fits).is_some_and(|it| !it.body.iter().any(ends))
}

/// Raises what `importlib.metadata.version(name)` raises of a package that is missing, where a handler goes on without it.
pub(super) fn distribution<'a>(machine: &Machine<'a>, name: &str) -> Result<(), Stop<'a>> {
    if machine.versionless == 0 || packages::is_certain(machine, name) {
        return Ok(());
    }
    let message = format!("No package metadata was found for {name}");
    machine.raise("PackageNotFoundError", message)
}

/// Raises what the import of a name raises that this Prefect does not have, where a handler goes on without it.
pub(super) fn name<'a>(
    machine: &Machine<'a>,
    from: &str,
    name: &str,
    scope: ScopeId,
) -> Result<(), Stop<'a>> {
    let is_three = machine.settings.dialect.is_three();
    let dotted = format!("{from}.{name}");
    if machine.optional.last() != Some(&scope) || !prefect::is_missing(is_three, &dotted) {
        return Ok(());
    }
    machine.raise("ImportError", format!("cannot import name '{name}' from '{from}'"))
}

/// What a module that is missing ended the block with.
pub(super) fn missing<'a>(step: &Done<'a>) -> Option<Value<'a>> {
    let Err(Stop::Raise(raised)) = step else { return None };
    exception::is_below(&raised.value.type_name(), "ImportError").then(|| raised.value.clone())
}

/// What the block would have bound, and its handlers did not: whoever uses it has the package.
pub(super) fn unbound<'a>(
    machine: &mut Machine<'a>,
    it: &'a StmtTry,
    missing: &Value<'a>,
    scope: ScopeId,
) {
    let why = exception::shown(missing);
    for name in it.body.iter().flat_map(branch::bound_by) {
        if machine.scopes.lookup(scope, name).is_none() {
            let value = machine.unknown_with(format!("`{name}` ({why})"), HINT);
            machine.scopes.bind(scope, name, value);
        }
    }
}
