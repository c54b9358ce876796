//! Blocks that declarations name or hold.

use serde_json::{Map, Value};

/// A block that a declaration refers to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct BlockRef {
    /// Block type slug.
    pub r#type: String,
    /// Block document name.
    pub name: String,
}

impl BlockRef {
    /// `type/name`
    pub fn address(&self) -> String {
        format!("{}/{}", self.r#type, self.name)
    }
}

/// A block without a name: an anonymous document of the server.
#[derive(Debug, Clone, PartialEq)]
pub struct Inline {
    /// What stands for its id until it has one.
    pub address: String,
    /// Block type slug.
    pub r#type: String,
    /// Its fields.
    pub data: Map<String, Value>,
}
