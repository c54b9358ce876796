//! What only running the code would tell, and why.

use std::rc::Rc;

use ruff_text_size::TextSize;

use super::sources::FileId;

/// A place in a file, not looked up yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot {
    /// Which file.
    pub(super) file: FileId,
    /// Bytes from its start.
    pub(super) offset: TextSize,
}

/// A value that is not known; an error only where it reaches a deployment or decides a branch.
#[derive(Debug)]
pub(super) struct Unknown {
    /// What it is, to be read after "depends on": `the result of requests.get`.
    pub(super) what: Rc<str>,
    /// What to do about it; empty: nothing special.
    pub(super) hint: Rc<str>,
    /// The dotted name, when it is something installed: it may be a class or a function for all that is known.
    pub(super) name: Option<Rc<str>>,
    /// Where it came up.
    pub(super) at: Spot,
}
