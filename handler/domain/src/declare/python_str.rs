//! A JSON value as Python's `str` writes it.

use serde_json::Value;

use crate::evaluate::quoted;

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
        Value::String(text) => quoted(text),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(python_repr).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(map) => {
            let one =
                |(key, it): (&String, &Value)| format!("{}: {}", quoted(key), python_repr(it));
            format!("{{{}}}", map.iter().map(one).collect::<Vec<_>>().join(", "))
        }
    }
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
