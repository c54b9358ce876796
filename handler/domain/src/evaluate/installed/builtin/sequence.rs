//! Functions of all items: `range`, `zip`, `map`, `sorted`, `sum` and the like.

use std::cmp::Ordering;
use std::rc::Rc;

use super::sum;
use crate::evaluate::call::{self, Args};
use crate::evaluate::class;
use crate::evaluate::machine::{Eval, MAX_ITEMS, Machine, Stop};
use crate::evaluate::value::Value;
use crate::evaluate::{attribute, compare, items, operator};

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

fn unknown_items<'a>(machine: &Machine<'a>, it: &Value<'a>) -> Value<'a> {
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

fn extreme<'a>(machine: &mut Machine<'a>, name: &str, args: &Args<'a>) -> Eval<'a> {
    let all = match args.positional.as_slice() {
        [only] => match items::of(machine, only)? {
            Some(all) => all,
            None => return Ok(unknown_items(machine, only)),
        },
        all => all.to_vec(),
    };
    let key = args.named("key").filter(|it| !it.is_none()).cloned();
    let mut best: Option<(Value<'a>, Value<'a>)> = None;
    for it in all {
        let by = keyed(machine, key.as_ref(), &it)?;
        let Some((known, _)) = &best else {
            best = Some((by, it));
            continue;
        };
        match compare::order(machine, &by, known)? {
            Some(Ordering::Less) if name == "min" => best = Some((by, it)),
            Some(Ordering::Greater) if name == "max" => best = Some((by, it)),
            Some(_) => {}
            None => return Ok(machine.unknown("an order")),
        }
    }
    match best.map(|(_, it)| it).or_else(|| args.named("default").cloned()) {
        Some(it) => Ok(it),
        None => machine.raise("ValueError", format!("{name}() arg is an empty sequence")),
    }
}

fn keyed<'a>(machine: &mut Machine<'a>, key: Option<&Value<'a>>, it: &Value<'a>) -> Eval<'a> {
    match key {
        Some(key) => call::value(machine, key, Args::of(vec![it.clone()])),
        None => Ok(it.clone()),
    }
}

/// In order, by `key` and `reverse` of `args`; else what is not known.
pub(in crate::evaluate) fn sorted<'a>(
    machine: &mut Machine<'a>,
    all: Vec<Value<'a>>,
    args: &Args<'a>,
) -> Result<Result<Vec<Value<'a>>, Value<'a>>, Stop<'a>> {
    let key = args.named("key").filter(|it| !it.is_none()).cloned();
    let reverse = match args.named("reverse") {
        Some(it) => operator::truth(machine, it)? == Some(true),
        None => false,
    };
    let mut rows = Vec::new();
    for it in all {
        let by = keyed(machine, key.as_ref(), &it)?;
        if class::own_value(&by).as_unknown().is_some() {
            return Ok(Err(by));
        }
        rows.push((by, it));
    }
    // an exception or an unknown order ends it: both are told after the sort, which goes on as if all were equal
    let mut end = None;
    let mut order = |a: &Value<'a>, b: &Value<'a>| match &end {
        Some(_) => Ordering::Equal,
        None => match compare::order(machine, a, b) {
            Ok(Some(it)) => it,
            other => {
                end = Some(other);
                Ordering::Equal
            }
        },
    };
    let mut out: Vec<Rc<(Value<'a>, Value<'a>)>> = rows.into_iter().map(Rc::new).collect();
    merge_sort(&mut out, &mut |a, b| if reverse { order(&b.0, &a.0) } else { order(&a.0, &b.0) });
    match end {
        Some(Err(stop)) => Err(stop),
        Some(Ok(_)) => Ok(Err(machine.unknown("an order"))),
        None => Ok(Ok(out.iter().map(|it| it.1.clone()).collect())),
    }
}

/// A stable sort that takes any order, a wrong one too: that of the standard library may panic on one.
fn merge_sort<T: Clone>(all: &mut Vec<T>, order: &mut dyn FnMut(&T, &T) -> Ordering) {
    if all.len() < 2 {
        return;
    }
    let mut right = all.split_off(all.len() / 2);
    merge_sort(all, order);
    merge_sort(&mut right, order);
    let (mut a, mut b) = (std::mem::take(all).into_iter().peekable(), right.into_iter().peekable());
    while let (Some(left), Some(other)) = (a.peek(), b.peek()) {
        let from_right = order(other, left).is_lt();
        all.extend(if from_right { b.next() } else { a.next() });
    }
    all.extend(a);
    all.extend(b);
}
