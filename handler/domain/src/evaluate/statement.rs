//! Statements, one after the other.

use ruff_python_ast::{Expr, Stmt, StmtDelete, StmtFor, StmtTypeAlias, StmtWhile};

use super::limits::MAX_TURNS;
use super::machine::{Eval, Machine, Step, Stop};
use super::scope::ScopeId;
use super::value::Value;
use super::{
    assign, attempt, branch, class, definition, deletion, exception, expression, import, matching,
    operator, with,
};

/// What a block or statement gives.
pub(super) type Done<'a> = Result<Step<'a>, Stop<'a>>;

/// Runs the statements of a block.
pub(super) fn block<'a>(machine: &mut Machine<'a>, body: &'a [Stmt], scope: ScopeId) -> Done<'a> {
    for it in body {
        match statement(machine, it, scope)? {
            Step::Next => {}
            other => return Ok(other),
        }
    }
    Ok(Step::Next)
}

/// Runs one statement.
pub(super) fn statement<'a>(machine: &mut Machine<'a>, it: &'a Stmt, scope: ScopeId) -> Done<'a> {
    machine.go(it, scope);
    machine.nested(|machine| one(machine, it, scope))
}

fn one<'a>(machine: &mut Machine<'a>, it: &'a Stmt, scope: ScopeId) -> Done<'a> {
    match it {
        Stmt::Expr(it) => expression::value(machine, &it.value, scope).map(|_| ())?,
        Stmt::Assign(it) => assign::assign(machine, it, scope)?,
        Stmt::AugAssign(it) => assign::augment(machine, it, scope)?,
        Stmt::AnnAssign(it) => assign::annotated(machine, it, scope)?,
        Stmt::TypeAlias(it) => alias(machine, it, scope),
        Stmt::Delete(it) => delete(machine, it, scope)?,
        Stmt::FunctionDef(it) => definition::define(machine, it, scope)?,
        Stmt::ClassDef(it) => class::define(machine, it, scope)?,
        Stmt::Import(it) => import::import(machine, it, scope)?,
        Stmt::ImportFrom(it) => import::from(machine, it, scope)?,
        Stmt::If(it) => return branch::run(machine, it, scope),
        Stmt::For(it) => return for_each(machine, it, scope),
        Stmt::While(it) => return while_true(machine, it, scope),
        Stmt::With(it) => return with::run(machine, it, scope),
        Stmt::Try(it) => return attempt::run(machine, it, scope),
        Stmt::Match(it) => return matching::run(machine, it, scope),
        Stmt::Raise(it) => return attempt::raise(machine, it, scope),
        Stmt::Return(it) => {
            let value = match &it.value {
                Some(it) => expression::value(machine, it, scope)?,
                None => Value::None,
            };
            return Ok(Step::Return(value));
        }
        Stmt::Assert(it) => {
            let test = expression::value(machine, &it.test, scope)?;
            if operator::truth(machine, &test)? == Some(false) {
                machine.go(it, scope);
                let args = match &it.msg {
                    Some(it) => vec![expression::value(machine, it, scope)?],
                    None => Vec::new(),
                };
                return exception::raise(machine, "AssertionError", args);
            }
        }
        Stmt::Global(it) => elsewhere(machine, &it.names, scope, true),
        Stmt::Nonlocal(it) => elsewhere(machine, &it.names, scope, false),
        Stmt::Break(_) => return Ok(Step::Break),
        Stmt::Continue(_) => return Ok(Step::Continue),
        Stmt::Pass(_) | Stmt::IpyEscapeCommand(_) => {}
    }
    Ok(Step::Next)
}

/// `type Name = …`: a type is only read by the schema.
fn alias<'a>(machine: &mut Machine<'a>, it: &'a StmtTypeAlias, scope: ScopeId) {
    if let Expr::Name(name) = &*it.name {
        let value = machine.unknown(format!("the type `{}`", name.id));
        machine.scopes.bind(scope, &name.id, value);
    }
}

fn elsewhere(
    machine: &mut Machine<'_>,
    names: &[ruff_python_ast::Identifier],
    scope: ScopeId,
    global: bool,
) {
    for name in names {
        let home = home_of(machine, scope, name.as_str(), global);
        if let Some(it) = machine.scopes.get_mut(scope) {
            it.elsewhere.insert(name.as_str().into(), home);
        }
    }
}

fn home_of(machine: &Machine<'_>, scope: ScopeId, name: &str, global: bool) -> ScopeId {
    let Some(it) = machine.scopes.get(scope) else { return scope };
    let mut at = it.outer;
    while let Some(id) = at.filter(|_| !global) {
        let Some(outer) = machine.scopes.get(id) else { break };
        if outer.values.contains_key(name) {
            return id;
        }
        at = outer.outer;
    }
    it.globals
}

fn delete<'a>(
    machine: &mut Machine<'a>,
    it: &'a StmtDelete,
    scope: ScopeId,
) -> Result<(), Stop<'a>> {
    for target in &it.targets {
        deletion::delete(machine, target, scope)?;
    }
    Ok(())
}

fn for_each<'a>(machine: &mut Machine<'a>, it: &'a StmtFor, scope: ScopeId) -> Done<'a> {
    let iterated = expression::value(machine, &it.iter, scope)?;
    // what is iterated once is used up turn by turn
    let whole = if matches!(iterated, Value::Iterator(_)) {
        None
    } else if let Some(items) = super::items::of(machine, &iterated)? {
        Some(Value::iterator(items))
    } else {
        let bodies: [&[Stmt]; 2] = [&it.body, &it.orelse];
        return branch::skipped(machine, &iterated, &bodies, &[&it.target], scope);
    };
    let whole = whole.unwrap_or(iterated);
    for turn in 0.. {
        let Value::Iterator(left) = &whole else { break };
        let Some(item) = left.borrow_mut().pop_front() else { break };
        machine.spend(1)?;
        if turn >= MAX_TURNS {
            return Err(Stop::TooMuch(machine.at, "a loop takes more than 10000 turns"));
        }
        assign::target(machine, &it.target, item, scope)?;
        match block(machine, &it.body, scope)? {
            Step::Next | Step::Continue => {}
            Step::Break => return Ok(Step::Next),
            other @ Step::Return(_) => return Ok(other),
        }
    }
    block(machine, &it.orelse, scope)
}

fn while_true<'a>(machine: &mut Machine<'a>, it: &'a StmtWhile, scope: ScopeId) -> Done<'a> {
    for _ in 0..MAX_TURNS {
        machine.spend(1)?;
        let test = expression::value(machine, &it.test, scope)?;
        match operator::truth(machine, &test)? {
            None => return branch::skipped(machine, &test, &[&it.body, &it.orelse], &[], scope),
            Some(false) => return block(machine, &it.orelse, scope),
            Some(true) => {}
        }
        match block(machine, &it.body, scope)? {
            Step::Next | Step::Continue => {}
            Step::Break => return Ok(Step::Next),
            other @ Step::Return(_) => return Ok(other),
        }
    }
    machine.go(it, scope);
    Err(Stop::TooMuch(machine.at, "a loop takes more than 10000 turns"))
}

/// The value that a function body gives.
pub(super) fn body<'a>(machine: &mut Machine<'a>, body: &'a [Stmt], scope: ScopeId) -> Eval<'a> {
    match block(machine, body, scope)? {
        Step::Return(it) => Ok(it),
        Step::Next | Step::Break | Step::Continue => Ok(Value::None),
    }
}
