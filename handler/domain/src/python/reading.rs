//! What reading flows depends on besides the files.

use std::collections::BTreeMap;

use crate::dialect::Dialect;
use crate::names::SourceRoot;

/// What reading flows depends on besides the files.
#[derive(Debug, Clone)]
pub struct Reading {
    /// Whose rules.
    pub dialect: Dialect,
    /// Where imports are looked for after the flow's folder, the root and the folder above; the first one first.
    pub source_roots: Vec<SourceRoot>,
    /// Environment that Python may see: exactly the names that the operator allows and that have a value.
    pub environment: BTreeMap<String, String>,
    /// The last part of the path that the bundle seems to lie at.
    pub bundle_name: String,
}

impl Reading {
    /// Imports from `src` too, no environment, a bundle without a name.
    pub fn new(dialect: Dialect) -> Self {
        Self {
            dialect,
            source_roots: SourceRoot::usual(),
            environment: BTreeMap::new(),
            bundle_name: String::new(),
        }
    }
}
