//! Methods of `list` and `tuple`.

use std::cell::RefCell;
use std::rc::Rc;

use crate::evaluate::call::Args;
use crate::evaluate::installed::sorted;
use crate::evaluate::machine::{Eval, Machine, Stop};
use crate::evaluate::value::Value;
use crate::evaluate::{compare, items};

pub(super) const NAMES: [&str; 15] = [
    "append",
    "appendleft",
    "clear",
    "copy",
    "count",
    "extend",
    "extendleft",
    "index",
    "insert",
    "pop",
    "popleft",
    "remove",
    "reverse",
    "rotate",
    "sort",
];

type List<'a> = Rc<RefCell<Vec<Value<'a>>>>;

/// What `list.name(…)` gives.
pub(super) fn call<'a>(
    machine: &mut Machine<'a>,
    it: &List<'a>,
    name: &str,
    args: Args<'a>,
) -> Eval<'a> {
    let first = args.positional.first().cloned().unwrap_or(Value::None);
    match name {
        "append" => {
            machine.spend_size(1)?;
            it.borrow_mut().push(first);
        }
        // of `deque`, which is a list here
        "appendleft" => {
            machine.spend_size(it.borrow().len())?;
            it.borrow_mut().insert(0, first);
        }
        "popleft" => return call(machine, it, "pop", Args::of(vec![Value::Int(0)])),
        "extendleft" => {
            let more = items::of(machine, &first)?.unwrap_or_else(|| vec![first]);
            it.borrow_mut().splice(0..0, more.into_iter().rev());
        }
        "rotate" => rotate(&mut it.borrow_mut(), first.as_int().unwrap_or(1)),
        "clear" => it.borrow_mut().clear(),
        "copy" => return Ok(Value::list(it.borrow().clone())),
        "reverse" => it.borrow_mut().reverse(),
        "extend" => match items::of(machine, &first)? {
            Some(more) => it.borrow_mut().extend(more),
            None => it.borrow_mut().push(first),
        },
        "insert" => {
            let length = it.borrow().len();
            let at = place(&first, length).min(length);
            machine.spend_size(length)?;
            it.borrow_mut().insert(at, args.positional.get(1).cloned().unwrap_or(Value::None));
        }
        "pop" => return popped(machine, it, args.positional.first()),
        "remove" => {
            let all = it.borrow().clone();
            match found(machine, &all, &first)? {
                Some(at) => drop(it.borrow_mut().remove(at)),
                None => return machine.raise("ValueError", "list.remove(x): x not in list"),
            }
        }
        "sort" => {
            let all = it.borrow().clone();
            let ordered = sorted(machine, all, &args)?;
            *it.borrow_mut() = ordered.unwrap_or_else(|unknown| vec![unknown]);
        }
        _ => {
            let all = it.borrow().clone();
            return of_tuple(machine, &all, name, &args);
        }
    }
    Ok(Value::None)
}

/// `list.pop(index)`
fn popped<'a>(machine: &mut Machine<'a>, it: &List<'a>, index: Option<&Value<'a>>) -> Eval<'a> {
    let length = it.borrow().len();
    let at = index.map_or(length.wrapping_sub(1), |it| place(it, length));
    if at >= length {
        let what = if length == 0 { "pop from empty list" } else { "pop index out of range" };
        return machine.raise("IndexError", what);
    }
    machine.spend_size(length - at)?;
    Ok(it.borrow_mut().remove(at))
}

fn rotate(all: &mut [Value<'_>], by: i128) {
    let length = i128::try_from(all.len()).unwrap_or(i128::MAX);
    if length > 0 {
        all.rotate_right(usize::try_from(by.rem_euclid(length)).unwrap_or(0));
    }
}

fn place(index: &Value<'_>, length: usize) -> usize {
    let index = index.as_int().unwrap_or(0);
    let length = i128::try_from(length).unwrap_or(i128::MAX);
    usize::try_from(if index < 0 { index.saturating_add(length) } else { index }).unwrap_or(0)
}

fn found<'a>(
    machine: &mut Machine<'a>,
    all: &[Value<'a>],
    wanted: &Value<'a>,
) -> Result<Option<usize>, Stop<'a>> {
    for (at, it) in all.iter().enumerate() {
        if compare::equal(machine, it, wanted)? == Some(true) {
            return Ok(Some(at));
        }
    }
    Ok(None)
}

/// `count` and `index`
pub(super) fn of_tuple<'a>(
    machine: &mut Machine<'a>,
    all: &[Value<'a>],
    name: &str,
    args: &Args<'a>,
) -> Eval<'a> {
    let wanted = args.positional.first().cloned().unwrap_or(Value::None);
    match name {
        "index" => {
            if let Some(at) = found(machine, all, &wanted)? {
                Ok(Value::Int(i128::try_from(at).unwrap_or(i128::MAX)))
            } else {
                let shown = crate::evaluate::format::repr(&wanted);
                machine.raise("ValueError", format!("{shown} is not in list"))
            }
        }
        "count" => {
            let mut count = 0;
            for it in all {
                if compare::equal(machine, it, &wanted)? == Some(true) {
                    count += 1;
                }
            }
            Ok(Value::Int(count))
        }
        _ => Ok(machine.unknown(format!("the result of `{name}`"))),
    }
}
