//! Secrets and their versions.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// What a version is made of.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// The value: 1 to 25600 bytes.
    pub value: String,
    /// What the value is.
    pub content_type: Option<String>,
    /// At most 15.
    pub tags: BTreeMap<String, String>,
    /// Whether the value cannot be read.
    pub disabled: bool,
    /// Seconds since 1970; the vault gives the value all the same.
    pub not_before: Option<i64>,
    /// Seconds since 1970; the vault gives the value all the same.
    pub expires: Option<i64>,
}

impl Draft {
    /// A version with `value` and nothing else.
    pub fn new(value: &str) -> Self {
        Self { value: value.to_owned(), ..Self::default() }
    }

    /// With the tag `name`.
    #[must_use]
    pub fn tag(mut self, name: &str, value: &str) -> Self {
        self.tags.insert(name.to_owned(), value.to_owned());
        self
    }
}

/// A version.
#[derive(Debug)]
pub(super) struct Version {
    /// 32 hex digits, in no order.
    pub(super) id: String,
    pub(super) draft: Draft,
    pub(super) created: i64,
    pub(super) updated: i64,
}

/// How far a change is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    Live,
    /// For so many more looks.
    Deleting(u32),
    /// Since so many seconds after 1970.
    Deleted(i64),
    /// For so many more looks.
    Recovering(u32),
    /// For so many more looks.
    Purging(u32),
}

/// A secret.
#[derive(Debug)]
pub(super) struct Secret {
    /// As it was written first.
    pub(super) name: String,
    /// In the order that they were made; at least one.
    pub(super) versions: Vec<Version>,
    pub(super) phase: Phase,
}

impl Secret {
    /// `None` never: a secret has a version.
    pub(super) fn current(&self) -> Option<&Version> {
        self.versions.last()
    }
}

impl Version {
    /// What a vault tells of it, without its value; `base` is the vault's address.
    pub(super) fn told(&self, (base, name): (&str, &str), whole_id: bool) -> Map<String, Value> {
        let id = format!("{base}/secrets/{name}");
        let id = if whole_id { format!("{id}/{}", self.id) } else { id };
        let mut out = Map::new();
        out.insert("id".into(), id.into());
        out.insert("attributes".into(), self.attributes());
        if let Some(it) = &self.draft.content_type {
            out.insert("contentType".into(), it.clone().into());
        }
        if !self.draft.tags.is_empty() {
            out.insert("tags".into(), json!(self.draft.tags));
        }
        out
    }

    fn attributes(&self) -> Value {
        let mut out = json!({
            "enabled": !self.draft.disabled, "created": self.created, "updated": self.updated,
            "recoveryLevel": "Recoverable+Purgeable", "recoverableDays": 90,
        });
        for (name, time) in [("nbf", self.draft.not_before), ("exp", self.draft.expires)] {
            if let Some(time) = time {
                out[name] = time.into();
            }
        }
        out
    }
}
