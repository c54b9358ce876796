//! Functions of all items: `range`, `zip`, `map`, `sorted`, `sum` and the like.

use super::order::{extreme, sorted};
use super::sum;
use crate::evaluate::call::{self, Args};
use crate::evaluate::limits::MAX_ITEMS;
use crate::evaluate::machine::{Eval, Machine, Stop};
use crate::evaluate::value::Value;
use crate::evaluate::{attribute, items, operator};

/// What such a call gives; `None` for other names.
pub(super) fn call<'a>(
    machine: &mut Machine<'a>,
    name: &str,
    args: &Args<'a>,
) -> Result<Option<Value<'a>>, Stop<'a>> {
    Ok(Some(match name {
        "range" => range(machine, args)?,
        "zip" => zip(machine, args)?,
        "map" | "filter" => mapped(machine, name, args)?,
        "min" | "max" => extreme(machine, name, args)?,
        "any" | "all" => any(machine, name, args)?,
        "next" => next(machine, args)?,
        "sorted" | "reversed" | "enumerate" | "sum" | "iter" => {
            let Some(first) = args.positional.first().or_else(|| args.named("iterable")).cloned()
            else {
                return machine.raise("TypeError", format!("{name}() needs an argument"));
            };
            if name == "iter" && matches!(first, Value::Iterator(_)) || has_next(machine, &first) {
                return Ok(Some(first));
            }
            let Some(all) = items::of(machine, &first)? else {
                return Ok(Some(unknown_items(machine, &first)));
            };
            of_items(machine, name, all, args)?
        }
        _ => return Ok(None),
    }))
}

fn has_next<'a>(machine: &mut Machine<'a>, it: &Value<'a>) -> bool {
    matches!(it, Value::Instance(own) if own.class.find(machine, "__next__").is_some())
}

pub(super) fn unknown_items<'a>(machine: &Machine<'a>, it: &Value<'a>) -> Value<'a> {
    match it.as_unknown() {
        Some(_) => it.clone(),
        None => machine.unknown(format!("the items of a {}", it.type_name())),
    }
}

fn of_items<'a>(
    machine: &mut Machine<'a>,
    name: &str,
    all: Vec<Value<'a>>,
    args: &Args<'a>,
) -> Eval<'a> {
    Ok(match name {
        "sorted" => match sorted(machine, all, args)? {
            Ok(all) => Value::list(all),
            Err(unknown) => unknown,
        },
        "reversed" => Value::iterator(all.into_iter().rev().collect()),
        "enumerate" => {
            let start = args.get("start", 1).and_then(Value::as_int).unwrap_or(0);
            let numbers = (0..).map(|at: i128| start.saturating_add(at));
            let pairs = numbers.zip(all).map(|(at, it)| Value::tuple(vec![Value::Int(at), it]));
            Value::iterator(pairs.collect())
        }
        "sum" => {
            let mut total = args.get("start", 1).cloned().unwrap_or(Value::Int(0));
            for it in &all {
                total = sum(machine, &total, it)?;
            }
            total
        }
        _ => Value::iterator(all),
    })
}

fn range<'a>(machine: &mut Machine<'a>, args: &Args<'a>) -> Eval<'a> {
    if let Some(unknown) = args.unknown() {
        return Ok(unknown.clone());
    }
    let mut numbers = Vec::new();
    for it in &args.positional {
        let index = if let Value::Instance(_) = it {
            attribute::call(machine, it, "__index__", Args::none())?
        } else {
            it.clone()
        };
        if let Some(it) = index.as_int() {
            numbers.push(it);
        } else {
            let message =
                format!("'{}' object cannot be interpreted as an integer", it.type_name());
            return machine.raise("TypeError", message);
        }
    }
    let (start, end, step) = match numbers.as_slice() {
        [end] => (0, *end, 1),
        [start, end] => (*start, *end, 1),
        [_, _, 0] => return machine.raise("ValueError", "range() arg 3 must not be zero"),
        [start, end, step] => (*start, *end, *step),
        _ => return machine.raise("TypeError", "range expected at least 1 argument, got 0"),
    };
    let distance = if step > 0 { end.checked_sub(start) } else { start.checked_sub(end) };
    let count = distance.map(|it| {
        let size = step.unsigned_abs();
        u128::try_from(it.max(0)).unwrap_or(0).div_ceil(size)
    });
    match count.and_then(|it| usize::try_from(it).ok()).filter(|it| *it <= MAX_ITEMS) {
        Some(count) => {
            machine.spend_size(count)?;
            let numbers =
                (0..).map(|at: i128| Value::Int(start.saturating_add(step.saturating_mul(at))));
            Ok(Value::list(numbers.take(count).collect()))
        }
        None => Ok(machine.unknown("a range of more than 100000 numbers")),
    }
}

fn zip<'a>(machine: &mut Machine<'a>, args: &Args<'a>) -> Eval<'a> {
    let mut columns = Vec::new();
    for it in &args.positional {
        match items::of(machine, it)? {
            Some(all) => columns.push(all),
            None => return Ok(unknown_items(machine, it)),
        }
    }
    let count = columns.iter().map(Vec::len).min().unwrap_or(0);
    let strict = args.named("strict").and_then(Value::truth) == Some(true);
    if strict && columns.iter().any(|it| it.len() != count) {
        return machine.raise("ValueError", "zip() argument 2 is shorter than argument 1");
    }
    machine.spend_size(count.saturating_mul(columns.len()))?;
    let row =
        |at: usize| Value::tuple(columns.iter().filter_map(|it| it.get(at).cloned()).collect());
    Ok(Value::iterator((0..count).map(row).collect()))
}

fn mapped<'a>(machine: &mut Machine<'a>, name: &str, args: &Args<'a>) -> Eval<'a> {
    let Some((callee, rest)) = args.positional.split_first() else {
        return machine.raise("TypeError", format!("{name}() needs arguments"));
    };
    let rows = zip(machine, &Args::of(rest.to_vec()))?;
    let Some(rows) = items::of(machine, &rows)? else { return Ok(rows) };
    let mut out = Vec::new();
    for row in rows {
        let given = items::of(machine, &row)?.unwrap_or_default();
        if name == "map" {
            out.push(call::value(machine, callee, Args::of(given))?);
            continue;
        }
        let test = match callee {
            Value::None => given.first().cloned().unwrap_or(Value::None),
            _ => call::value(machine, callee, Args::of(given.clone()))?,
        };
        match operator::truth(machine, &test)? {
            Some(true) => out.extend(given),
            Some(false) => {}
            None => return Ok(test),
        }
    }
    Ok(Value::iterator(out))
}

fn any<'a>(machine: &mut Machine<'a>, name: &str, args: &Args<'a>) -> Eval<'a> {
    let ends = name == "any";
    let whole = args.positional.first().cloned().unwrap_or(Value::None);
    let Some(all) = items::of(machine, &whole)? else { return Ok(unknown_items(machine, &whole)) };
    let mut unknown = None;
    for it in &all {
        match operator::truth(machine, it)? {
            Some(truth) if truth == ends => return Ok(Value::Bool(ends)),
            Some(_) => {}
            None => unknown = Some(it.clone()),
        }
    }
    Ok(unknown.unwrap_or(Value::Bool(!ends)))
}

/// `next(iterator, default)`
pub(in crate::evaluate) fn next<'a>(machine: &mut Machine<'a>, args: &Args<'a>) -> Eval<'a> {
    let it = args.positional.first().cloned().unwrap_or(Value::None);
    let found = match &it {
        Value::Iterator(it) => it.borrow_mut().pop_front(),
        Value::Instance(_) => match attribute::call(machine, &it, "__next__", Args::none()) {
            Ok(next) => Some(next),
            Err(Stop::Raise(raised)) if raised.value.type_name() == "StopIteration" => None,
            Err(stop) => return Err(stop),
        },
        Value::Unknown(_) => return Ok(it),
        Value::Object(_) | Value::Outside(_) => return Ok(unknown_items(machine, &it)),
        other => {
            let message = format!("'{}' object is not an iterator", other.type_name());
            return machine.raise("TypeError", message);
        }
    };
    match (found, args.positional.get(1)) {
        (Some(it), _) => Ok(it),
        (None, Some(default)) => Ok(default.clone()),
        (None, None) => crate::evaluate::exception::raise(machine, "StopIteration", Vec::new()),
    }
}
