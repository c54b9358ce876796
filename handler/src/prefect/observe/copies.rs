//! The copies of our connection string that blocks hold.

use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::super::wire::text;
use super::super::{ApiError, Client};
use super::list;

/// Where a copy is.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The block type's slug.
    pub r#type: &'a str,
    /// The block's name.
    pub name: &'a str,
    /// The field that holds the text.
    pub field: &'a str,
}

/// The id of the block at `place` and what it holds there, read back to be compared; `None` where it is not there, or the server
/// shows no secrets.
///
/// # Errors
/// As [`ApiError`], without what was read.
pub async fn copy(
    client: &Client,
    place: Place<'_>,
) -> Result<Option<(String, Zeroizing<String>)>, ApiError> {
    let body = json!({
        "block_types": {"slug": {"any_": [place.r#type]}},
        "block_documents": {"name": {"any_": [place.name]}},
        "include_secrets": true,
    });
    let path = "/block_documents/filter";
    let found = list(path, client.post(path, &body).await?)?.into_iter().next();
    Ok(found.and_then(|it| {
        let held = it.pointer(&format!("/data/{}", place.field)).and_then(Value::as_str)?;
        let shown = !held.is_empty() && !held.chars().all(|it| it == '*');
        shown.then(|| (text(&it, "id"), Zeroizing::new(held.to_owned())))
    }))
}
