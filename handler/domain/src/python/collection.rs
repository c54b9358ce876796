//! Lists and dicts of values, as JSON.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::call;
use super::default::Evaluated;

/// Most values of one default, a text being one for each 64 bytes: names that repeat names would fill the memory.
pub(super) const MAX_SIZE: usize = 10_000;

/// How much memory `value` takes, roughly: see [`MAX_SIZE`].
pub(super) fn size(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(size).sum(),
        Value::Object(map) => map.iter().map(|(key, it)| key.len() / 64 + size(it)).sum(),
        Value::String(text) => text.len() / 64,
        _ => 0,
    }
}

/// A list of `items`, if all of them have JSON and they are not too many.
pub(super) fn list(items: impl Iterator<Item = Evaluated>) -> Evaluated {
    let (mut out, mut total) = (Vec::new(), 0);
    for item in items {
        match item {
            Evaluated::Unknown => return Evaluated::Unknown,
            Evaluated::Opaque | Evaluated::Zone(_) => return Evaluated::Opaque,
            shown => out.extend(shown.into_json()),
        }
        total += out.last().map_or(0, size);
        if total > MAX_SIZE {
            return Evaluated::Unknown;
        }
    }
    Evaluated::Json(out.into())
}

/// A set of `items`, each once. Its order is that of newer versions of pydantic; with older ones it differs from run to run.
pub(super) fn set(items: impl Iterator<Item = Evaluated>) -> Evaluated {
    let Evaluated::Json(Value::Array(mut items)) = list(items) else { return Evaluated::Unknown };
    let mut seen = HashSet::new();
    items.retain(|it| seen.insert(number(it).map_or_else(|| it.to_string(), |it| it.to_string())));
    if items.iter().all(Value::is_string) {
        items.sort_by(|a, b| a.as_str().cmp(&b.as_str()));
    } else if items.iter().all(Value::is_number) {
        items.sort_by(|a, b| a.as_f64().partial_cmp(&b.as_f64()).unwrap_or(Ordering::Equal));
    }
    Evaluated::Json(items.into())
}

/// A dict of `pairs`, a key being none for `**…`, if all of them have JSON and they are not too many.
pub(super) fn dict(pairs: impl Iterator<Item = (Option<Evaluated>, Evaluated)>) -> Evaluated {
    let (mut out, mut total) = (Map::new(), 0);
    let mut numbers = HashMap::new();
    for pair in pairs {
        let (Some(key), value) = pair else { return Evaluated::Unknown };
        if matches!(key, Evaluated::Json(Value::Object(_))) {
            return Evaluated::Unknown;
        }
        let is_opaque = |it: &Evaluated| matches!(it, Evaluated::Opaque | Evaluated::Zone(_));
        if is_opaque(&key) || is_opaque(&value) {
            return Evaluated::Opaque;
        }
        let (Some(key), Some(value)) = (key.into_json(), value.into_json()) else {
            return Evaluated::Unknown;
        };
        total += size(&key) + size(&value);
        if total > MAX_SIZE {
            return Evaluated::Unknown;
        }
        let text = match number(&key) {
            // `1`, `1.0` and `True` are one key, the first that was given
            Some(it) => numbers.entry(it).or_insert_with(|| key_text(&key)).clone(),
            None => key_text(&key),
        };
        out.insert(text, value);
    }
    Evaluated::Json(out.into())
}

/// What compares equal to other numbers, truths included, as bits.
fn number(it: &Value) -> Option<u64> {
    let number = match it {
        Value::Bool(it) => f64::from(u8::from(*it)),
        Value::Number(it) => it.as_f64()?,
        _ => return None,
    };
    // `0.0` and `-0.0` are equal
    Some((number + 0.0).to_bits())
}

/// A key as pydantic writes it: `1`, `true`, `None`, `1e+20`; of a tuple the parts.
fn key_text(key: &Value) -> String {
    match key {
        Value::Bool(it) => it.to_string(),
        Value::Array(parts) => parts.iter().map(key_text).collect::<Vec<_>>().join(","),
        _ => call::text(&Evaluated::Json(key.clone())).unwrap_or_else(|| key.to_string()),
    }
}
