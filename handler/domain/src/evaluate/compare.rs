//! Comparisons: `==`, `in`, `is`, and chains of them.

use std::rc::Rc;

use ruff_python_ast::{CmpOp, ExprCompare};

pub(super) use super::ordering::order;

use super::call::Args;
use super::dict::Dict;
use super::machine::{Eval, Machine, Stop};
use super::membership::contains;
use super::scope::ScopeId;
use super::value::Value;
use super::{attribute, class, expression, foreign, installed, ordering, overloading};

/// `None` where it is not known.
pub(super) type Truth<'a> = Result<Option<bool>, Stop<'a>>;

/// `a < b <= c`
pub(super) fn chain<'a>(
    machine: &mut Machine<'a>,
    it: &'a ExprCompare,
    scope: ScopeId,
) -> Eval<'a> {
    let mut left = expression::value(machine, &it.left, scope)?;
    for (op, right) in it.ops.iter().zip(&it.comparators) {
        let right = expression::value(machine, right, scope)?;
        machine.go(it, scope);
        match one(machine, *op, &left, &right)? {
            Some(true) => left = right,
            Some(false) => return Ok(Value::Bool(false)),
            None => {
                let unknown = [&left, &right].into_iter().find(|it| it.as_unknown().is_some());
                return Ok(match unknown {
                    Some(it) => it.clone(),
                    None => machine.unknown("a comparison"),
                });
            }
        }
    }
    Ok(Value::Bool(true))
}

fn one<'a>(machine: &mut Machine<'a>, op: CmpOp, left: &Value<'a>, right: &Value<'a>) -> Truth<'a> {
    let is_unknown = left.as_unknown().is_some() || right.as_unknown().is_some();
    match op {
        CmpOp::Is | CmpOp::IsNot if is_unknown => Ok(None),
        CmpOp::Is => Ok(Some(left.is_same(right))),
        CmpOp::IsNot => Ok(Some(!left.is_same(right))),
        CmpOp::Eq => equal(machine, left, right),
        CmpOp::NotEq => Ok(equal(machine, left, right)?.map(|it| !it)),
        CmpOp::In => contains(machine, right, left),
        CmpOp::NotIn => Ok(contains(machine, right, left)?.map(|it| !it)),
        CmpOp::Lt | CmpOp::LtE | CmpOp::Gt | CmpOp::GtE => {
            ordering::compared(machine, op, left, right)
        }
    }
}

/// `left == right`
pub(super) fn equal<'a>(
    machine: &mut Machine<'a>,
    left: &Value<'a>,
    right: &Value<'a>,
) -> Truth<'a> {
    machine.spend(1)?;
    if left.as_unknown().is_some() || right.as_unknown().is_some() {
        return Ok(None);
    }
    if let (Some(a), Some(b)) = (left.as_text(), right.as_text()) {
        return Ok(Some(a == b));
    }
    if let (Some(a), Some(b)) = (left.as_int(), right.as_int()) {
        return Ok(Some(a == b));
    }
    #[expect(clippy::float_cmp, reason = "as Python compares")]
    if let (Some(a), Some(b)) = (left.as_float(), right.as_float()) {
        return Ok(Some(a == b));
    }
    if left.is_same(right) {
        return Ok(Some(true));
    }
    if matches!((left, right), (Value::Instance(_), _) | (_, Value::Instance(_)))
        && let Some(known) = of_instances(machine, left, right)?
    {
        return Ok(known);
    }
    if [left, right].iter().any(|it| matches!(it, Value::Outside(it) if foreign::is_member(it))) {
        return Ok(None);
    }
    match (class::own_value(left), class::own_value(right)) {
        (Value::List(a), Value::List(b)) => {
            let (a, b) = (a.borrow().clone(), b.borrow().clone());
            all_equal(machine, &a, &b)
        }
        (Value::Tuple(a), Value::Tuple(b)) => all_equal(machine, a, b),
        (Value::Set(a), Value::Set(b)) => {
            let (a, b) = (a.borrow(), b.borrow());
            Ok(Some(a.len() == b.len() && a.iter().all(|(key, _)| b.contains(key))))
        }
        // a view of the keys of a dictionary is a list here
        (Value::List(a), Value::Set(b)) | (Value::Set(b), Value::List(a)) => {
            let (a, b) = (a.borrow(), b.borrow());
            Ok(Some(a.len() == b.len() && a.iter().all(|it| b.contains(it))))
        }
        (Value::Dict(a), Value::Dict(b)) => {
            let (a, b) = (a.borrow().clone(), b.borrow().clone());
            dicts(machine, &a, &b)
        }
        (Value::Bytes(a), Value::Bytes(b)) => Ok(Some(a == b)),
        (Value::Moment(a), Value::Moment(b)) => Ok(Some(a.equals(b))),
        (Value::Path(a), Value::Path(b)) => Ok(Some(a == b)),
        (Value::Object(a), Value::Object(b)) => Ok(installed::equal(a, b)),
        _ => Ok(Some(false)),
    }
}

/// Whether objects are equal, as far as their classes decide it.
#[expect(clippy::option_option, reason = "not known, or known to be none")]
fn of_instances<'a>(
    machine: &mut Machine<'a>,
    left: &Value<'a>,
    right: &Value<'a>,
) -> Result<Option<Option<bool>>, Stop<'a>> {
    for (side, other) in [(left, right), (right, left)] {
        let Value::Instance(it) = side else { continue };
        if it.class.find(machine, "__eq__").is_some() {
            let given = attribute::call(machine, side, "__eq__", Args::of(vec![other.clone()]))?;
            if !overloading::is_not_implemented(&given) {
                return Ok(Some(given.truth()));
            }
        }
    }
    Ok(match (left, right) {
        (Value::Instance(a), Value::Instance(b)) if a.class.is_data() && a.value.is_none() => {
            let differs = a.class.options.borrow().get("eq").and_then(Value::truth) == Some(false);
            if differs || !Rc::ptr_eq(&a.class, &b.class) {
                return Ok(Some(Some(false)));
            }
            let (a, b) = (class::row(machine, a), class::row(machine, b));
            Some(machine.nested(|machine| equal(machine, &a, &b))?)
        }
        (Value::Instance(it), other) | (other, Value::Instance(it))
            if it.class.open && !other.is_none() && it.underlying().is_none() =>
        {
            Some(None)
        }
        _ => None,
    })
}

fn dicts<'a>(machine: &mut Machine<'a>, a: &Dict<'a>, b: &Dict<'a>) -> Truth<'a> {
    if a.len() != b.len() {
        return Ok(Some(false));
    }
    for (key, value) in a.iter() {
        let Some(other) = b.get(key) else { return Ok(Some(false)) };
        match machine.nested(|machine| equal(machine, value, other))? {
            Some(true) => {}
            other => return Ok(other),
        }
    }
    Ok(Some(true))
}

fn all_equal<'a>(machine: &mut Machine<'a>, a: &[Value<'a>], b: &[Value<'a>]) -> Truth<'a> {
    if a.len() != b.len() {
        return Ok(Some(false));
    }
    for (a, b) in a.iter().zip(b) {
        if a.is_same(b) {
            continue;
        }
        match machine.nested(|machine| equal(machine, a, b))? {
            Some(true) => {}
            other => return Ok(other),
        }
    }
    Ok(Some(true))
}
