//! What reading flows depends on besides the files.

use std::collections::BTreeMap;

use crate::dialect::Dialect;
use crate::evaluate;
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
    /// What evaluating a module depends on; it sees no clock.
    pub(crate) fn evaluation(&self) -> evaluate::Settings {
        evaluate::Settings {
            dialect: self.dialect,
            bundle: self.bundle_name.clone(),
            bundle_name: self.bundle_name.clone(),
            now: None,
            environment: self.environment.clone(),
            source_roots: self.source_roots.iter().map(|it| it.as_str().to_owned()).collect(),
        }
    }

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
