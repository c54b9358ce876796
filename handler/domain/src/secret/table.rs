//! The table of people who may not tag secrets: a TOML file, one table a secret.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::SecretName;

/// What the file says, by secret; it selects each of them, and its word counts instead of tags.
pub type Table = BTreeMap<SecretName, Row>;

/// What the file says of one secret.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table, such as `[db-password]`")]
pub struct Row {
    /// The name of the block; that of the secret when it is left out.
    pub block: Option<String>,
    /// Block type slug; `secret` when it is left out.
    #[serde(rename = "type")]
    pub r#type: Option<String>,
    /// The field.
    pub field: Option<String>,
    /// As the tag `prefect-block-quote`.
    #[serde(default)]
    pub quote: bool,
}

/// The table that `text` is.
///
/// # Errors
/// What is wrong, with line and column; nothing of a value is in it.
pub fn table(text: &str) -> Result<Table, String> {
    toml::from_str(text).map_err(|error| {
        let (line, column) = place(text, error.span().map_or(0, |it| it.start));
        format!("{line}:{column}: {}", told(error.message()))
    })
}

/// What is wrong. A value of another type is quoted there, and who writes a secret in this file is not to find it in a log.
fn told(message: &str) -> String {
    let is_of_value = message.starts_with("invalid type") || message.starts_with("invalid value");
    match message.rsplit_once(", expected ") {
        Some((_, wanted)) if is_of_value => format!("a value of another type, expected {wanted}"),
        _ if is_of_value => "a value of another type".to_owned(),
        _ => message.to_owned(),
    }
}

/// Line and column of a byte, both from 1.
fn place(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_table_is_a_secret() {
        let read =
            table("[DB-Pass]\nblock = \"db\"\n[key]\ntype = \"azure\"\nquote = true").unwrap();
        let names: Vec<&str> = read.keys().map(SecretName::as_str).collect();
        assert_eq!(names, ["db-pass", "key"]);
        assert!(read[&SecretName::new("key").unwrap()].quote);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        let error = table("[key]\nblok = \"db\"").unwrap_err();
        assert!(error.starts_with("2:1: unknown field `blok`"), "{error}");
        assert!(table("[a_b]\nblock = \"db\"").unwrap_err().contains("letters, digits"));
    }

    #[test]
    fn a_value_is_not_quoted() {
        for (text, want) in [
            (
                "db = \"canary\"",
                "1:6: a value of another type, expected a table, such as `[db-password]`",
            ),
            (
                "[db]\nquote = \"canary, expected canary\"",
                "2:9: a value of another type, expected a boolean",
            ),
            ("[db]\nblock = [\"canary\"]", "2:9: a value of another type, expected a string"),
            ("db = \"canary", "1:13: invalid basic string, expected `\"`"),
            ("db = canary", "1:6: string values must be quoted, expected literal string"),
            ("db canary", "1:4: key with no value, expected `=`"),
        ] {
            assert_eq!(table(text).unwrap_err(), want);
        }
    }
}
