//! The type that `PyYAML` gives a plain scalar. Source: `PyYAML` 6 resolver.py and constructor.py (YAML 1.1).

use serde_json::Value;

use super::timestamp;

/// The value of a plain scalar, and whether it is a date.
pub(crate) fn resolve(text: &str) -> (Value, bool) {
    if let Some(value) = word(text) {
        return (value, false);
    }
    if let Some(value) = integer(text).or_else(|| float(text)) {
        return (value, false);
    }
    match timestamp::read(text) {
        Some(iso) => (Value::String(iso), true),
        None => (Value::String(text.to_owned()), false),
    }
}

fn word(text: &str) -> Option<Value> {
    const TRUE: [&str; 9] = ["yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"];
    const FALSE: [&str; 9] = ["no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"];
    if matches!(text, "" | "~" | "null" | "Null" | "NULL") {
        return Some(Value::Null);
    }
    if TRUE.contains(&text) {
        return Some(true.into());
    }
    FALSE.contains(&text).then(|| false.into())
}

fn split_sign(text: &str) -> (i64, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    }
}

/// Binary, octal (`017`), decimal with `_`, hex, and base 60 (`12:30:45`).
fn integer(text: &str) -> Option<Value> {
    let (sign, body) = split_sign(text);
    let plain = body.replace('_', "");
    if !body.starts_with(|it: char| it.is_ascii_digit()) {
        return None;
    }
    if let Some(digits) = plain.strip_prefix("0b") {
        return number(sign, i64::from_str_radix(digits, 2).ok()?);
    }
    if let Some(digits) = plain.strip_prefix("0x") {
        return number(sign, i64::from_str_radix(digits, 16).ok()?);
    }
    if plain.contains(':') {
        return base60(sign, &plain);
    }
    if !plain.bytes().all(|it| it.is_ascii_digit()) {
        return None;
    }
    if plain.len() > 1 && plain.starts_with('0') {
        // `08` is no octal number, and so stays text
        return number(sign, i64::from_str_radix(&plain, 8).ok()?);
    }
    match plain.parse::<i64>() {
        Ok(value) => number(sign, value),
        Err(_) => plain.parse::<f64>().ok().map(|it| Value::from(if sign < 0 { -it } else { it })),
    }
}

fn number(sign: i64, value: i64) -> Option<Value> {
    value.checked_mul(sign).map(Value::from)
}

fn base60(sign: i64, text: &str) -> Option<Value> {
    let mut parts = text.split(':');
    let head = parts.next()?;
    if head.starts_with('0') && head.len() > 1 {
        return None;
    }
    let mut value: i64 = head.parse().ok()?;
    for part in parts {
        let digits: i64 = part.parse().ok().filter(|it| (0..60).contains(it))?;
        value = value.checked_mul(60)?.checked_add(digits)?;
    }
    number(sign, value)
}

/// Needs a dot, where base 60 has one too (`1:30.5`), and a signed exponent where there is one: `1e3` is text, `1.0e+3` is a number.
fn float(text: &str) -> Option<Value> {
    let (sign, body) = split_sign(text);
    let plain = body.replace('_', "");
    if matches!(plain.as_str(), ".inf" | ".Inf" | ".INF")
        || matches!(text, ".nan" | ".NaN" | ".NAN")
    {
        // JSON has no such numbers, Prefect registers nothing
        return Some(Value::Null);
    }
    let (mantissa, exponent) = match plain.find(['e', 'E']) {
        Some(at) => (plain.get(..at)?, plain.get(at + 1..)),
        None => (plain.as_str(), None),
    };
    if let Some(exponent) = exponent
        && !exponent.starts_with(['+', '-'])
    {
        return None;
    }
    let (whole, part) = mantissa.split_once('.')?;
    if exponent.is_none() && whole.contains(':') {
        let whole = base60(1, whole)?.as_f64()?;
        let part: f64 = format!("0.{part}0").parse().ok()?;
        return Some(Value::from(if sign < 0 { -whole - part } else { whole + part }));
    }
    let digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    // `+.5` is text
    let bare = whole.is_empty() && (part.is_empty() || body.len() < text.len());
    if !digits(whole) || !digits(part) || bare {
        return None;
    }
    let value: f64 = format!("0{whole}.{part}0e{}", exponent.unwrap_or("+0")).parse().ok()?;
    Some(Value::from(if sign < 0 { -value } else { value }))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::resolve;

    #[test]
    fn plain_scalars_have_the_type_that_pyyaml_gives_them() {
        let table = [
            ("yes", json!(true)),
            ("Off", json!(false)),
            ("y", json!("y")),
            ("~", json!(null)),
            ("017", json!(15)),
            ("08", json!("08")),
            ("0x1F", json!(31)),
            ("0b11", json!(3)),
            ("1_000", json!(1000)),
            ("12:30:45", json!(45045)),
            ("1:30.5", json!(90.5)),
            ("1e3", json!("1e3")),
            ("1.0e+3", json!(1000.0)),
            ("1.10", json!(1.1)),
            (".5", json!(0.5)),
            ("+.5", json!("+.5")),
            ("-.inf", json!(null)),
            ("-3", json!(-3)),
            ("1.2.3", json!("1.2.3")),
            ("2024-01-02", json!("2024-01-02")),
            ("2024-13-02", json!("2024-13-02")),
            ("2024-01-02 03:04:05", json!("2024-01-02T03:04:05")),
            ("main", json!("main")),
        ];
        for (text, want) in table {
            assert_eq!(resolve(text).0, want, "{text}");
        }
        assert!(resolve("2024-01-02").1);
    }
}
