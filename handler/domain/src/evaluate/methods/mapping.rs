//! Methods of `dict` and `set`.

use std::cell::RefCell;
use std::rc::Rc;

use crate::evaluate::call::Args;
use crate::evaluate::dict::Dict;
use crate::evaluate::machine::{Eval, Machine, Stop};
use crate::evaluate::value::Value;
use crate::evaluate::{format, items, operator};

pub(super) const NAMES: [&str; 11] = [
    "clear",
    "copy",
    "fromkeys",
    "get",
    "items",
    "keys",
    "pop",
    "popitem",
    "setdefault",
    "update",
    "values",
];

pub(super) const OF_SETS: [&str; 14] = [
    "add",
    "clear",
    "copy",
    "difference",
    "discard",
    "intersection",
    "isdisjoint",
    "issubset",
    "issuperset",
    "pop",
    "remove",
    "symmetric_difference",
    "union",
    "update",
];

type Shared<'a> = Rc<RefCell<Dict<'a>>>;

/// What `dict.name(…)` gives.
pub(super) fn call<'a>(
    machine: &mut Machine<'a>,
    it: &Shared<'a>,
    name: &str,
    args: Args<'a>,
) -> Eval<'a> {
    let first = args.positional.first().cloned().unwrap_or(Value::None);
    let second = || args.get("default", 1).cloned();
    machine.spend_size(it.borrow().len())?;
    Ok(match name {
        "get" => lookup(&it.borrow(), &first).unwrap_or_else(|| second().unwrap_or(Value::None)),
        "keys" => Value::list(it.borrow().keys()),
        "values" => Value::list(it.borrow().iter().map(|(_, it)| it.clone()).collect()),
        "items" => {
            let it = it.borrow();
            let pairs =
                it.iter().map(|(key, value)| Value::tuple(vec![key.clone(), value.clone()]));
            Value::list(pairs.collect())
        }
        "copy" => Value::dict(it.borrow().clone()),
        "clear" => {
            it.borrow_mut().clear();
            Value::None
        }
        "setdefault" => {
            let known = it.borrow().get(&first).cloned();
            known.unwrap_or_else(|| {
                let value = second().unwrap_or(Value::None);
                it.borrow_mut().insert(first, value.clone());
                value
            })
        }
        "pop" => {
            let taken = it.borrow_mut().remove(&first);
            match taken.or_else(second) {
                Some(value) => value,
                None => return machine.raise("KeyError", format::repr(&first)),
            }
        }
        "popitem" => match it.borrow_mut().pop_last() {
            Some((key, value)) => Value::tuple(vec![key, value]),
            None => return machine.raise("KeyError", "'popitem(): dictionary is empty'"),
        },
        "update" => {
            update(machine, it, args)?;
            Value::None
        }
        _ => machine.unknown(format!("the result of `dict.{name}`")),
    })
}

/// The value of `key`; what is not known when the key is not, or may be among what is not known.
fn lookup<'a>(it: &Dict<'a>, key: &Value<'a>) -> Option<Value<'a>> {
    if key.as_unknown().is_some() {
        return Some(key.clone());
    }
    let open = || it.iter().map(|(key, _)| key).find(|it| it.as_unknown().is_some());
    it.get(key).or_else(open).cloned()
}

fn update<'a>(machine: &mut Machine<'a>, it: &Shared<'a>, args: Args<'a>) -> Result<(), Stop<'a>> {
    for more in args.positional {
        if let Value::Dict(more) = &more {
            let more = more.borrow().clone();
            more.iter().for_each(|(key, value)| it.borrow_mut().insert(key.clone(), value.clone()));
            continue;
        }
        let Some(pairs) = items::of(machine, &more)? else {
            it.borrow_mut().insert(more.clone(), more);
            continue;
        };
        for pair in pairs {
            if let Some([key, value]) = items::of(machine, &pair)?.as_deref() {
                it.borrow_mut().insert(key.clone(), value.clone());
            }
        }
    }
    for (name, value) in args.named {
        it.borrow_mut().insert(Value::Text(name), value);
    }
    Ok(())
}

/// What `set.name(…)` gives.
pub(super) fn of_set<'a>(
    machine: &mut Machine<'a>,
    it: &Shared<'a>,
    name: &str,
    args: Args<'a>,
) -> Eval<'a> {
    use ruff_python_ast::Operator;
    let first = args.positional.first().cloned().unwrap_or(Value::None);
    let own = Value::Set(Rc::clone(it));
    let operator = match name {
        "union" => Operator::BitOr,
        "intersection" => Operator::BitAnd,
        "difference" => Operator::Sub,
        "symmetric_difference" => Operator::BitXor,
        _ => return changed(machine, it, name, first),
    };
    let mut out = own;
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
    first: Value<'a>,
) -> Eval<'a> {
    match name {
        "add" => it.borrow_mut().insert(first, Value::None),
        "discard" => drop(it.borrow_mut().remove(&first)),
        "remove" if it.borrow_mut().remove(&first).is_none() => {
            return machine.raise("KeyError", format::repr(&first));
        }
        "remove" => {}
        "clear" => it.borrow_mut().clear(),
        "copy" => return Ok(Value::set(it.borrow().keys())),
        "update" => {
            for one in items::of(machine, &first)?.unwrap_or_else(|| vec![first]) {
                it.borrow_mut().insert(one, Value::None);
            }
        }
        "pop" => {
            let one = it.borrow().keys().into_iter().next();
            return match one {
                Some(one) => {
                    it.borrow_mut().remove(&one);
                    Ok(one)
                }
                None => machine.raise("KeyError", "'pop from an empty set'"),
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
