//! `int(…)` and `float(…)` of a number, a truth or a text.

use serde_json::Value;

/// What `int(…)` gives.
pub(super) fn int(it: &Value) -> Option<i64> {
    match it {
        Value::Bool(it) => Some(i64::from(*it)),
        Value::Number(it) if it.is_i64() => it.as_i64(),
        // as text: a cast of what is too large would give another number
        Value::Number(it) => format!("{:.0}", it.as_f64()?.trunc()).parse().ok(),
        Value::String(it) => digits(it)?.parse().ok(),
        _ => None,
    }
}

/// What `float(…)` gives.
pub(super) fn float(it: &Value) -> Option<f64> {
    let number: f64 = match it {
        Value::Bool(it) => f64::from(u8::from(*it)),
        Value::Number(it) => it.as_f64()?,
        Value::String(it) => digits(it)?.parse().ok()?,
        _ => return None,
    };
    // JSON has no infinity
    number.is_finite().then_some(number)
}

/// The text of a number without the blanks around it and the underscores between digits.
fn digits(text: &str) -> Option<String> {
    let text = text.trim();
    let groups: Vec<&str> = text.split('_').collect();
    let inside = groups.len() == 1
        || groups.iter().all(|it| {
            it.starts_with(|it: char| it.is_ascii_digit() || matches!(it, '+' | '-'))
                && it.ends_with(|it: char| it.is_ascii_digit())
        });
    inside.then(|| groups.concat())
}
