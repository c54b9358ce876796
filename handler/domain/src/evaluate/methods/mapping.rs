//! Methods of `dict`.

use crate::evaluate::call::Args;
use crate::evaluate::dict::{Dict, Kind, Shared};
use crate::evaluate::machine::{Eval, Machine, Stop};
use crate::evaluate::value::Value;
use crate::evaluate::{call, class, exception, items, subscript};

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
        "copy" => match it.borrow().clone() {
            it if matches!(it.kind, Kind::Of(_)) => Value::dict(it.of_kind(Kind::Plain)),
            it => Value::dict(it),
        },
        "update" if matches!(it.borrow().kind, Kind::Counter) => {
            super::container::count(machine, it, &args, 1)?;
            Value::None
        }
        "clear" => {
            it.borrow_mut().clear();
            Value::None
        }
        "setdefault" => {
            subscript::hashable(machine, &first)?;
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
                None => return exception::no_key(machine, &first),
            }
        }
        "popitem" => match popped(it, &args) {
            Some((key, value)) => Value::tuple(vec![key, value]),
            None => return machine.raise("KeyError", "popitem(): dictionary is empty"),
        },
        "update" => {
            update(machine, it, args)?;
            Value::None
        }
        "fromkeys" => return call::value(machine, &Value::outside("builtins.dict.fromkeys"), args),
        _ => return super::container::call(machine, it, name, &args),
    })
}

fn popped<'a>(it: &Shared<'a>, args: &Args<'a>) -> Option<(Value<'a>, Value<'a>)> {
    match args.get("last", 0).and_then(Value::truth) {
        Some(false) => it.borrow_mut().pop_first(),
        _ => it.borrow_mut().pop_last(),
    }
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
        if let Value::Dict(more) = class::own_value(&more) {
            let more = more.borrow().clone();
            machine.spend_size(more.len() * 8)?;
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
