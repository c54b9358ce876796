//! The document of what was written, and what the status says of it.

use domain::secret::{Entry, SecretName, Secrets};
use serde_json::{Value, json};

use super::super::documents;
use crate::stores::{Container, StoreError};

/// No bundle's id starts with a dot.
pub(super) const FOLDER: &str = ".secrets";
const KEY: &str = ".secrets/state.json";

/// What was written before; empty on first contact.
///
/// # Errors
/// When it cannot be read, or is no such document: an unreadable state is not an empty one.
pub(super) async fn read(receipts: &Container) -> Result<Secrets, StoreError> {
    let Some(value) = documents::document(receipts, KEY).await? else {
        return Ok(Secrets { v: 1, ..Secrets::default() });
    };
    let garbled = |error: serde_json::Error| {
        let why = format!(
            "{error}; restore it, or delete it and take the blocks over with `secrets --adopt`"
        );
        StoreError::garbled("read the state", KEY, &why)
    };
    serde_json::from_value(value).map_err(garbled)
}

pub(super) async fn write(receipts: &Container, state: &Secrets) -> Result<(), StoreError> {
    documents::write(receipts, KEY, state).await
}

/// One for each secret that counts.
pub fn rows(state: &Secrets) -> Vec<Value> {
    let row = |(name, it): (&SecretName, &Entry)| {
        json!({
            "secret": name,
            "block": it.block,
            "field": it.field,
            "state": it.life,
            "version": it.version,
            "written": it.written.map(|it| it.to_string()),
            "expires": it.expires.map(|it| it.to_string()),
            "problem": it.problem,
            "warning": it.reads_as_json.then_some(READS_AS_JSON),
            "used_by": it.used_by,
        })
    };
    state.secrets.iter().map(row).collect()
}

const READS_AS_JSON: &str = "Prefect 3 reads this value as JSON, not as text; the tag `prefect-block-quote` = `true` keeps it a text for `Secret.load()`";
