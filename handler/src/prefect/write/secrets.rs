//! Writes to the blocks that secrets go to.

use serde_json::{Map, Value, json};

use super::super::observe::secrets::updated;
use super::super::wire::text;
use super::super::{ApiError, Client};
use super::gone_is_good;

/// A block that is not there yet.
#[derive(Debug, Clone, Copy)]
pub struct New<'a> {
    /// Its name.
    pub name: &'a str,
    /// The id of its type.
    pub r#type: &'a str,
    /// The id of its schema.
    pub schema: &'a str,
}

/// Creates the block `new` with `data`; gives its id and when the server says that it was changed.
///
/// # Errors
/// As [`ApiError`], without what was sent: `Conflict` where it exists by now, and `Unavailable` where the answer was lost: then it may
/// have been made, and to ask again would look as if somebody else had made it.
pub async fn create(
    client: &Client,
    new: New<'_>,
    data: Map<String, Value>,
) -> Result<(String, String), ApiError> {
    let body = json!({
        "name": new.name,
        "data": data,
        "block_type_id": new.r#type,
        "block_schema_id": new.schema,
        "is_anonymous": false,
    });
    let made = client.post_new("/block_documents/", &body).await?;
    Ok((text(&made, "id"), text(&made, "updated")))
}

/// Changes the fields `data` of the block `id`, and its schema where one is given; gives when the server says that it was changed.
///
/// Every other field stays, but the blocks in it that `data` does not name: the server takes these out (`update_block_document`, 2.20
/// and 3.9).
///
/// # Errors
/// As [`ApiError`], without what was sent.
pub async fn update(
    client: &Client,
    id: &str,
    schema: Option<&str>,
    data: Map<String, Value>,
) -> Result<String, ApiError> {
    let mut body = json!({"data": data, "merge_existing_data": true});
    if let (Some(schema), Some(body)) = (schema, body.as_object_mut()) {
        body.insert("block_schema_id".into(), schema.into());
    }
    client.patch(&format!("/block_documents/{id}"), &body).await?;
    updated(client, id).await
}

/// Deletes the block `id`; one that is gone by now is as good.
///
/// # Errors
/// As [`ApiError`].
pub async fn delete(client: &Client, id: &str) -> Result<(), ApiError> {
    gone_is_good(client.delete(&format!("/block_documents/{id}")).await)
}
