//! `try` and `raise`.

use std::rc::Rc;

use ruff_python_ast::{ExceptHandler, ExceptHandlerExceptHandler, Expr, StmtRaise, StmtTry};

use super::machine::{Machine, Raised, Step, Stop};
use super::scope::ScopeId;
use super::statement::{self, Done};
use super::value::Value;
use super::{call, exception, expression};

/// Runs the block, the handler that fits, and what comes in any case.
pub(super) fn run<'a>(machine: &mut Machine<'a>, it: &'a StmtTry, scope: ScopeId) -> Done<'a> {
    let mut step = statement::block(machine, &it.body, scope);
    match step {
        Ok(Step::Next) => step = statement::block(machine, &it.orelse, scope),
        Err(Stop::Raise(raised)) => step = handle(machine, it, raised, scope),
        _ => {}
    }
    match statement::block(machine, &it.finalbody, scope)? {
        Step::Next => step,
        other => Ok(other),
    }
}

fn handle<'a>(
    machine: &mut Machine<'a>,
    it: &'a StmtTry,
    raised: Rc<Raised<'a>>,
    scope: ScopeId,
) -> Done<'a> {
    for ExceptHandler::ExceptHandler(handler) in &it.handlers {
        let fits = match &handler.type_ {
            None => true,
            Some(kind) => {
                let kind = expression::value(machine, kind, scope)?;
                exception::is_of(&raised.value, &kind)
            }
        };
        if fits {
            return handled(machine, handler, raised, scope);
        }
    }
    Err(Stop::Raise(raised))
}

fn handled<'a>(
    machine: &mut Machine<'a>,
    it: &'a ExceptHandlerExceptHandler,
    raised: Rc<Raised<'a>>,
    scope: ScopeId,
) -> Done<'a> {
    if let Some(name) = &it.name {
        machine.scopes.bind(scope, name.as_str(), raised.value.clone());
    }
    let outer = machine.handled.replace(Rc::clone(&raised));
    let step = statement::block(machine, &it.body, scope);
    machine.handled = outer;
    if let Some(name) = &it.name {
        machine.scopes.unbind(scope, name.as_str());
    }
    step
}

/// `raise`, `raise error`
pub(super) fn raise<'a>(machine: &mut Machine<'a>, it: &'a StmtRaise, scope: ScopeId) -> Done<'a> {
    let Some(exception) = &it.exc else {
        return match &machine.handled {
            Some(it) => Err(Stop::Raise(Rc::clone(it))),
            None => machine.raise("RuntimeError", "No active exception to reraise"),
        };
    };
    let value = raised(machine, exception, scope)?;
    machine.go(it, scope);
    Err(Stop::Raise(Rc::new(Raised { value, at: machine.at })))
}

/// A class is called, as Python does.
fn raised<'a>(
    machine: &mut Machine<'a>,
    exception: &'a Expr,
    scope: ScopeId,
) -> Result<Value<'a>, Stop<'a>> {
    let value = expression::value(machine, exception, scope)?;
    match value {
        Value::Class(_) | Value::Outside(_) => call::value(machine, &value, call::Args::none()),
        other => Ok(other),
    }
}
