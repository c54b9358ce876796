//! A module as Prefect has it alone, and as it is with everything that it imports.

use super::names::Names;
use super::scope::Scope;

impl<'a> Scope<'a> {
    /// The same module, if everything that is imported were installed.
    pub(super) fn whole(&self) -> Self {
        Self { is_whole: true, ..*self }
    }

    /// Whether Prefect cannot run this module, and takes of it what can be had without.
    pub(super) fn is_fallback(&self) -> bool {
        self.at == 0 && !self.is_whole && self.modules.fails(0)
    }

    /// What this module binds.
    pub(super) fn names(&self) -> Option<&'a Names<'a>> {
        if self.is_whole { self.modules.whole_names(self.at) } else { self.modules.names(self.at) }
    }

    /// The module of the first `count` parts of `target`, if it can be imported.
    pub(super) fn module_of(&self, target: &str, count: usize) -> Option<usize> {
        let found = self.modules.find(self.at, target, count)?;
        (found == 0 || self.is_whole || !self.modules.fails(found)).then_some(found)
    }

    /// Whether `name` means something in this module, which Prefect does not run.
    pub(super) fn may_bind(&self, name: &str) -> bool {
        self.names().is_some_and(|it| it.may_bind(name))
    }
}
