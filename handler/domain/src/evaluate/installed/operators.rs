//! `operator`: operators as functions.

use std::rc::Rc;

use ruff_python_ast::{CmpOp, Operator, UnaryOp};

use super::{Made, object};
use crate::evaluate::call::Args;
use crate::evaluate::machine::{Eval, Machine};
use crate::evaluate::value::{Object, Value};
use crate::evaluate::{attribute, compare, membership, operator, ordering, subscript};

fn binary(name: &str) -> Option<Operator> {
    Some(match name {
        "add" | "concat" | "iadd" => Operator::Add,
        "sub" => Operator::Sub,
        "mul" => Operator::Mult,
        "truediv" => Operator::Div,
        "floordiv" => Operator::FloorDiv,
        "mod" => Operator::Mod,
        "pow" => Operator::Pow,
        "or_" | "ior" => Operator::BitOr,
        "and_" => Operator::BitAnd,
        "xor" => Operator::BitXor,
        "lshift" => Operator::LShift,
        "rshift" => Operator::RShift,
        "matmul" => Operator::MatMult,
        _ => return None,
    })
}

/// What such a call gives; `None` for other names.
pub(super) fn call<'a>(machine: &mut Machine<'a>, dotted: &str, args: &Args<'a>) -> Made<'a> {
    let Some(name) = dotted.strip_prefix("operator.") else { return Ok(None) };
    let name = name.trim_start_matches("__").trim_end_matches("__");
    let part = |at: usize| args.positional.get(at).cloned().unwrap_or(Value::None);
    let (a, b) = (part(0), part(1));
    if let Some(op) = binary(name) {
        return operator::binary(machine, op, &a, &b).map(Some);
    }
    let order = match name {
        "lt" => Some(CmpOp::Lt),
        "le" => Some(CmpOp::LtE),
        "gt" => Some(CmpOp::Gt),
        "ge" => Some(CmpOp::GtE),
        _ => None,
    };
    let known = |it: Option<bool>, machine: &Machine<'a>| {
        it.map_or_else(|| machine.unknown("a comparison"), Value::Bool)
    };
    if let Some(op) = order {
        let truth = ordering::compared(machine, op, &a, &b)?;
        return Ok(Some(known(truth, machine)));
    }
    Ok(Some(match name {
        "itemgetter" | "attrgetter" | "methodcaller" => object(machine, dotted, args.clone()),
        "eq" | "ne" => {
            let truth = compare::equal(machine, &a, &b)?;
            known(truth.map(|it| it == (name == "eq")), machine)
        }
        "is_" => Value::Bool(a.is_same(&b)),
        "is_not" => Value::Bool(!a.is_same(&b)),
        "not_" => operator::unary(machine, UnaryOp::Not, &a)?,
        "neg" => operator::unary(machine, UnaryOp::USub, &a)?,
        "truth" => {
            let truth = operator::truth(machine, &a)?;
            known(truth, machine)
        }
        "contains" => {
            let truth = membership::contains(machine, &a, &b)?;
            known(truth, machine)
        }
        "getitem" => subscript::get(machine, &a, &subscript::Key::One(b))?,
        _ => return Ok(None),
    }))
}

/// What the call of an `itemgetter` and the like gives.
pub(super) fn call_object<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Object<'a>>,
    args: &Args<'a>,
) -> Eval<'a> {
    let owner = args.positional.first().cloned().unwrap_or(Value::None);
    if &*it.class == "operator.identity" {
        return Ok(owner);
    }
    if &*it.class == "operator.methodcaller" {
        let mut given = Args::of(it.positional.iter().skip(1).cloned().collect());
        given.named =
            it.fields.borrow().iter().map(|(name, it)| (Rc::clone(name), it.clone())).collect();
        let name = it.positional.first().and_then(Value::as_text).cloned().unwrap_or_default();
        return attribute::call(machine, &owner, &name, given);
    }
    let mut out = Vec::new();
    for key in &it.positional {
        out.push(match &*it.class {
            "operator.attrgetter" => dotted(machine, &owner, key)?,
            _ => subscript::get(machine, &owner, &subscript::Key::One(key.clone()))?,
        });
    }
    Ok(if out.len() == 1 { out.swap_remove(0) } else { Value::tuple(out) })
}

fn dotted<'a>(machine: &mut Machine<'a>, owner: &Value<'a>, path: &Value<'a>) -> Eval<'a> {
    let path = path.as_text().cloned().unwrap_or_default();
    let mut at = owner.clone();
    for name in path.split('.') {
        at = attribute::get(machine, &at, name)?;
    }
    Ok(at)
}
