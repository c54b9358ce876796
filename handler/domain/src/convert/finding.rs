//! What a conversion says about one construct.

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Position, Rule};

/// A construct of an older Prefect and what becomes of it.
///
/// Its severity says what is left to do: `info`, it is converted; `warning`, it is converted and means something else, so
/// look at it; `error`, it stays as it is and has to be written anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Code, place, message and hint.
    #[serde(flatten)]
    pub diagnostic: Diagnostic,
    /// The text to write instead, where it can be told.
    pub replacement: Option<String>,
}

impl Finding {
    /// Converted: `message` says into what.
    pub(super) fn done(code: &'static Rule, at: Position, message: impl Into<String>) -> Self {
        Self { diagnostic: Diagnostic::info(code, at, message), replacement: None }
    }

    /// Converted, but not into the same.
    pub(super) fn look(code: &'static Rule, at: Position, message: impl Into<String>) -> Self {
        Self { diagnostic: Diagnostic::warning(code, at, message), replacement: None }
    }

    /// Not converted.
    pub(super) fn left(code: &'static Rule, at: Position, message: impl Into<String>) -> Self {
        Self { diagnostic: Diagnostic::error(code, at, message), replacement: None }
    }

    /// The same, with what to do about it.
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.diagnostic.hint = Some(hint.into());
        self
    }

    /// The same, with the text to write instead.
    pub(super) fn replacement(mut self, text: impl Into<String>) -> Self {
        self.replacement = Some(text.into());
        self
    }
}
