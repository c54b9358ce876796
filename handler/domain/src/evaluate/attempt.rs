//! `try` and `raise`.

use std::rc::Rc;

use ruff_python_ast::{ExceptHandler, ExceptHandlerExceptHandler, Expr, StmtRaise, StmtTry};

use super::machine::{Machine, Raised, Step, Stop};
use super::scope::ScopeId;
use super::statement::{self, Done};
use super::value::Value;
use super::{call, exception, expression, installed, items, optional};

/// Runs the block, the handler that fits, and what comes in any case.
pub(super) fn run<'a>(machine: &mut Machine<'a>, it: &'a StmtTry, scope: ScopeId) -> Done<'a> {
    let mut step = tried(machine, it, scope);
    let missing = optional::missing(&step);
    match step {
        Err(Stop::Raise(raised)) if it.is_star => step = star(machine, it, &raised, scope),
        Ok(Step::Next) => step = statement::block(machine, &it.orelse, scope),
        Err(Stop::Raise(raised)) => step = handle(machine, it, raised, scope),
        _ => {}
    }
    if let Some(module) = missing {
        optional::unbound(machine, it, &module, scope);
    }
    match statement::block(machine, &it.finalbody, scope)? {
        Step::Next => step,
        other => Ok(other),
    }
}

/// The block, which says what may be missing.
fn tried<'a>(machine: &mut Machine<'a>, it: &'a StmtTry, scope: ScopeId) -> Done<'a> {
    let is_choice = optional::is_choice(it);
    let tolerant = machine.tolerant;
    if is_choice {
        machine.optional.push(scope);
    }
    let versionless = machine.versionless;
    machine.versionless += usize::from(optional::is_versionless(it));
    machine.tolerant += usize::from(optional::is_tolerant(it));
    let attempts = machine.attempts;
    machine.attempts += usize::from(!it.handlers.is_empty());
    let step = statement::block(machine, &it.body, scope);
    machine.attempts = attempts;
    machine.tolerant = tolerant;
    machine.versionless = versionless;
    if is_choice {
        machine.optional.pop();
    }
    step
}

/// `except*`: each handler takes its part of a group.
fn star<'a>(
    machine: &mut Machine<'a>,
    it: &'a StmtTry,
    raised: &Rc<Raised<'a>>,
    scope: ScopeId,
) -> Done<'a> {
    let mut rest = match &raised.value {
        Value::Object(group) if group.class.ends_with("ExceptionGroup") => {
            let all = group.positional.get(1).cloned().unwrap_or(Value::None);
            items::of(machine, &all)?.unwrap_or_default()
        }
        other => vec![other.clone()],
    };
    for ExceptHandler::ExceptHandler(handler) in &it.handlers {
        let Some(kind) = &handler.type_ else { continue };
        let kind = expression::value(machine, kind, scope)?;
        let (taken, left): (Vec<_>, Vec<_>) =
            rest.into_iter().partition(|it| exception::is_of(it, &kind));
        rest = left;
        if !taken.is_empty() {
            let group =
                Rc::new(Raised { value: group(machine, taken), hint: "".into(), at: raised.at });
            match handled(machine, handler, group, scope)? {
                Step::Next => {}
                other => return Ok(other),
            }
        }
    }
    if rest.is_empty() {
        return Ok(Step::Next);
    }
    Err(Stop::Raise(Rc::new(Raised {
        value: group(machine, rest),
        hint: "".into(),
        at: raised.at,
    })))
}

fn group<'a>(machine: &Machine<'a>, all: Vec<Value<'a>>) -> Value<'a> {
    let args = call::Args::of(vec![Value::text(""), Value::list(all)]);
    installed::object(machine, "builtins.ExceptionGroup", args)
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
    if let Some(cause) = &it.cause {
        let cause = expression::value(machine, cause, scope)?;
        note(&value, "__cause__", cause);
    }
    if let Some(outer) = &machine.handled {
        note(&value, "__context__", outer.value.clone());
    }
    Err(Stop::Raise(Rc::new(Raised { value, hint: "".into(), at: machine.at })))
}

fn note<'a>(exception: &Value<'a>, name: &str, value: Value<'a>) {
    if value.is_same(exception) {
        return;
    }
    match exception {
        Value::Object(it) => drop(it.fields.borrow_mut().insert(name.into(), value)),
        Value::Instance(it) => drop(it.fields.borrow_mut().insert(name.into(), value)),
        _ => {}
    }
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
