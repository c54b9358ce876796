//! Operators of objects of the bundle: their methods, and counters and flags.

use ruff_python_ast::Operator;

use super::call::Args;
use super::dict::{Dict, Kind, Shared};
use super::machine::{Eval, Machine, Stop};
use super::operator::binary;
use super::value::Value;
use super::{attribute, class};

/// What `Counter` makes of `+` and `-`: counts above zero.
pub(super) fn counted<'a>(
    machine: &mut Machine<'a>,
    op: Operator,
    a: &Shared<'a>,
    b: &Shared<'a>,
) -> Eval<'a> {
    let (a, b) = (a.borrow().clone(), b.borrow().clone());
    let mut out = Dict::default().of_kind(Kind::Counter);
    let keys = a.keys().into_iter().chain(b.keys());
    for key in keys {
        let count = |it: &Dict<'a>| it.get(&key).cloned().unwrap_or(Value::Int(0));
        let total = binary(machine, op, &count(&a), &count(&b))?;
        if total.as_int().is_none_or(|it| it > 0) {
            out.insert(key, total);
        }
    }
    Ok(Value::dict(out))
}

/// The method of an operator, and that of the right side.
pub(super) fn methods(op: Operator) -> (&'static str, &'static str) {
    match op {
        Operator::Add => ("__add__", "__radd__"),
        Operator::Sub => ("__sub__", "__rsub__"),
        Operator::Mult => ("__mul__", "__rmul__"),
        Operator::MatMult => ("__matmul__", "__rmatmul__"),
        Operator::Div => ("__truediv__", "__rtruediv__"),
        Operator::FloorDiv => ("__floordiv__", "__rfloordiv__"),
        Operator::Mod => ("__mod__", "__rmod__"),
        Operator::Pow => ("__pow__", "__rpow__"),
        Operator::LShift => ("__lshift__", "__rlshift__"),
        Operator::RShift => ("__rshift__", "__rrshift__"),
        Operator::BitOr => ("__or__", "__ror__"),
        Operator::BitXor => ("__xor__", "__rxor__"),
        Operator::BitAnd => ("__and__", "__rand__"),
    }
}

/// What the method of one side gives; `None` when neither has one that takes the other.
pub(super) fn overloaded<'a>(
    machine: &mut Machine<'a>,
    op: Operator,
    left: &Value<'a>,
    right: &Value<'a>,
) -> Result<Option<Value<'a>>, Stop<'a>> {
    if let (Value::Instance(a), Value::Instance(b)) = (left, right)
        && let Some(made) = class::combined(machine, op, a, b)?
    {
        return Ok(Some(made));
    }
    let (own, reflected) = methods(op);
    for (side, name, other) in [(left, own, right), (right, reflected, left)] {
        let Value::Instance(it) = side else { continue };
        if it.class.find(machine, name).is_none() {
            continue;
        }
        let given = attribute::call(machine, side, name, Args::of(vec![other.clone()]))?;
        if !is_not_implemented(&given) {
            return Ok(Some(given));
        }
    }
    Ok(None)
}

/// Whether a method says that it does not take the other side.
pub(super) fn is_not_implemented(it: &Value<'_>) -> bool {
    matches!(it, Value::Outside(name) if &**name == "builtins.NotImplemented")
}
