//! A value -> the fields of a block. The one place that looks into a value.

use std::collections::BTreeSet;

use domain::secret::{Field, Mapping, SECRET};
use serde_json::{Map, Value};

use crate::secrets::SecretValue;

/// What Prefect shows instead of a secret. Source: `obfuscate` of 2.20 and 3.9.
const MASK: &str = "********";

/// The fields that `value` is.
///
/// # Errors
/// Why it is none; the text has nothing of the value.
pub(super) fn fields(
    mapping: &Mapping,
    value: &SecretValue,
    known: &BTreeSet<&str>,
) -> Result<Map<String, Value>, String> {
    if holds_mask(value) {
        return Err(format!(
            "its value is, or has, the mask `{MASK}` that Prefect shows instead of a secret: set the secret itself"
        ));
    }
    match &mapping.field {
        Field::One(field) => {
            let text = if mapping.quote {
                Value::from(value.expose()).to_string()
            } else {
                value.expose().to_owned()
            };
            Ok(Map::from_iter([(field.clone(), text.into())]))
        }
        Field::Object | Field::Unnamed => object(value, known),
    }
}

/// Whether somebody has copied what Prefect shows: a server would keep what it has, or take the stars for the secret.
fn holds_mask(value: &SecretValue) -> bool {
    fn inside(it: &Value) -> bool {
        match it {
            Value::String(it) => it == MASK,
            Value::Array(all) => all.iter().any(inside),
            Value::Object(all) => all.values().any(inside),
            _ => false,
        }
    }
    let text = value.expose();
    text.trim() == MASK || serde_json::from_str(text).is_ok_and(|it| inside(&it))
}

fn object(value: &SecretValue, known: &BTreeSet<&str>) -> Result<Map<String, Value>, String> {
    let list = || known.iter().copied().collect::<Vec<_>>().join(", ");
    let Ok(Value::Object(map)) = serde_json::from_str(value.expose()) else {
        return Err("its value is not a JSON object".to_owned());
    };
    if map.is_empty() {
        return Err(format!("its JSON object is empty; the block has the fields {}", list()));
    }
    // an unknown name may be a slip of the pen with the secret in it
    let unknown = map.keys().filter(|it| !known.contains(it.as_str())).count();
    if unknown > 0 {
        let list = list();
        return Err(format!(
            "{unknown} members of its JSON object are no fields of the block, which has {list}"
        ));
    }
    Ok(map)
}

/// Whether Prefect 3 loads the value of a `secret` block as something else than this text.
///
/// Source: a text that is JSON is parsed by `Secret.load()` of 3.x (seen with 3.9.1), and pydantic's JSON has these numbers, too.
pub(super) fn reads_as_json(mapping: &Mapping, value: &SecretValue) -> bool {
    let text = value.expose();
    let is_number = || ["NaN", "Infinity", "-Infinity"].contains(&text.trim());
    let is_json = || serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
    mapping.block.r#type == SECRET && !mapping.quote && (is_number() || is_json())
}

#[cfg(test)]
mod tests {
    use domain::desired::BlockRef;

    use super::*;

    const CANARY: &str = "hunter2";

    fn to(r#type: &str, field: Field, quote: bool) -> Mapping {
        let block = BlockRef { r#type: r#type.to_owned(), name: "b".to_owned() };
        Mapping { block, field, quote }
    }

    fn check(mapping: &Mapping, value: &str) -> Result<String, String> {
        let known = BTreeSet::from(["user", "key"]);
        fields(mapping, &SecretValue::new(value.to_owned()), &known)
            .map(|it| Value::from(it).to_string())
    }

    #[test]
    fn a_secret_block_has_one_text_whatever_it_looks_like() {
        let mapping = to(SECRET, Field::One("value".to_owned()), false);
        assert_eq!(check(&mapping, r#"{"a": 1}"#).unwrap(), r#"{"value":"{\"a\": 1}"}"#);
        let quoted = to(SECRET, Field::One("value".to_owned()), true);
        assert_eq!(check(&quoted, "123").unwrap(), r#"{"value":"\"123\""}"#);
    }

    #[test]
    fn a_mask_is_no_secret() {
        let one = to(SECRET, Field::One("value".to_owned()), false);
        for value in ["********", "\"********\"", "********\n"] {
            assert!(check(&one, value).unwrap_err().contains("mask"), "{value}");
        }
        let object = to("login", Field::Object, false);
        assert!(
            check(&object, r#"{"user": "a", "key": "********"}"#).unwrap_err().contains("mask")
        );
        assert!(check(&object, r#"{"user": "a", "key": {"b": ["********"]}}"#).is_err());
        assert!(check(&one, "*********").is_ok() && check(&one, "a********").is_ok());
    }

    #[test]
    fn what_prefect_3_would_parse_is_known() {
        let mapping = to(SECRET, Field::One("value".to_owned()), false);
        let of = |value: &str| reads_as_json(&mapping, &SecretValue::new(value.to_owned()));
        assert!(
            ["123", "true", r#"{"a": 1}"#, " \"q\" ", "null", "NaN", "-Infinity"]
                .into_iter()
                .all(of)
        );
        assert!(!["plain", "2024-01-01", "", "{a}"].into_iter().any(of));
    }

    #[test]
    fn an_object_has_fields_of_the_block_and_an_error_nothing_of_it() {
        let mapping = to("login", Field::Object, false);
        assert_eq!(
            check(&mapping, r#"{"user": "a", "key": 1}"#).unwrap(),
            r#"{"user":"a","key":1}"#
        );
        for value in
            [CANARY.to_owned(), format!(r#"["{CANARY}"]"#), format!(r#"{{"{CANARY}": 1}}"#)]
        {
            let why = check(&mapping, &value).unwrap_err();
            assert!(!why.contains(CANARY), "{why}");
        }
    }
}
