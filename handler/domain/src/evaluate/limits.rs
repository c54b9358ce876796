//! What one run may take: steps, calls in calls, sizes.

use super::machine::{Machine, Stop};

/// Most steps of one declaration file: expressions, statements, turns of loops, and units of size.
pub(super) const MAX_STEPS: usize = 200_000;

/// Most steps of one statement of an imported module: what takes longer is not known.
const MAX_LIBRARY_STEPS: usize = 50_000;

/// Most calls in calls.
const MAX_CALLS: usize = 60;

/// Most evaluations in evaluations: each takes stack.
const MAX_DEPTH: usize = 1_200;

/// Most turns of one loop.
pub(super) const MAX_TURNS: usize = 10_000;

/// Most bytes of a text.
pub(super) const MAX_TEXT: usize = 1024 * 1024;

/// Most items of a list.
pub(super) const MAX_ITEMS: usize = 100_000;

/// What an item of a list counts, beside a byte of text: it takes that much more memory.
const ITEM: usize = 8;

/// Most deployments of one file.
pub(super) const MAX_DEPLOYMENTS: usize = 200;

/// Most modules that are imported.
pub(super) const MAX_MODULES: usize = 500;

impl<'a> Machine<'a> {
    /// Counts `units` of work.
    pub(super) fn spend(&mut self, units: usize) -> Result<(), Stop<'a>> {
        self.steps += units;
        if self.steps > self.limit {
            return Err(Stop::TooMuch(self.at, "it takes too many steps"));
        }
        Ok(())
    }

    /// Counts a text of `bytes` or a collection of as many units that is made.
    pub(super) fn spend_size(&mut self, bytes: usize) -> Result<(), Stop<'a>> {
        if bytes > MAX_TEXT {
            return Err(Stop::TooMuch(
                self.at,
                "it makes a text or a collection that is too large",
            ));
        }
        self.spend(bytes / 64)
    }

    /// Counts a collection of `count` items that is made.
    pub(super) fn spend_items(&mut self, count: usize) -> Result<(), Stop<'a>> {
        self.spend_size(if count > MAX_ITEMS { MAX_TEXT + 1 } else { count * ITEM })
    }

    /// One evaluation inside another.
    pub(super) fn nested<T>(
        &mut self,
        run: impl FnOnce(&mut Self) -> Result<T, Stop<'a>>,
    ) -> Result<T, Stop<'a>> {
        self.spend(1)?;
        if self.depth > MAX_DEPTH {
            return Err(Stop::TooMuch(self.at, "it nests too deeply"));
        }
        self.depth += 1;
        let out = run(self);
        self.depth -= 1;
        out
    }

    /// One call inside another; the place is the caller's again after it.
    pub(super) fn called<T>(
        &mut self,
        run: impl FnOnce(&mut Self) -> Result<T, Stop<'a>>,
    ) -> Result<T, Stop<'a>> {
        if self.calls > MAX_CALLS {
            return Err(Stop::TooMuch(self.at, "its functions call each other too deeply"));
        }
        let at = self.at;
        self.calls += 1;
        let out = self.nested(run);
        self.calls -= 1;
        if out.is_ok() {
            self.at = at;
        }
        out
    }

    /// One statement of an imported module: it may take only a part of the steps, and those of the file go on after it.
    pub(super) fn bounded<T>(
        &mut self,
        run: impl FnOnce(&mut Self) -> Result<T, Stop<'a>>,
    ) -> Result<T, Stop<'a>> {
        let outer = self.limit;
        self.limit = outer.min(self.steps + MAX_LIBRARY_STEPS);
        let out = run(self);
        self.limit = outer;
        out
    }

    /// Whether steps are left.
    pub(super) fn has_steps(&self) -> bool {
        self.steps <= self.limit
    }
}
