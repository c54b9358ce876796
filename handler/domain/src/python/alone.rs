//! The machine that Prefect runs a flow's file on, with nothing installed that nothing of the bundle asks for.

use std::collections::{BTreeMap, BTreeSet};

use super::installed;
use super::modules::Modules;
use super::packages::{normal, package};
use crate::dialect::Dialect;
use crate::dotted;

/// Prefect with what is usual, and what the bundle asks for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Alone<'a> {
    /// Of which version.
    pub(super) dialect: Dialect,
    /// The variables that have a value.
    pub(super) environment: &'a BTreeMap<String, String>,
    /// The packages that the bundle asks for, among other words.
    pub(super) listed: &'a BTreeSet<String>,
}

impl Alone<'_> {
    /// Whether the module `dotted` is there.
    fn has(&self, dotted: &str) -> bool {
        installed::has(dotted, self.dialect)
            || installed::is_usual(dotted)
            || self.is_listed(dotted::first(dotted))
    }

    /// `snowflake` comes from `snowflake-connector-python`.
    fn is_listed(&self, module: &str) -> bool {
        let (named, plain) = (package(module), normal(module));
        self.listed.iter().any(|it| *it == named || it.split('-').any(|it| it == plain))
    }
}

impl<'a> Modules<'a> {
    /// The variables that have a value; `None` when a file may set others.
    pub(super) fn environment(&self) -> Option<&'a BTreeMap<String, String>> {
        let alone = self.alone?;
        let sets = || self.list.iter().any(|(it, _)| it.environment().is_set);
        let is_set = self.is_set.get_or_init(sets);
        (!is_set).then_some(alone.environment)
    }

    /// Whether the module `dotted`, which is none of the bundle, can be imported.
    pub(super) fn is_installed(&self, dotted: &str) -> bool {
        self.alone.is_none_or(|it| it.has(dotted))
    }

    /// Whether `dotted` may be a module of the bundle that is found because the script changes where Python looks.
    pub(super) fn is_elsewhere(&self, dotted: &str) -> bool {
        self.sets_path() && self.places.own.contains(dotted::first(dotted))
    }
}
