//! `itertools`: lists of the items of others.

use super::{Made, combination};
use crate::evaluate::call::{self, Args};
use crate::evaluate::limits::MAX_ITEMS;
use crate::evaluate::machine::{Eval, Machine, Stop};
use crate::evaluate::value::Value;
use crate::evaluate::{compare, items, operator};

/// Most items of what has no end: what takes more of them is not known.
const ENDLESS: i128 = 10_000;

/// What such a call gives; `None` for other names.
pub(super) fn call<'a>(machine: &mut Machine<'a>, dotted: &str, args: &Args<'a>) -> Made<'a> {
    let Some(name) = dotted.strip_prefix("itertools.") else { return Ok(None) };
    if let Some(unknown) = args.unknown() {
        return Ok(Some(unknown.clone()));
    }
    Ok(Some(match name {
        "count" => count(args),
        "cycle" | "repeat" => return endless(machine, name, args).map(Some),
        "chain" => match joined(machine, args.positional.clone())? {
            Some(all) => Value::iterator(all),
            None => machine.unknown("the items of a chain"),
        },
        "chain.from_iterable" => {
            let Some(parts) = of(machine, args, 0)? else { return Ok(Some(unknown(machine))) };
            match joined(machine, parts)? {
                Some(all) => Value::iterator(all),
                None => unknown(machine),
            }
        }
        "islice" => islice(machine, args)?,
        "takewhile" | "dropwhile" | "filterfalse" => by_test(machine, name, args)?,
        "starmap" => starmap(machine, args)?,
        "groupby" => groups(machine, args)?,
        "accumulate" => accumulate(machine, args)?,
        "tee" => {
            let Some(all) = of(machine, args, 0)? else { return Ok(Some(unknown(machine))) };
            let count = args.get("n", 1).and_then(Value::as_int).unwrap_or(2).clamp(0, 100);
            Value::tuple((0..count).map(|_| Value::iterator(all.clone())).collect())
        }
        _ => return combination::call(machine, name, args),
    }))
}

fn unknown<'a>(machine: &Machine<'a>) -> Value<'a> {
    machine.unknown("the items of something")
}

/// The items of the argument at `place`.
pub(super) fn of<'a>(
    machine: &mut Machine<'a>,
    args: &Args<'a>,
    place: usize,
) -> Result<Option<Vec<Value<'a>>>, Stop<'a>> {
    match args.positional.get(place).or_else(|| args.named("iterable")).cloned() {
        Some(it) => items::of(machine, &it),
        None => machine.raise("TypeError", "an argument is missing"),
    }
}

fn count<'a>(args: &Args<'a>) -> Value<'a> {
    let start = args.get("start", 0).and_then(Value::as_int).unwrap_or(0);
    let step = args.get("step", 1).and_then(Value::as_int).unwrap_or(1);
    let all = (0..ENDLESS).map(|at| Value::Int(start.saturating_add(at.saturating_mul(step))));
    Value::iterator(all.collect())
}

fn endless<'a>(machine: &mut Machine<'a>, name: &str, args: &Args<'a>) -> Eval<'a> {
    machine.spend(100)?;
    if name == "repeat" {
        let it = args.get("object", 0).cloned().unwrap_or(Value::None);
        let times = args.get("times", 1).and_then(Value::as_int).unwrap_or(ENDLESS);
        let times = usize::try_from(times.max(0)).unwrap_or(usize::MAX);
        machine.spend_size(if times > MAX_ITEMS { usize::MAX } else { times })?;
        return Ok(Value::iterator(vec![it; times]));
    }
    let Some(all) = of(machine, args, 0)? else { return Ok(unknown(machine)) };
    let most = usize::try_from(ENDLESS).unwrap_or(0);
    Ok(Value::iterator(all.into_iter().cycle().take(most).collect()))
}

fn joined<'a>(
    machine: &mut Machine<'a>,
    parts: Vec<Value<'a>>,
) -> Result<Option<Vec<Value<'a>>>, Stop<'a>> {
    let mut out = Vec::new();
    for it in &parts {
        let Some(all) = items::of(machine, it)? else { return Ok(None) };
        out.extend(all);
        machine.spend_size(out.len())?;
    }
    Ok(Some(out))
}

fn islice<'a>(machine: &mut Machine<'a>, args: &Args<'a>) -> Eval<'a> {
    let number = |at: usize| {
        let it = args.positional.get(at).and_then(Value::as_int)?;
        usize::try_from(it).ok()
    };
    let (start, end) = match args.positional.len() {
        0..=2 => (0, number(1)),
        _ => (number(1).unwrap_or(0), number(2)),
    };
    let step = number(3).unwrap_or(1).max(1);
    // what is iterated keeps what is not taken
    if let (Some(Value::Iterator(left)), Some(end)) = (args.positional.first(), end) {
        let mut left = left.borrow_mut();
        let count = end.min(left.len());
        let taken: Vec<Value<'a>> = left.drain(..count).collect();
        return Ok(Value::iterator(taken.into_iter().skip(start).step_by(step).collect()));
    }
    let Some(all) = of(machine, args, 0)? else { return Ok(unknown(machine)) };
    let all = all.into_iter().take(end.unwrap_or(usize::MAX)).skip(start).step_by(step);
    Ok(Value::iterator(all.collect()))
}

fn by_test<'a>(machine: &mut Machine<'a>, name: &str, args: &Args<'a>) -> Eval<'a> {
    let test = args.positional.first().cloned().unwrap_or(Value::None);
    let Some(all) = of(machine, args, 1)? else { return Ok(unknown(machine)) };
    let (mut out, mut dropping) = (Vec::new(), true);
    for it in all {
        let given = match &test {
            Value::None => it.clone(),
            test => call::value(machine, test, Args::of(vec![it.clone()]))?,
        };
        let Some(fits) = operator::truth(machine, &given)? else { return Ok(given) };
        dropping &= fits;
        match name {
            "takewhile" if !fits => break,
            "takewhile" => out.push(it),
            "dropwhile" if !dropping => out.push(it),
            "filterfalse" if !fits => out.push(it),
            _ => {}
        }
    }
    Ok(Value::iterator(out))
}

fn starmap<'a>(machine: &mut Machine<'a>, args: &Args<'a>) -> Eval<'a> {
    let callee = args.positional.first().cloned().unwrap_or(Value::None);
    let Some(all) = of(machine, args, 1)? else { return Ok(unknown(machine)) };
    let mut out = Vec::new();
    for it in all {
        let Some(given) = items::of(machine, &it)? else { return Ok(it) };
        out.push(call::value(machine, &callee, Args::of(given))?);
    }
    Ok(Value::iterator(out))
}

fn groups<'a>(machine: &mut Machine<'a>, args: &Args<'a>) -> Eval<'a> {
    let key = args.get("key", 1).filter(|it| !it.is_none()).cloned();
    let Some(all) = of(machine, args, 0)? else { return Ok(unknown(machine)) };
    let mut out: Vec<(Value<'a>, Vec<Value<'a>>)> = Vec::new();
    for it in all {
        let by = match &key {
            Some(key) => call::value(machine, key, Args::of(vec![it.clone()]))?,
            None => it.clone(),
        };
        let same = match out.last() {
            Some((last, _)) => compare::equal(machine, last, &by)?,
            None => Some(false),
        };
        match (same, out.last_mut()) {
            (Some(true), Some((_, group))) => group.push(it),
            (None, _) => return Ok(by),
            _ => out.push((by, vec![it])),
        }
    }
    let rows = out.into_iter().map(|(key, all)| Value::tuple(vec![key, Value::iterator(all)]));
    Ok(Value::iterator(rows.collect()))
}

fn accumulate<'a>(machine: &mut Machine<'a>, args: &Args<'a>) -> Eval<'a> {
    let function = args.get("func", 1).filter(|it| !it.is_none()).cloned();
    let Some(all) = of(machine, args, 0)? else { return Ok(unknown(machine)) };
    let initial = args.named("initial").filter(|it| !it.is_none()).cloned();
    let mut out = Vec::new();
    for it in initial.into_iter().chain(all) {
        let next = match (out.last(), &function) {
            (None, _) => it,
            (Some(total), Some(function)) => {
                let given = vec![Value::clone(total), it];
                call::value(machine, function, Args::of(given))?
            }
            (Some(total), None) => {
                let total = Value::clone(total);
                operator::binary(machine, ruff_python_ast::Operator::Add, &total, &it)?
            }
        };
        out.push(next);
    }
    Ok(Value::iterator(out))
}
