//! Assignment: to names, attributes, items, and several at once.

use std::rc::Rc;

use ruff_python_ast::{Expr, StmtAnnAssign, StmtAssign, StmtAugAssign};

use super::machine::{Machine, Stop};
use super::scope::ScopeId;
use super::value::Value;
use super::{attribute, expression, items, operator, subscript};

type Set<'a> = Result<(), Stop<'a>>;

/// `a = b = value`
pub(super) fn assign<'a>(machine: &mut Machine<'a>, it: &'a StmtAssign, scope: ScopeId) -> Set<'a> {
    let value = expression::value(machine, &it.value, scope)?;
    for it in &it.targets {
        target(machine, it, value.clone(), scope)?;
    }
    Ok(())
}

/// `a: int = value`
pub(super) fn annotated<'a>(
    machine: &mut Machine<'a>,
    it: &'a StmtAnnAssign,
    scope: ScopeId,
) -> Set<'a> {
    let Some(value) = &it.value else { return Ok(()) };
    let value = expression::value(machine, value, scope)?;
    target(machine, &it.target, value, scope)
}

/// `a += value`
pub(super) fn augment<'a>(
    machine: &mut Machine<'a>,
    it: &'a StmtAugAssign,
    scope: ScopeId,
) -> Set<'a> {
    let before = expression::value(machine, &it.target, scope)?;
    let value = expression::value(machine, &it.value, scope)?;
    machine.go(it, scope);
    // a list is changed in place: others may hold it too
    if let (Value::List(list), ruff_python_ast::Operator::Add) = (&before, it.op)
        && let Some(more) = items::of(machine, &value)?
    {
        machine.spend_size(more.len())?;
        list.borrow_mut().extend(more);
        return Ok(());
    }
    if let (Value::Dict(dict), ruff_python_ast::Operator::BitOr, Value::Dict(more)) =
        (&before, it.op, &value)
    {
        let more = more.borrow().clone();
        more.iter().for_each(|(key, it)| dict.borrow_mut().insert(key.clone(), it.clone()));
        return Ok(());
    }
    let value = operator::binary(machine, it.op, &before, &value)?;
    target(machine, &it.target, value, scope)
}

/// Sets `target` to `value`.
pub(super) fn target<'a>(
    machine: &mut Machine<'a>,
    target: &'a Expr,
    value: Value<'a>,
    scope: ScopeId,
) -> Set<'a> {
    match target {
        Expr::Name(it) => machine.scopes.bind(scope, &it.id, value),
        Expr::Tuple(it) => unpack(machine, &it.elts, &value, scope)?,
        Expr::List(it) => unpack(machine, &it.elts, &value, scope)?,
        Expr::Starred(it) => self::target(machine, &it.value, value, scope)?,
        Expr::Attribute(it) => {
            let owner = expression::value(machine, &it.value, scope)?;
            attribute::set(machine, &owner, it.attr.as_str(), value)?;
        }
        Expr::Subscript(it) => {
            let owner = expression::value(machine, &it.value, scope)?;
            let key = subscript::key(machine, &it.slice, scope)?;
            subscript::set(machine, &owner, key, value)?;
        }
        _ => {}
    }
    Ok(())
}

/// `a, *b, c = value`
fn unpack<'a>(
    machine: &mut Machine<'a>,
    targets: &'a [Expr],
    value: &Value<'a>,
    scope: ScopeId,
) -> Set<'a> {
    let Some(mut values) = items::of(machine, value)? else {
        for it in targets {
            target(machine, it, value.clone(), scope)?;
        }
        return Ok(());
    };
    let star = targets.iter().position(Expr::is_starred_expr);
    let fits = match star {
        Some(_) => values.len() + 1 >= targets.len(),
        None => values.len() == targets.len(),
    };
    if !fits {
        let (have, want) = (values.len(), targets.len());
        return machine.raise("ValueError", format!("{have} values to unpack, expected {want}"));
    }
    if let Some(at) = star {
        let rest: Vec<Value<'a>> =
            values.drain(at..at + values.len() + 1 - targets.len()).collect();
        values.insert(at, Value::list(rest));
    }
    for (it, value) in targets.iter().zip(values) {
        target(machine, it, value, scope)?;
    }
    Ok(())
}

/// `del target`
pub(super) fn delete<'a>(machine: &mut Machine<'a>, target: &'a Expr, scope: ScopeId) -> Set<'a> {
    match target {
        Expr::Name(it) => {
            if !machine.scopes.unbind(scope, &it.id) {
                return machine.raise("NameError", format!("name '{}' is not defined", it.id));
            }
        }
        Expr::Subscript(it) => {
            let owner = expression::value(machine, &it.value, scope)?;
            let key = subscript::key(machine, &it.slice, scope)?;
            subscript::delete(machine, &owner, &key)?;
        }
        Expr::Attribute(it) => {
            let owner = expression::value(machine, &it.value, scope)?;
            attribute::delete(&owner, it.attr.as_str());
        }
        Expr::Tuple(it) => {
            for it in &it.elts {
                delete(machine, it, scope)?;
            }
        }
        _ => {}
    }
    Ok(())
}

/// The value that `expr` names may have been changed by code that is not run: nothing is known of it any more.
pub(super) fn forget<'a>(
    machine: &mut Machine<'a>,
    expr: &'a Expr,
    why: &Value<'a>,
    scope: ScopeId,
) {
    let Expr::Name(name) = expr else { return };
    match machine.scopes.lookup(scope, &name.id) {
        Some(Value::Dict(it) | Value::Set(it)) => {
            let key = why.clone();
            it.borrow_mut().insert(key, why.clone());
        }
        Some(Value::List(it)) => it.borrow_mut().push(why.clone()),
        Some(Value::Object(it)) => {
            it.fields.borrow_mut().insert(Rc::from("*"), why.clone());
        }
        _ => {}
    }
}
