//! A JSON value as Python's `str` writes it.

use serde_json::Value;

/// A value inside text, as Python's `str` writes it: `True`, `None`, `[1, 'a']`.
pub(super) fn python_str(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => python_repr(other),
    }
}

fn python_repr(value: &Value) -> String {
    match value {
        Value::Null => "None".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => python_quoted(text),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(python_repr).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(map) => {
            let one = |(key, it): (&String, &Value)| {
                format!("{}: {}", python_quoted(key), python_repr(it))
            };
            format!("{{{}}}", map.iter().map(one).collect::<Vec<_>>().join(", "))
        }
    }
}

fn python_quoted(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut out = String::from(quote);
    for it in text.chars() {
        match it {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\\' => out.push_str("\\\\"),
            it if it == quote => out.extend(['\\', it]),
            it => out.push(it),
        }
    }
    out.push(quote);
    out
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::python_str;

    #[test]
    fn values_are_written_as_python_writes_them() {
        let value = json!([1, 2.5, true, null, "a'b", "q\"'", {"k": "line\n"}]);
        let want = r#"[1, 2.5, True, None, "a'b", 'q"\'', {'k': 'line\n'}]"#;
        assert_eq!(python_str(&value), want);
        assert_eq!(python_str(&json!("plain")), "plain");
    }
}
