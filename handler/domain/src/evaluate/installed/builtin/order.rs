//! `min`, `max`, `sorted`.

use std::cmp::Ordering;
use std::rc::Rc;

use super::sequence::unknown_items;
use crate::evaluate::call::{self, Args};
use crate::evaluate::machine::{Eval, Machine, Stop};
use crate::evaluate::value::Value;
use crate::evaluate::{class, compare, items, operator};

pub(super) fn extreme<'a>(machine: &mut Machine<'a>, name: &str, args: &Args<'a>) -> Eval<'a> {
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
