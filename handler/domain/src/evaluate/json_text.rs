//! Scalars of JSON as Python writes them.

use super::dumping::Layout;
use super::number_format;
use super::value::Value;

/// What is written in one piece.
pub(super) fn plain(it: &Value<'_>, layout: &Layout<'_>) -> Option<String> {
    Some(match (it, it.as_text(), it.as_int()) {
        (Value::None, ..) => "null".to_owned(),
        (Value::Bool(it), ..) => it.to_string(),
        (_, Some(text), _) => quoted(text, layout.ascii),
        (_, _, Some(it)) => it.to_string(),
        (Value::Float(it), ..) => real(*it),
        _ => return None,
    })
}

pub(super) fn real(it: f64) -> String {
    if it.is_nan() {
        return "NaN".to_owned();
    }
    if it.is_infinite() {
        return if it > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    number_format::real(it)
}

pub(super) fn quoted(text: &str, ascii: bool) -> String {
    let mut out = String::from('"');
    for it in text.chars() {
        match it {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            it if it < ' ' || ascii && it > '~' => {
                let mut units = [0; 2];
                for unit in it.encode_utf16(&mut units) {
                    out += &*format!("\\u{unit:04x}");
                }
            }
            it => out.push(it),
        }
    }
    out.push('"');
    out
}

/// A new line at the level, when there are lines.
pub(super) fn line(layout: &Layout<'_>, level: usize, out: &mut String) {
    if let Some(indent) = &layout.indent {
        out.push('\n');
        out.push_str(&indent.repeat(level));
    }
}
