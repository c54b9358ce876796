//! `del`, and what is not known any more.

use std::rc::Rc;

use ruff_python_ast::Expr;

use super::assign::Set;
use super::machine::Machine;
use super::scope::ScopeId;
use super::value::Value;
use super::{attribute, expression, subscript};

/// `del target`
pub(super) fn delete<'a>(machine: &mut Machine<'a>, target: &'a Expr, scope: ScopeId) -> Set<'a> {
    match target {
        Expr::Name(it) if !machine.scopes.unbind(scope, &it.id) => {
            return machine.raise("NameError", format!("name '{}' is not defined", it.id));
        }
        Expr::Subscript(it) => {
            let owner = expression::value(machine, &it.value, scope)?;
            let key = subscript::key(machine, &it.slice, scope)?;
            subscript::delete(machine, &owner, &key)?;
        }
        Expr::Attribute(it) => {
            let owner = expression::value(machine, &it.value, scope)?;
            attribute::delete(machine, &owner, it.attr.as_str())?;
        }
        Expr::Tuple(it) => {
            for it in &it.elts {
                delete(machine, it, scope)?;
            }
        }
        Expr::List(it) => {
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
