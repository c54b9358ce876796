//! `packaging.specifiers`: which versions fit.

use super::Made;
use super::version::{self, Version};
use crate::evaluate::call::Args;
use crate::evaluate::files;
use crate::evaluate::items;
use crate::evaluate::machine::{Eval, Machine};
use crate::evaluate::value::{Object, Value};

/// What such a call gives; `None` for other names.
pub(super) fn call<'a>(machine: &mut Machine<'a>, _: &str, args: &Args<'a>) -> Made<'a> {
    let text = args.text("specifiers", 0).unwrap_or_default();
    if text.split(',').any(|it| !it.trim().is_empty() && part(it).is_none()) {
        return machine.raise("InvalidSpecifier", format!("Invalid specifier: '{text}'"));
    }
    let fields = [("text", Value::text(&*text))];
    Ok(Some(files::object(machine.at, "packaging.specifiers.SpecifierSet", fields)))
}

/// `>=1.2`: the operator and what follows.
fn part(text: &str) -> Option<(&str, &str)> {
    const OPERATORS: [&str; 8] = ["===", "~=", "==", "!=", "<=", ">=", "<", ">"];
    let text = text.trim();
    let op = OPERATORS.iter().find(|it| text.starts_with(**it))?;
    let wanted = text.get(op.len()..)?.trim();
    version::parse(wanted.strip_suffix(".*").unwrap_or(wanted)).map(|_| (*op, wanted))
}

/// `set.contains(version)`, `set.filter(versions)`
pub(super) fn method<'a>(
    machine: &mut Machine<'a>,
    it: &Object<'a>,
    name: &str,
    args: &Args<'a>,
) -> Eval<'a> {
    let text = it.fields.borrow().get("text").and_then(Value::as_text).cloned().unwrap_or_default();
    let first = args.positional.first().cloned().unwrap_or(Value::None);
    let all =
        if name == "filter" { items::of(machine, &first)? } else { Some(vec![first.clone()]) };
    let Some(all) = all else { return Ok(first) };
    let (mut fitting, mut known) = (Vec::new(), true);
    for it in all {
        match of(&it) {
            Some(version) if fits(&text, &version) => fitting.push(it),
            Some(_) => {}
            None => known = false,
        }
    }
    Ok(match name {
        _ if !known => machine.unknown("whether a version fits"),
        "filter" => Value::iterator(fitting),
        _ => Value::Bool(!fitting.is_empty()),
    })
}

fn of(it: &Value<'_>) -> Option<Version> {
    match it {
        Value::Object(it) => version::of(it),
        other => version::parse(other.as_text()?),
    }
}

/// Source: `SpecifierSet.contains`: pre-releases fit only where a specifier names one.
fn fits(text: &str, it: &Version) -> bool {
    let parts: Vec<(&str, &str)> = text.split(',').filter_map(part).collect();
    let names_one =
        parts.iter().any(|(_, wanted)| version::parse(wanted).is_some_and(|it| it.is_prerelease()));
    if it.is_prerelease() && !names_one {
        return false;
    }
    parts.iter().all(|(op, wanted)| one(op, wanted, it))
}

fn one(op: &str, wanted: &str, it: &Version) -> bool {
    let prefix = wanted.strip_suffix(".*");
    let Some(other) = version::parse(prefix.unwrap_or(wanted)) else { return false };
    let starts = |count: usize| {
        let numbers = it.release.iter().copied().chain(std::iter::repeat(0));
        other.release.iter().take(count).zip(numbers).all(|(a, b)| *a == b)
    };
    let order = it.order(&other);
    match (op, prefix) {
        ("==", Some(_)) => starts(other.release.len()),
        ("!=", Some(_)) => !starts(other.release.len()),
        ("==" | "===", None) => order.is_eq(),
        ("!=", None) => order.is_ne(),
        ("<=", _) => order.is_le(),
        (">=", _) => order.is_ge(),
        ("<", _) => {
            order.is_lt()
                && (other.is_prerelease() || !it.is_prerelease() || it.base() != other.base())
        }
        (">", _) => order.is_gt() && it.base() != other.base(),
        _ => order.is_ge() && starts(other.release.len().saturating_sub(1)),
    }
}
