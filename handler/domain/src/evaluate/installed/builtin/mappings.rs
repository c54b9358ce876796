//! `dict(…)`, and tables that are made of pairs.

use crate::evaluate::call::Args;
use crate::evaluate::dict::{Dict, Kind};
use crate::evaluate::machine::{Eval, Machine, Stop};
use crate::evaluate::value::Value;
use crate::evaluate::{class, installed, items, subscript};

/// `dict(…)`
pub(super) fn dict<'a>(machine: &mut Machine<'a>, args: Args<'a>) -> Eval<'a> {
    let first = args.positional.first().map(|it| class::own_value(it).clone());
    let first = first.map(|it| installed::environment_spread(machine, &it));
    let mut out = match &first {
        None => Dict::default(),
        Some(Value::Dict(it)) if matches!(it.borrow().kind, Kind::Environment) => {
            it.borrow().clone()
        }
        Some(Value::Dict(it)) => it.borrow().clone().of_kind(Kind::Plain),
        Some(other) => {
            let Some(pairs) = items::of(machine, other)? else { return Ok(other.clone()) };
            of_pairs(machine, pairs)?
        }
    };
    for (name, value) in args.named {
        out.insert(Value::Text(name), value);
    }
    if let Some(open) = args.open {
        out.insert(open.clone(), open);
    }
    Ok(Value::dict(out))
}

/// A dictionary of pairs.
pub(in crate::evaluate) fn of_pairs<'a>(
    machine: &mut Machine<'a>,
    pairs: Vec<Value<'a>>,
) -> Result<Dict<'a>, Stop<'a>> {
    let mut out = Dict::default();
    for pair in pairs {
        match items::of(machine, &pair)?.as_deref() {
            Some([key, value]) => {
                subscript::hashable(machine, key)?;
                out.insert(key.clone(), value.clone());
            }
            None => out.insert(pair.clone(), pair),
            Some(_) => {
                let message =
                    "dictionary update sequence element has the wrong length; 2 is required";
                return machine.raise("ValueError", message);
            }
        }
    }
    Ok(out)
}

/// `dict.fromkeys(keys, value)`
pub(super) fn from_keys<'a>(
    machine: &mut Machine<'a>,
    keys: &Value<'a>,
    args: &Args<'a>,
) -> Eval<'a> {
    let value = args.positional.get(1).cloned().unwrap_or(Value::None);
    Ok(match items::of(machine, keys)? {
        Some(all) => Value::dict(all.into_iter().map(|it| (it, value.clone())).collect()),
        None => keys.clone(),
    })
}

/// `bytes.fromhex("ff 00")`
pub(super) fn from_hex<'a>(machine: &Machine<'a>, it: &Value<'a>) -> Value<'a> {
    let digits: Option<Vec<u8>> = it.as_text().and_then(|it| {
        let digits: Vec<u32> = it
            .chars()
            .filter(|it| !it.is_whitespace())
            .map(|it| it.to_digit(16))
            .collect::<Option<_>>()?;
        digits
            .chunks(2)
            .map(|it| match it {
                [high, low] => u8::try_from(high * 16 + low).ok(),
                _ => None,
            })
            .collect()
    });
    digits.map_or_else(|| machine.unknown("bytes"), |it| Value::Bytes(it.into()))
}

/// `str.maketrans(…)`: what each character becomes, by its number.
pub(super) fn table<'a>(machine: &mut Machine<'a>, args: &Args<'a>) -> Value<'a> {
    let code = |it: char| Value::Int(u32::from(it).into());
    let mut out = Dict::default();
    match (args.positional.first(), args.text("to", 1)) {
        (Some(Value::Dict(it)), _) => {
            for (key, value) in it.borrow().iter() {
                let key = match key.as_text().and_then(|it| it.chars().next()) {
                    Some(it) => code(it),
                    None => key.clone(),
                };
                out.insert(key, value.clone());
            }
        }
        (Some(from), Some(to)) => {
            let from = from.as_text().cloned().unwrap_or_default();
            for (from, to) in from.chars().zip(to.chars()) {
                out.insert(code(from), Value::text(to.to_string()));
            }
            for it in args.text("without", 2).unwrap_or_default().chars() {
                out.insert(code(it), Value::None);
            }
        }
        _ => return machine.unknown("a table of characters"),
    }
    Value::dict(out)
}
