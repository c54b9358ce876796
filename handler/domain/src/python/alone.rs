//! The machine that Prefect runs a flow's file on, with nothing else installed.

use std::collections::BTreeMap;

use super::modules::Modules;
use super::parse::File;
use crate::dialect::Dialect;

/// Prefect with nothing else installed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Alone<'a> {
    /// Of which version.
    pub(super) dialect: Dialect,
    /// The variables that have a value.
    pub(super) environment: &'a BTreeMap<String, String>,
}

impl<'a> Modules<'a> {
    /// The variables that have a value; `None` when a file may set others.
    pub(super) fn environment(&self) -> Option<&'a BTreeMap<String, String>> {
        let sets = |file: &File<'_>| {
            let text = String::from_utf8_lossy(file.bytes);
            text.contains("dotenv")
                || text.contains("environ.setdefault")
                || text.contains("environ.update")
        };
        let alone = self.alone?;
        let is_set = self.is_set.get_or_init(|| self.list.iter().any(|(it, _)| sets(it)));
        (!is_set).then_some(alone.environment)
    }
}
