//! Which statements of a module bind names, given the imports that fail.

use std::collections::{BTreeMap, BTreeSet};

use ruff_python_ast::{ExceptHandler, Stmt, StmtTry};
use ruff_text_size::{Ranged as _, TextSize};

use super::blocks::blocks;
use super::names::{Bound, Names};

/// The statements that fail inside a `try`, each with the `except` that catches it, by where they start.
pub(super) type Cuts = BTreeMap<TextSize, TextSize>;

impl<'a> Names<'a> {
    /// The names that `body` binds when it is run and `cuts` fail.
    pub(super) fn with_cuts(body: &'a [Stmt], cuts: &Cuts) -> Self {
        let mut names = Self::default();
        names.bind(body, true, cuts);
        names
    }

    /// Binds what `body` does, up to the statement that fails, whose place is given.
    pub(super) fn bind(&mut self, body: &'a [Stmt], is_run: bool, cuts: &Cuts) -> Option<TextSize> {
        for stmt in body {
            if is_run && cuts.contains_key(&stmt.start()) {
                return Some(stmt.start());
            }
            let before =
                if is_run { BTreeSet::new() } else { self.bound.keys().copied().collect() };
            self.statement(stmt);
            if !is_run {
                let new = self.bound.keys().copied().filter(|it| !before.contains(it));
                self.unbound.extend(new.collect::<Vec<_>>());
            }
            let cut = match stmt {
                Stmt::Try(it) if is_run && has_cut(it, cuts) => self.cut(it, cuts),
                _ => self.inside(stmt, is_run, cuts),
            };
            if cut.is_some() {
                return cut;
            }
        }
        None
    }

    fn inside(&mut self, stmt: &'a Stmt, is_run: bool, cuts: &Cuts) -> Option<TextSize> {
        let before = self.is_unsure;
        let blocks = blocks(stmt, &|name| self.constant(name));
        let cut = blocks.into_iter().find_map(|it| {
            self.is_unsure = before || !it.is_sure;
            self.bind(it.body, is_run && it.is_run, cuts)
        });
        self.is_unsure = before;
        cut
    }

    /// A `try` whose body ends with a statement that fails.
    fn cut(&mut self, it: &'a StmtTry, cuts: &Cuts) -> Option<TextSize> {
        let place = self.bind(&it.body, true, cuts)?;
        let catching = cuts.get(&place);
        let handler = it.handlers.iter().find(|it| Some(&it.start()) == catching);
        let left = match handler {
            Some(ExceptHandler::ExceptHandler(it)) => {
                if let Some(name) = &it.name {
                    self.bound.remove(name.as_str());
                }
                self.bind(&it.body, true, cuts)
            }
            None => Some(place),
        };
        self.bind(&it.finalbody, true, cuts).or(left)
    }

    /// Binds `name` to the import `target`, written like that.
    pub(super) fn put_import(&mut self, name: &'a str, target: String) {
        self.imports.push(target.clone());
        self.put(name, Bound::Import(target));
    }
}

fn has_cut(it: &StmtTry, cuts: &Cuts) -> bool {
    let Some((first, last)) = it.body.first().zip(it.body.last()) else { return false };
    cuts.range(first.start()..last.end()).next().is_some()
}
