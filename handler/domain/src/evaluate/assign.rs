//! Assignment: to names, attributes, items, and several at once.

use ruff_python_ast::{Expr, Operator, StmtAnnAssign, StmtAssign, StmtAugAssign};

use super::call::Args;
use super::machine::{Machine, Stop};
use super::scope::ScopeId;
use super::value::Value;
use super::{attribute, class, expression, items, operator, subscript};

pub(super) type Set<'a> = Result<(), Stop<'a>>;

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
    let place = place(machine, &it.target, scope)?;
    let before = match &place {
        Place::Name => expression::value(machine, &it.target, scope)?,
        Place::Attribute(owner, name) => attribute::get(machine, owner, name)?,
        Place::Item(owner, key) => subscript::get(machine, owner, key)?,
    };
    let value = expression::value(machine, &it.value, scope)?;
    machine.go(it, scope);
    let value = match in_place(machine, it.op, &before, &value)? {
        Some(changed) => changed,
        None => operator::binary(machine, it.op, &before, &value)?,
    };
    match place {
        Place::Name => target(machine, &it.target, value, scope),
        Place::Attribute(owner, name) => attribute::set(machine, &owner, name, value),
        Place::Item(owner, key) => subscript::set(machine, &owner, key, value),
    }
}

/// What an assignment changes, evaluated once.
enum Place<'a> {
    Name,
    Attribute(Value<'a>, &'a str),
    Item(Value<'a>, subscript::Key<'a>),
}

fn place<'a>(
    machine: &mut Machine<'a>,
    target: &'a Expr,
    scope: ScopeId,
) -> Result<Place<'a>, Stop<'a>> {
    Ok(match target {
        Expr::Attribute(it) => {
            Place::Attribute(expression::value(machine, &it.value, scope)?, it.attr.as_str())
        }
        Expr::Subscript(it) => {
            let owner = expression::value(machine, &it.value, scope)?;
            Place::Item(owner, subscript::key(machine, &it.slice, scope)?)
        }
        _ => Place::Name,
    })
}

/// What `+=` and the like change in place: others may hold it too. `None` for values that are not changed.
fn in_place<'a>(
    machine: &mut Machine<'a>,
    op: Operator,
    before: &Value<'a>,
    value: &Value<'a>,
) -> Result<Option<Value<'a>>, Stop<'a>> {
    match (class::own_value(before), op) {
        (Value::Instance(it), _) => {
            let name = method(op);
            if it.class.find(machine, name).is_none() {
                return Ok(None);
            }
            let given = attribute::call(machine, before, name, Args::of(vec![value.clone()]))?;
            return Ok(Some(given));
        }
        (Value::List(list), Operator::Add) => match items::of(machine, value)? {
            Some(more) => list.borrow_mut().extend(more),
            None => list.borrow_mut().push(value.clone()),
        },
        (Value::Dict(dict), Operator::BitOr) => match class::own_value(value) {
            Value::Dict(more) => {
                let more = more.borrow().clone();
                machine.spend_size(more.len() * 8)?;
                more.iter().for_each(|(key, it)| dict.borrow_mut().insert(key.clone(), it.clone()));
            }
            _ => return Ok(None),
        },
        (
            Value::Set(set),
            Operator::BitOr | Operator::BitAnd | Operator::Sub | Operator::BitXor,
        ) if !set.borrow().is_frozen() => {
            let made = operator::binary(machine, op, before, value)?;
            let Value::Set(made) = &made else { return Ok(Some(made)) };
            let made = made.borrow().clone();
            *set.borrow_mut() = made;
        }
        _ => return Ok(None),
    }
    Ok(Some(before.clone()))
}

fn method(op: Operator) -> &'static str {
    match op {
        Operator::Add => "__iadd__",
        Operator::Sub => "__isub__",
        Operator::Mult => "__imul__",
        Operator::Div => "__itruediv__",
        Operator::BitOr => "__ior__",
        Operator::BitAnd => "__iand__",
        _ => "__i__",
    }
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
        Expr::Subscript(it) if is_globals(&it.value) => {
            let key = expression::value(machine, &it.slice, scope)?;
            let home = machine.scopes.get(scope).map_or(scope, |it| it.globals);
            if let Some(name) = key.as_text() {
                machine.scopes.bind(home, name, value);
            }
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

/// Whether `it` is `globals()`.
fn is_globals(it: &Expr) -> bool {
    let call = it.as_call_expr().filter(|it| it.arguments.is_empty());
    call.and_then(|it| it.func.as_name_expr()).is_some_and(|it| it.id == "globals")
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
        let message = match star {
            Some(_) => {
                format!("not enough values to unpack (expected at least {}, got {have})", want - 1)
            }
            None if have < want => {
                format!("not enough values to unpack (expected {want}, got {have})")
            }
            None => format!("too many values to unpack (expected {want})"),
        };
        return machine.raise("ValueError", message);
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
