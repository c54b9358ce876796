//! YAML with positions and `PyYAML`'s YAML 1.1 typing.
//!
//! `PyYAML` is what Prefect reads `prefect.yaml` with, and its typing surprises: `yes` is true, `017` is 15, `1e3` is text.
//! The positions are what diagnostics point at.

mod compose;
mod entries;
mod scalar;
mod syntax;
mod timestamp;

use serde_json::{Map, Value};

pub use compose::compose;
pub(crate) use scalar::resolve;

/// A place in a document, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
}

/// A node and where it starts.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Where it starts.
    pub at: Mark,
    /// What it is.
    pub kind: Kind,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// A scalar with the type `PyYAML` gives it.
    Scalar {
        /// Its value; a date or time is its ISO text.
        value: Value,
        /// As written.
        text: String,
        /// Whether it is quoted or a block.
        quoted: bool,
        /// An unquoted date or date-time: `PyYAML` makes an object of it.
        date: bool,
    },
    /// `- a`
    Sequence(Vec<Node>),
    /// `a: b`, in order, merge keys applied.
    Mapping(Vec<Entry>),
}

/// One `key: value`.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key as text.
    pub key: String,
    /// Where the key starts.
    pub at: Mark,
    /// The value.
    pub value: Node,
}

impl Node {
    /// The value under `key` of a mapping.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|it| &it.value)
    }

    /// The entry `key` of a mapping.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|it| it.key == key)
    }

    /// The entries of a mapping; empty for anything else.
    pub fn entries(&self) -> &[Entry] {
        if let Kind::Mapping(entries) = &self.kind { entries } else { &[] }
    }

    /// The items of a sequence; empty for anything else.
    pub fn items(&self) -> &[Node] {
        if let Kind::Sequence(items) = &self.kind { items } else { &[] }
    }

    /// The text of a string scalar.
    pub fn as_str(&self) -> Option<&str> {
        if let Kind::Scalar { value, .. } = &self.kind { value.as_str() } else { None }
    }

    /// Whether it is null: `~`, `null` or nothing.
    pub fn is_null(&self) -> bool {
        matches!(&self.kind, Kind::Scalar { value: Value::Null, .. })
    }

    /// What it is, for messages.
    pub fn type_name(&self) -> &'static str {
        match &self.kind {
            Kind::Mapping(_) => "a mapping",
            Kind::Sequence(_) => "a list",
            Kind::Scalar { date: true, .. } => "a date",
            Kind::Scalar { value, .. } => match value {
                Value::Null => "empty",
                Value::Bool(_) => "a boolean",
                Value::Number(_) => "a number",
                Value::Array(_) => "a list",
                Value::Object(_) => "a mapping",
                Value::String(_) => "a text",
            },
        }
    }

    /// The node that `value` would be if it were written at `at`.
    pub(crate) fn of_json(at: Mark, value: &Value) -> Self {
        let kind = match value {
            Value::Array(items) => {
                Kind::Sequence(items.iter().map(|it| Self::of_json(at, it)).collect())
            }
            Value::Object(map) => {
                let entry = |(key, it): (&String, &Value)| Entry {
                    key: key.clone(),
                    at,
                    value: Self::of_json(at, it),
                };
                Kind::Mapping(map.iter().map(entry).collect())
            }
            scalar => Kind::Scalar {
                value: scalar.clone(),
                text: scalar.as_str().map_or_else(|| scalar.to_string(), str::to_owned),
                quoted: scalar.is_string(),
                date: false,
            },
        };
        Self { at, kind }
    }

    /// As JSON.
    pub fn to_json(&self) -> Value {
        match &self.kind {
            Kind::Scalar { value, .. } => value.clone(),
            Kind::Sequence(items) => items.iter().map(Node::to_json).collect(),
            Kind::Mapping(entries) => {
                let pairs = entries.iter().map(|it| (it.key.clone(), it.value.to_json()));
                pairs.collect::<Map<String, Value>>().into()
            }
        }
    }
}

#[cfg(test)]
mod tests;
