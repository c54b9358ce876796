//! What `auto()` gives.

use serde_json::Value;

use super::default::Evaluated;
use super::enumeration::{Auto, Member};

/// What `auto()` gives to the member `name`.
pub(super) fn automatic(auto: Auto, name: &str, before: &[Member<'_>]) -> Evaluated {
    let whole = |it: &Member<'_>| match &it.1 {
        Evaluated::Json(Value::Number(it)) => it.as_i64(),
        // a mixin has made a text of it
        Evaluated::Json(Value::String(it)) => it.parse().ok(),
        _ => None,
    };
    if before.iter().any(|(_, it)| *it == Evaluated::Unknown) {
        return Evaluated::Unknown;
    }
    let most = before.iter().filter_map(whole).max().unwrap_or(0);
    let next = match auto {
        Auto::Name => return Evaluated::Json(name.to_lowercase().into()),
        Auto::Unknown => None,
        Auto::Count => most.checked_add(1),
        Auto::Bit => 1_i64.checked_shl(i64::BITS - most.max(0).leading_zeros()),
    };
    next.map_or(Evaluated::Unknown, |it| Evaluated::Json(it.into()))
}
