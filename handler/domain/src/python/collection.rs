//! Lists and dicts of values, as JSON.

use serde_json::{Map, Value};

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

/// A dict of `pairs`, a key being none for `**…`, if all of them have JSON and they are not too many.
pub(super) fn dict(pairs: impl Iterator<Item = (Option<Evaluated>, Evaluated)>) -> Evaluated {
    let (mut out, mut total) = (Map::new(), 0);
    for pair in pairs {
        let (Some(key), value) = pair else { return Evaluated::Unknown };
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
        out.insert(key.as_str().map_or_else(|| key.to_string(), str::to_owned), value);
    }
    Evaluated::Json(out.into())
}
