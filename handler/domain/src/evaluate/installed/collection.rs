//! `itertools`, `functools`, `collections`, `copy`, `typing`.

use super::object;
use crate::evaluate::call::{self, Args};
use crate::evaluate::items;
use crate::evaluate::machine::{Machine, Stop};
use crate::evaluate::value::Value;

/// What such a call gives; `None` for other names.
pub(super) fn call<'a>(
    machine: &mut Machine<'a>,
    dotted: &str,
    args: &Args<'a>,
) -> Result<Option<Value<'a>>, Stop<'a>> {
    let first = args.positional.first().cloned();
    Ok(Some(match (dotted, first) {
        ("typing.cast" | "typing_extensions.cast", _) => {
            args.get("val", 1).cloned().unwrap_or(Value::None)
        }
        ("functools.partial", _) => object(machine, "functools.partial", args.clone()),
        ("functools.reduce", Some(callee)) => {
            let given = args.positional.get(1).cloned().unwrap_or(Value::None);
            let Some(all) = items::of(machine, &given)? else { return Ok(Some(given)) };
            let mut all = all.into_iter();
            let start = args.positional.get(2).cloned().or_else(|| all.next());
            let Some(mut out) = start else {
                return machine
                    .raise("TypeError", "reduce() of empty iterable with no initial value");
            };
            for it in all {
                out = call::value(machine, &callee, Args::of(vec![out, it]))?;
            }
            out
        }
        ("copy.copy" | "copy.deepcopy", Some(it)) => {
            copied(machine, &it, dotted.ends_with("deepcopy"))?
        }
        _ => return Ok(None),
    }))
}

fn copied<'a>(
    machine: &mut Machine<'a>,
    it: &Value<'a>,
    deep: bool,
) -> Result<Value<'a>, Stop<'a>> {
    machine.spend(1)?;
    let mut inner = |it: &Value<'a>| {
        if deep { machine.nested(|machine| copied(machine, it, true)) } else { Ok(it.clone()) }
    };
    Ok(match it {
        Value::List(it) => {
            let all: Result<Vec<_>, _> = it.borrow().iter().map(&mut inner).collect();
            Value::list(all?)
        }
        Value::Tuple(it) => Value::tuple(it.iter().map(&mut inner).collect::<Result<Vec<_>, _>>()?),
        Value::Dict(it) => {
            let mut out = crate::evaluate::dict::Dict::default();
            for (key, value) in it.borrow().iter() {
                out.insert(key.clone(), inner(value)?);
            }
            Value::dict(out)
        }
        Value::Set(it) => Value::set(it.borrow().keys()),
        other => other.clone(),
    })
}
