//! The keywords of a JSON schema that bound a value: lengths, sizes, numbers and patterns.

use std::cmp::Ordering;

use serde_json::{Map, Number, Value};

use super::{Fault, Kind, pattern};
use crate::json::same;

/// Longer lists are taken as unique.
const MOST: usize = 1000;

/// The bounds of `schema` that `value` breaks.
pub(super) fn faults(value: &Value, schema: &Map<String, Value>) -> Vec<Fault> {
    let texts = match value {
        Value::String(text) => {
            let length = text.chars().count();
            let mut out = size(schema, ["minLength", "maxLength"], length, "characters");
            let pattern = schema.get("pattern").and_then(Value::as_str);
            let pattern = pattern.filter(|it| !pattern::matches(it, text));
            out.extend(pattern.map(|it| format!("must match `{it}`")));
            out
        }
        Value::Array(items) => {
            let mut out = size(schema, ["minItems", "maxItems"], items.len(), "items");
            out.extend(twice(schema, items));
            out
        }
        Value::Object(map) => {
            size(schema, ["minProperties", "maxProperties"], map.len(), "members")
        }
        Value::Number(number) => number_bounds(schema, number),
        _ => Vec::new(),
    };
    texts.into_iter().map(|it| Fault::new(Kind::Value, it)).collect()
}

fn size(schema: &Map<String, Value>, keys: [&str; 2], have: usize, unit: &str) -> Vec<String> {
    let [least, most] = keys.map(|it| schema.get(it).and_then(Value::as_u64));
    let have = have as u64;
    let least = least
        .filter(|it| have < *it)
        .map(|it| format!("must have at least {it} {unit}, this has {have}"));
    let most = most
        .filter(|it| have > *it)
        .map(|it| format!("must have at most {it} {unit}, this has {have}"));
    least.into_iter().chain(most).collect()
}

fn twice(schema: &Map<String, Value>, items: &[Value]) -> Option<String> {
    let unique = schema.get("uniqueItems").and_then(Value::as_bool).unwrap_or_default();
    if !unique || items.len() > MOST {
        return None;
    }
    let twin = |(at, it): (usize, &Value)| items.iter().take(at).any(|other| same(it, other));
    items.iter().enumerate().any(twin).then(|| "must not have an item twice".to_owned())
}

fn number_bounds(schema: &Map<String, Value>, number: &Number) -> Vec<String> {
    use Ordering::{Equal, Greater, Less};
    let rules: [(&str, &[Ordering], &str); 4] = [
        ("minimum", &[Less], "at least"),
        ("exclusiveMinimum", &[Less, Equal], "above"),
        ("maximum", &[Greater], "at most"),
        ("exclusiveMaximum", &[Greater, Equal], "below"),
    ];
    let broken = rules.into_iter().filter_map(|(key, orders, words)| {
        let Value::Number(bound) = schema.get(key)? else { return None };
        let order = order(number, bound)?;
        orders.contains(&order).then(|| format!("must be {words} {bound}, this is {number}"))
    });
    let factor = schema.get("multipleOf").and_then(Value::as_number);
    let factor = factor.filter(|it| !divides(it, number));
    broken.chain(factor.map(|it| format!("must be a multiple of {it}, this is {number}"))).collect()
}

fn order(a: &Number, b: &Number) -> Option<Ordering> {
    match (a.as_i128(), b.as_i128()) {
        (Some(a), Some(b)) => Some(a.cmp(&b)),
        _ => a.as_f64()?.partial_cmp(&b.as_f64()?),
    }
}

fn divides(factor: &Number, number: &Number) -> bool {
    match (number.as_i128(), factor.as_i128()) {
        (Some(number), Some(factor)) => number.checked_rem(factor).is_none_or(|it| it == 0),
        _ => match (number.as_f64(), factor.as_f64()) {
            (Some(number), Some(factor)) => {
                let quotient = number / factor;
                !quotient.is_finite() || quotient.fract() == 0.0
            }
            _ => true,
        },
    }
}
