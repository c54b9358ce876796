//! JSON -> YAML in block style that `PyYAML` and our own reader read back as the same value.
//!
//! Both type plain text by YAML 1.1, where `on`, `1.10`, `12:30` and `2024-01-02` are no texts: such a text is quoted.

use serde_json::{Map, Value};

use crate::yaml::resolve;

/// `{"deployments":[…]}` as the text of a `prefect.yaml`, in the order of `deployments`.
pub fn deployments(deployments: &[Value]) -> String {
    document(&serde_json::json!({"deployments": deployments}))
}

/// `value` as a document that ends with a line break; mappings keep their order.
pub(super) fn document(value: &Value) -> String {
    lines(value).iter().flat_map(|it| [it.as_str(), "\n"]).collect()
}

/// The lines of `value`; the first one may stand behind `key: ` or `- `.
fn lines(value: &Value) -> Vec<String> {
    match value {
        Value::Object(map) if !map.is_empty() => mapping(map),
        Value::Array(items) if !items.is_empty() => items.iter().flat_map(item).collect(),
        Value::Object(_) => vec!["{}".to_owned()],
        Value::Array(_) => vec!["[]".to_owned()],
        Value::String(text) => block(text).unwrap_or_else(|| vec![scalar(text)]),
        Value::Number(it) => vec![number(it)],
        Value::Bool(_) | Value::Null => vec![value.to_string()],
    }
}

fn item(value: &Value) -> Vec<String> {
    let mut out = Vec::new();
    for (at, line) in lines(value).into_iter().enumerate() {
        out.push(if at == 0 { format!("- {line}") } else { indented(&line) });
    }
    out
}

fn mapping(map: &Map<String, Value>) -> Vec<String> {
    let mut out = Vec::new();
    for (key, value) in map {
        let key = scalar(key);
        let mut inner = lines(value).into_iter();
        match value {
            Value::Object(map) if !map.is_empty() => {
                out.push(format!("{key}:"));
                out.extend(inner.map(|it| indented(&it)));
            }
            // as Prefect writes its own files: the items stand under their key
            Value::Array(items) if !items.is_empty() => {
                out.push(format!("{key}:"));
                out.extend(inner);
            }
            _ => {
                out.push(format!("{key}: {}", inner.next().unwrap_or_default()));
                out.extend(inner.map(|it| indented(&it)));
            }
        }
    }
    out
}

fn indented(line: &str) -> String {
    if line.is_empty() { String::new() } else { format!("  {line}") }
}

/// A literal block for a text of several lines; `None` where only quotes keep every character.
fn block(text: &str) -> Option<Vec<String>> {
    let (body, sign) = match text.strip_suffix('\n') {
        Some(body) => (body, "|"),
        None => (text, "|-"),
    };
    let fits = |line: &str| {
        line == line.trim_end() && line.chars().all(|it| it != '\u{feff}' && is_printable(it))
    };
    let sound = body.contains('\n')
        && !body.starts_with([' ', '\t', '\n'])
        && !body.ends_with('\n')
        && body.split('\n').all(fits);
    let content = || body.split('\n').map(str::to_owned);
    sound.then(|| std::iter::once(sign.to_owned()).chain(content()).collect())
}

fn scalar(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

/// Whether `text` without quotes is that text: few characters qualify, so that no rule of YAML is at stake.
fn is_plain(text: &str) -> bool {
    let inner = |it: char| it.is_ascii_alphanumeric() || "_-./@+: ".contains(it);
    text.starts_with(|it: char| it.is_ascii_alphabetic() || "_/".contains(it))
        && text.chars().all(inner)
        && !text.ends_with([':', ' '])
        && !text.contains(": ")
        && resolve(text) == (Value::from(text), false)
}

fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for it in text.chars() {
        match it {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            it if is_printable(it) && it != '\u{feff}' => out.push(it),
            it => out.extend(escaped(it)),
        }
    }
    out.push('"');
    out
}

/// `\\u0085`
fn escaped(it: char) -> [char; 6] {
    let digit = |shift: u32| char::from_digit(u32::from(it) >> shift & 15, 16).unwrap_or('0');
    ['\\', 'u', digit(12), digit(8), digit(4), digit(0)]
}

/// What `PyYAML` lets stand as it is, but for line breaks that are none to people. Source: `Reader.NON_PRINTABLE`.
fn is_printable(it: char) -> bool {
    matches!(it, ' '..='~' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
        && !matches!(it, '\u{2028}' | '\u{2029}')
}

/// A float needs a dot and a signed exponent, or it is a text.
fn number(it: &serde_json::Number) -> String {
    let text = it.to_string();
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else { return text };
    let point = if mantissa.contains('.') { "" } else { ".0" };
    let sign = if exponent.starts_with(['+', '-']) { "" } else { "+" };
    format!("{mantissa}{point}e{sign}{exponent}")
}
