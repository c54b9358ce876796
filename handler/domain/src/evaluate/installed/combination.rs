//! `itertools`: products, choices and pairs of items.

use super::Made;
use super::iteration::of;
use crate::evaluate::call::Args;
use crate::evaluate::limits::MAX_ITEMS;
use crate::evaluate::machine::{Eval, Machine, Stop};
use crate::evaluate::value::Value;
use crate::evaluate::{items, operator};

/// What such a call gives; `None` for other names.
pub(super) fn call<'a>(machine: &mut Machine<'a>, name: &str, args: &Args<'a>) -> Made<'a> {
    Ok(Some(match name {
        "product" => product(machine, args)?,
        "combinations" | "permutations" | "combinations_with_replacement" => {
            chosen(machine, name, args)?
        }
        "zip_longest" => zip_longest(machine, args)?,
        "compress" => compress(machine, args)?,
        "pairwise" => {
            let Some(all) = of(machine, args, 0)? else { return Ok(None) };
            let pairs = all.iter().zip(all.iter().skip(1));
            Value::iterator(pairs.map(|(a, b)| Value::tuple(vec![a.clone(), b.clone()])).collect())
        }
        "batched" => {
            let Some(all) = of(machine, args, 0)? else { return Ok(None) };
            let size = args.get("n", 1).and_then(Value::as_int).unwrap_or(1);
            let size = usize::try_from(size).unwrap_or(1).max(1);
            Value::iterator(all.chunks(size).map(|it| Value::tuple(it.to_vec())).collect())
        }
        _ => return Ok(None),
    }))
}

type Rows<'a> = Vec<Vec<Value<'a>>>;

fn tuples(rows: Rows<'_>) -> Value<'_> {
    Value::iterator(rows.into_iter().map(Value::tuple).collect())
}

/// Every row with every item after it.
fn extended<'a>(
    machine: &mut Machine<'a>,
    rows: &Rows<'a>,
    items: &[Value<'a>],
) -> Result<Rows<'a>, Stop<'a>> {
    let width = rows.first().map_or(1, |it| it.len() + 1);
    let count = rows.len().saturating_mul(items.len());
    machine.spend_size(if count > MAX_ITEMS { usize::MAX } else { count.saturating_mul(width) })?;
    let mut out = Vec::with_capacity(count);
    for row in rows {
        for it in items {
            out.push(row.iter().chain([it]).cloned().collect());
        }
    }
    Ok(out)
}

fn product<'a>(machine: &mut Machine<'a>, args: &Args<'a>) -> Eval<'a> {
    let mut columns = Vec::new();
    for it in &args.positional {
        match items::of(machine, it)? {
            Some(all) => columns.push(all),
            None => return Ok(it.clone()),
        }
    }
    let times = args.named("repeat").and_then(Value::as_int).unwrap_or(1).clamp(0, 64);
    let mut rows: Rows<'a> = vec![Vec::new()];
    for _ in 0..times {
        for column in &columns {
            rows = extended(machine, &rows, column)?;
        }
    }
    Ok(tuples(rows))
}

/// Rows of indices that grow one by one, those that are not allowed left out.
fn chosen<'a>(machine: &mut Machine<'a>, name: &str, args: &Args<'a>) -> Eval<'a> {
    let Some(all) = of(machine, args, 0)? else { return Ok(machine.unknown("choices of items")) };
    let size = args.get("r", 1).and_then(Value::as_int).and_then(|it| usize::try_from(it).ok());
    let size = size.unwrap_or(all.len());
    let mut rows: Vec<Vec<usize>> = vec![Vec::new()];
    for _ in 0..size {
        let mut next = Vec::new();
        for row in &rows {
            let first = match (name, row.last()) {
                ("combinations", Some(last)) => last + 1,
                ("combinations_with_replacement", Some(last)) => *last,
                _ => 0,
            };
            for at in first..all.len() {
                if name != "permutations" || !row.contains(&at) {
                    next.push(row.iter().copied().chain([at]).collect());
                }
            }
            machine.spend_size(if next.len() > MAX_ITEMS { usize::MAX } else { row.len() })?;
        }
        rows = next;
        machine.spend_size(rows.len().saturating_mul(size))?;
        if rows.is_empty() {
            break;
        }
    }
    let row = |row: Vec<usize>| row.into_iter().filter_map(|at| all.get(at).cloned()).collect();
    Ok(tuples(rows.into_iter().map(row).collect()))
}

fn zip_longest<'a>(machine: &mut Machine<'a>, args: &Args<'a>) -> Eval<'a> {
    let fill = args.named("fillvalue").cloned().unwrap_or(Value::None);
    let mut columns = Vec::new();
    for it in &args.positional {
        match items::of(machine, it)? {
            Some(all) => columns.push(all),
            None => return Ok(it.clone()),
        }
    }
    let count = columns.iter().map(Vec::len).max().unwrap_or(0);
    machine.spend_size(count.saturating_mul(columns.len()))?;
    let cell = |column: &Vec<Value<'a>>, at: usize| {
        column.get(at).cloned().unwrap_or_else(|| fill.clone())
    };
    let rows = (0..count).map(|at| columns.iter().map(|it| cell(it, at)).collect());
    Ok(tuples(rows.collect()))
}

fn compress<'a>(machine: &mut Machine<'a>, args: &Args<'a>) -> Eval<'a> {
    let (Some(all), Some(tests)) = (of(machine, args, 0)?, of(machine, args, 1)?) else {
        return Ok(machine.unknown("some of the items"));
    };
    let mut out = Vec::new();
    for (it, test) in all.into_iter().zip(tests) {
        if operator::truth(machine, &test)? == Some(true) {
            out.push(it);
        }
    }
    Ok(Value::iterator(out))
}
