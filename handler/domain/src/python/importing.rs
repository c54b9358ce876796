//! Whether imports work.

use ruff_python_ast::{StmtImport, StmtImportFrom};
use ruff_text_size::Ranged as _;

use super::caught::{Failed, Fault};
use super::checks::is_gone;
use super::loading::{State, Walk};
use super::names;
use crate::dotted;

/// What was imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Imported {
    /// A module of the bundle.
    File(usize),
    /// A folder of the bundle.
    Folder,
    /// What is installed.
    Installed,
    /// A module of the bundle, it is not known which.
    Elsewhere,
}

impl Walk<'_, '_> {
    /// `import a.b, c`
    pub(super) fn import(&mut self, at: usize, it: &StmtImport) -> Result<(), Failed> {
        let is_there = it.names.iter().map(|it| it.name.as_str()).all(|name| {
            // the statement binds the first package
            self.required(at, dotted::first(name)).is_some() && self.required(at, name).is_some()
        });
        let failed = Failed { place: it.start(), fault: Fault::Module };
        if is_there { Ok(()) } else { Err(failed) }
    }

    /// Imports `dotted`, and notes what is not installed.
    fn required(&mut self, at: usize, dotted: &str) -> Option<Imported> {
        let found = self.module(at, dotted);
        if found.is_none()
            && let Some(package) = self.modules.lacking(at, dotted)
        {
            self.last_missing = Some(package.to_owned());
        }
        found
    }

    /// `from a import b`
    pub(super) fn import_from(&mut self, at: usize, it: &StmtImportFrom) -> Result<(), Failed> {
        let place = it.start();
        let from = names::source(it);
        if from == "__future__" {
            let is_future = it.names.iter().any(|it| it.name.as_str() == "annotations");
            self.lost.iter_mut().skip(at).take(1).for_each(|it| it.is_future |= is_future);
        }
        let module = self.required(at, &from).ok_or(Failed { place, fault: Fault::Module })?;
        let mut names = it.names.iter().map(|it| it.name.as_str());
        let has_all = names.all(|name| self.has_member(at, (module, &from), name));
        if has_all { Ok(()) } else { Err(Failed { place, fault: Fault::Name }) }
    }

    /// Imports `dotted` for the module `at`, the packages on the way too; `None` when that fails.
    pub(super) fn module(&mut self, at: usize, dotted: &str) -> Option<Imported> {
        let bare = dotted.trim_start_matches('.');
        let level = dotted.len() - bare.len();
        let above = match level {
            0 => 0,
            _ => self.packages.get(at)?.checked_sub(level - 1).filter(|it| *it > 0)?,
        };
        let parts = bare.split('.').filter(|it| !it.is_empty()).count();
        let has = |it: &usize| self.states.get(*it) == Some(&State::Loads);
        if let Some(found) = self.find(at, dotted, parts).filter(has) {
            // Python does not look at the packages of a module that it has, even if they failed since
            return Some(Imported::File(found));
        }
        let (mut last, mut any) = (None, false);
        for count in usize::from(level == 0)..=parts {
            last = self.find(at, dotted, count);
            let Some(found) = last else { continue };
            any = true;
            let own = usize::from(!self.modules.is_package(found));
            if found != 0 && !self.load(found, (above + count).saturating_sub(own)) {
                return None;
            }
        }
        if let Some(found) = last {
            return Some(Imported::File(found));
        }
        if self.modules.has_folder(at, dotted, self.search) {
            return Some(Imported::Folder);
        }
        if level == 0 && !any && self.modules.is_elsewhere(bare) {
            return Some(Imported::Elsewhere);
        }
        let is_there = level == 0 && !any && self.modules.is_installed(bare);
        (is_there && !is_gone(bare, self.dialect)).then_some(Imported::Installed)
    }

    /// The module of the first `count` parts of `dotted`; one that was imported stays, wherever Python looks now.
    fn find(&self, at: usize, dotted: &str, count: usize) -> Option<usize> {
        let found = self.modules.found(at, dotted, count, self.search);
        let known = || self.modules.find(at, dotted, count);
        found.or_else(|| known().filter(|it| self.is_loaded(*it)))
    }

    fn is_loaded(&self, at: usize) -> bool {
        [&self.states, &self.before].iter().any(|it| it.get(at) == Some(&State::Loads))
    }

    /// Whether `from … import name` works: what is no name of the module may be a module in it, which is imported.
    pub(super) fn has_member(&mut self, at: usize, of: (Imported, &str), name: &str) -> bool {
        let whole = joined(of.1, name);
        let parts = whole.split('.').filter(|it| !it.is_empty()).count();
        // what a package imports from itself, it does not bind yet
        if of.0 == Imported::File(at) && self.find(at, &whole, parts).is_some() {
            return self.module(at, &whole).is_some();
        }
        match self.binds(of, name) {
            Some(it) => it,
            None => self.module(at, &whole).is_some(),
        }
    }

    /// Whether the module has `name`: a module in it only if that was imported.
    pub(super) fn has_attribute(&self, at: usize, of: (Imported, &str), name: &str) -> bool {
        self.binds(of, name).unwrap_or_else(|| {
            let whole = joined(of.1, name);
            let parts = whole.split('.').filter(|it| !it.is_empty()).count();
            self.find(at, &whole, parts).is_some_and(|it| self.is_loaded(it))
        })
    }

    /// Whether the module has `name`; `None` when only a module in it can have it.
    fn binds(&self, (module, from): (Imported, &str), name: &str) -> Option<bool> {
        match module {
            _ if name == "*" => Some(true),
            Imported::Elsewhere => Some(true),
            Imported::File(it) => self.modules.binds(it, name).then_some(true),
            Imported::Folder => None,
            Imported::Installed => Some(!is_gone(&joined(from, name), self.dialect)),
        }
    }
}

/// The name of what is in a module.
pub(super) fn joined(from: &str, name: &str) -> String {
    let point = if from.ends_with('.') { "" } else { "." };
    format!("{from}{point}{name}")
}
