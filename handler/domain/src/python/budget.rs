//! How much is read and written for one file: names that repeat names would take for ever, or fill the memory.

use std::cell::Cell;

/// Most units for one flow: an expression is one, and so is each piece of text.
const MAX_FLOW: usize = 50_000;

/// Most units for all flows of a file.
const MAX_FILE: usize = 200_000;

/// Bytes of a text that cost as much as an expression.
const PIECE: usize = 64;

/// What has been spent on a file.
#[derive(Debug)]
pub(super) struct Budget {
    spent: Cell<usize>,
    limit: Cell<usize>,
}

impl Budget {
    /// Nothing spent yet.
    pub(super) fn new() -> Self {
        Self { spent: Cell::new(0), limit: Cell::new(MAX_FLOW) }
    }

    /// What was spent.
    pub(super) fn spent(&self) -> usize {
        self.spent.get()
    }

    /// Counts `units`; false when there were too many.
    pub(super) fn spend(&self, units: usize) -> bool {
        self.spent.set(self.spent.get().saturating_add(units));
        !self.is_exceeded()
    }

    /// Counts a text that is copied or parsed; false when there was too much.
    pub(super) fn spend_text(&self, text: &str) -> bool {
        self.spend(text.len() / PIECE)
    }

    /// Whether the flow at hand took too much.
    pub(super) fn is_exceeded(&self) -> bool {
        self.spent.get() > self.limit.get()
    }

    /// Begins the next flow; false when nothing is left for it.
    pub(super) fn next_flow(&self) -> bool {
        self.limit.set(self.spent.get().saturating_add(MAX_FLOW).min(MAX_FILE));
        !self.is_exceeded()
    }
}
