//! Methods of `set` and `frozenset`.

use std::rc::Rc;

use crate::evaluate::call::Args;
use crate::evaluate::dict::{Dict, Shared};
use crate::evaluate::machine::{Eval, Machine};
use crate::evaluate::value::Value;
use crate::evaluate::{exception, items, operator, subscript};

pub(super) const NAMES: [&str; 19] = [
    "__contains__",
    "__len__",
    "add",
    "clear",
    "copy",
    "difference",
    "difference_update",
    "discard",
    "intersection",
    "intersection_update",
    "isdisjoint",
    "issubset",
    "issuperset",
    "pop",
    "remove",
    "symmetric_difference",
    "symmetric_difference_update",
    "union",
    "update",
];

/// What `set.name(…)` gives.
pub(super) fn call<'a>(
    machine: &mut Machine<'a>,
    it: &Shared<'a>,
    name: &str,
    args: Args<'a>,
) -> Eval<'a> {
    use ruff_python_ast::Operator;
    if let Some(name) = name.strip_suffix("_update") {
        match call(machine, it, name, args)? {
            Value::Set(made) => *it.borrow_mut() = made.take(),
            // so that whoever reads the set meets it
            unknown => it.borrow_mut().insert(unknown, Value::None),
        }
        return Ok(Value::None);
    }
    let own = Value::Set(Rc::clone(it));
    let operator = match name {
        "union" => Operator::BitOr,
        "intersection" => Operator::BitAnd,
        "difference" => Operator::Sub,
        "symmetric_difference" => Operator::BitXor,
        _ => return changed(machine, it, name, &args),
    };
    let mut out = operator::binary(machine, Operator::BitOr, &own, &Value::set([]))?;
    for other in &args.positional {
        let Some(all) = items::of(machine, other)? else { return Ok(other.clone()) };
        out = operator::binary(machine, operator, &out, &Value::set(all))?;
    }
    Ok(out)
}

fn changed<'a>(
    machine: &mut Machine<'a>,
    it: &Shared<'a>,
    name: &str,
    args: &Args<'a>,
) -> Eval<'a> {
    let first = args.positional.first().cloned().unwrap_or(Value::None);
    match name {
        "add" => {
            subscript::hashable(machine, &first)?;
            machine.spend_size(1)?;
            it.borrow_mut().insert(first, Value::None);
        }
        "discard" => drop(it.borrow_mut().remove(&first)),
        "remove" if it.borrow_mut().remove(&first).is_none() => {
            return exception::no_key(machine, &first);
        }
        "remove" => {}
        "clear" => it.borrow_mut().clear(),
        "copy" => return Ok(Value::set(it.borrow().keys())),
        "update" => {
            for more in &args.positional {
                for one in items::of(machine, more)?.unwrap_or_else(|| vec![more.clone()]) {
                    it.borrow_mut().insert(one, Value::None);
                }
            }
        }
        "pop" => {
            let one = it.borrow().keys().into_iter().next();
            return match one {
                Some(one) => {
                    it.borrow_mut().remove(&one);
                    Ok(one)
                }
                None => machine.raise("KeyError", "pop from an empty set"),
            };
        }
        "issubset" | "issuperset" | "isdisjoint" => {
            let Some(other) = items::of(machine, &first)? else { return Ok(first) };
            let other: Dict<'a> = other.into_iter().map(|it| (it, Value::None)).collect();
            let it = it.borrow();
            let within = |a: &Dict<'a>, b: &Dict<'a>| a.iter().all(|(key, _)| b.contains(key));
            return Ok(Value::Bool(match name {
                "issubset" => within(&it, &other),
                "issuperset" => within(&other, &it),
                _ => !it.iter().any(|(key, _)| other.contains(key)),
            }));
        }
        _ => return Ok(machine.unknown(format!("the result of `set.{name}`"))),
    }
    Ok(Value::None)
}
