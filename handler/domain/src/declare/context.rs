//! What every reader of a declaration file is given.

use std::cell::RefCell;

use super::Settings;
use crate::diagnostic::{Diagnostic, Position, RuleCode};
use crate::python::Reader;
use crate::tree::Tree;
use crate::yaml::Mark;

/// What reading one declaration file depends on.
pub(super) struct Context<'a> {
    pub(super) tree: &'a Tree,
    pub(super) file: &'a str,
    pub(super) settings: &'a Settings,
    /// A hundred deployments may share one flow.
    pub(super) flows: RefCell<Reader<'a>>,
}

impl Context<'_> {
    pub(super) fn at(&self, mark: Mark) -> Position {
        Position::new(self.file, mark.line, mark.column)
    }

    pub(super) fn error(
        &self,
        code: impl Into<RuleCode>,
        mark: Mark,
        message: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic::error(code, self.at(mark), message)
    }

    pub(super) fn warning(
        &self,
        code: impl Into<RuleCode>,
        mark: Mark,
        message: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic::warning(code, self.at(mark), message)
    }

    /// The folder of the file, with a slash at the end; empty for the bundle's root.
    pub(super) fn folder(&self) -> &str {
        self.file.rfind('/').and_then(|at| self.file.get(..=at)).unwrap_or_default()
    }
}
