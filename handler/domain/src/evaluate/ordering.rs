//! `<`, `<=`, `>`, `>=`

use std::cmp::Ordering;
use std::rc::Rc;

use ruff_python_ast::CmpOp;

use super::call::Args;
use super::compare::{Truth, equal};
use super::machine::{Machine, Stop};
use super::value::Value;
use super::{attribute, class, installed, overloading};

/// `left op right` for an operator of order.
pub(super) fn compared<'a>(
    machine: &mut Machine<'a>,
    op: CmpOp,
    left: &Value<'a>,
    right: &Value<'a>,
) -> Truth<'a> {
    if left.as_unknown().is_some() || right.as_unknown().is_some() {
        return Ok(None);
    }
    if matches!((left, right), (Value::Instance(_), _) | (_, Value::Instance(_)))
        && let Some(known) = overloaded(machine, op, left, right)?
    {
        return Ok(known);
    }
    let (left, right) = (class::own_value(left), class::own_value(right));
    match (left, right) {
        (Value::Set(a), Value::Set(b)) => {
            let (a, b) = (a.borrow(), b.borrow());
            let (inside, around) = (
                a.iter().all(|(key, _)| b.contains(key)),
                b.iter().all(|(key, _)| a.contains(key)),
            );
            Ok(Some(match op {
                CmpOp::Lt => inside && !around,
                CmpOp::LtE => inside,
                CmpOp::Gt => around && !inside,
                _ => around,
            }))
        }
        (Value::Float(it), _) | (_, Value::Float(it)) if it.is_nan() => Ok(Some(false)),
        _ => Ok(placed(machine, op, left, right)?.map(|it| fits(op, it))),
    }
}

fn fits(op: CmpOp, it: Ordering) -> bool {
    match op {
        CmpOp::Lt => it.is_lt(),
        CmpOp::LtE => it.is_le(),
        CmpOp::Gt => it.is_gt(),
        _ => it.is_ge(),
    }
}

/// The method of an operator, that of the other side, and its sign.
fn methods(op: CmpOp) -> (&'static str, &'static str, &'static str) {
    match op {
        CmpOp::Lt => ("__lt__", "__gt__", "<"),
        CmpOp::LtE => ("__le__", "__ge__", "<="),
        CmpOp::Gt => ("__gt__", "__lt__", ">"),
        _ => ("__ge__", "__le__", ">="),
    }
}

/// What the classes of the sides say; `None` when they say nothing.
#[expect(clippy::option_option, reason = "not known, or known to be none")]
fn overloaded<'a>(
    machine: &mut Machine<'a>,
    op: CmpOp,
    left: &Value<'a>,
    right: &Value<'a>,
) -> Result<Option<Option<bool>>, Stop<'a>> {
    let (own, reflected, _) = methods(op);
    for (side, name, other) in [(left, own, right), (right, reflected, left)] {
        let Value::Instance(it) = side else { continue };
        if it.class.find(machine, name).is_none() {
            continue;
        }
        let given = attribute::call(machine, side, name, Args::of(vec![other.clone()]))?;
        if !overloading::is_not_implemented(&given) {
            return Ok(Some(given.truth()));
        }
    }
    if let (Value::Instance(a), Value::Instance(b)) = (left, right) {
        if a.class.has_option("order") && Rc::ptr_eq(&a.class, &b.class) {
            let (a, b) = (class::row(machine, a), class::row(machine, b));
            return machine.nested(|machine| compared(machine, op, &a, &b)).map(Some);
        }
        if a.class.has_option("total_ordering") {
            return total(machine, op, left, right);
        }
    }
    Ok(None)
}

/// Source: `functools.total_ordering`: the others follow from `__lt__` and `__eq__`.
#[expect(clippy::option_option, reason = "not known, or known to be none")]
fn total<'a>(
    machine: &mut Machine<'a>,
    op: CmpOp,
    left: &Value<'a>,
    right: &Value<'a>,
) -> Result<Option<Option<bool>>, Stop<'a>> {
    let Value::Instance(it) = left else { return Ok(None) };
    let Some(name) =
        ["__lt__", "__gt__"].into_iter().find(|it_name| it.class.find(machine, it_name).is_some())
    else {
        return Ok(None);
    };
    let same = equal(machine, left, right)?;
    let given = attribute::call(machine, left, name, Args::of(vec![right.clone()]))?;
    let (Some(same), Some(given)) = (same, given.truth()) else { return Ok(Some(None)) };
    let order = match (same, given == (name == "__lt__")) {
        (true, _) => Ordering::Equal,
        (false, true) => Ordering::Less,
        (false, false) => Ordering::Greater,
    };
    Ok(Some(Some(fits(op, order))))
}

/// How `left` and `right` are ordered; `None` when it is not known.
pub(super) fn order<'a>(
    machine: &mut Machine<'a>,
    left: &Value<'a>,
    right: &Value<'a>,
) -> Result<Option<Ordering>, Stop<'a>> {
    if matches!((left, right), (Value::Instance(_), _) | (_, Value::Instance(_)))
        && let Some(less) = overloaded(machine, CmpOp::Lt, left, right)?
    {
        return Ok(less.map(|it| if it { Ordering::Less } else { Ordering::Greater }));
    }
    placed(machine, CmpOp::Lt, class::own_value(left), class::own_value(right))
}

fn placed<'a>(
    machine: &mut Machine<'a>,
    op: CmpOp,
    left: &Value<'a>,
    right: &Value<'a>,
) -> Result<Option<Ordering>, Stop<'a>> {
    machine.spend(1)?;
    if let (Some(a), Some(b)) = (left.as_int(), right.as_int()) {
        return Ok(Some(a.cmp(&b)));
    }
    if let (Some(a), Some(b)) = (left.as_float(), right.as_float()) {
        return Ok(a.partial_cmp(&b));
    }
    if let (Some(a), Some(b)) = (left.as_text(), right.as_text()) {
        return Ok(Some(a.cmp(b)));
    }
    match (left, right) {
        (Value::List(a), Value::List(b)) => {
            let (a, b) = (a.borrow().clone(), b.borrow().clone());
            ordered(machine, op, &a, &b)
        }
        (Value::Tuple(a), Value::Tuple(b)) => ordered(machine, op, a, b),
        (Value::Bytes(a), Value::Bytes(b)) => Ok(Some(a.cmp(b))),
        (Value::Moment(a), Value::Moment(b)) => {
            if a.is_aware().zip(b.is_aware()).is_some_and(|(a, b)| a != b) {
                let message = "can't compare offset-naive and offset-aware datetimes";
                return machine.raise("TypeError", message);
            }
            Ok(a.order(b))
        }
        (Value::Path(a), Value::Path(b)) => {
            let parts = |it: &str| it.split('/').map(str::to_owned).collect::<Vec<_>>();
            Ok(Some(parts(a).cmp(&parts(b))))
        }
        (Value::Set(a), Value::Set(b)) => Ok(Some(a.borrow().len().cmp(&b.borrow().len()))),
        (Value::Object(a), Value::Object(b)) => Ok(installed::order(a, b)),
        _ if [left, right].iter().any(|it| is_open(it)) => Ok(None),
        _ => {
            let (a, b, sign) = (left.type_name(), right.type_name(), methods(op).2);
            let message = format!("'{sign}' not supported between instances of '{a}' and '{b}'");
            machine.raise("TypeError", message)
        }
    }
}

fn is_open(it: &Value<'_>) -> bool {
    match it {
        Value::Unknown(_) | Value::Object(_) | Value::Outside(_) => true,
        Value::Instance(it) => it.class.open,
        _ => false,
    }
}

fn ordered<'a>(
    machine: &mut Machine<'a>,
    op: CmpOp,
    a: &[Value<'a>],
    b: &[Value<'a>],
) -> Result<Option<Ordering>, Stop<'a>> {
    for (a, b) in a.iter().zip(b) {
        if a.is_same(b) {
            continue;
        }
        match machine.nested(|machine| equal(machine, a, b))? {
            Some(true) => {}
            Some(false) if op == CmpOp::Lt => {
                return machine.nested(|machine| order(machine, a, b));
            }
            Some(false) => return machine.nested(|machine| placed(machine, op, a, b)),
            None => return Ok(None),
        }
    }
    Ok(Some(a.len().cmp(&b.len())))
}
