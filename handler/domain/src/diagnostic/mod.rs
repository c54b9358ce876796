//! Faults of a bundle's author: what is wrong, where, and what to do.

mod render;
mod rule;
pub mod rules;

pub use render::{Format, render};
pub(crate) use rule::rule;
pub use rule::{Rule, RuleCode};

use serde::Serialize;

/// How bad a [`Diagnostic`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The bundle is held: nothing of it is registered, with `SYNC_PARTIAL` only what is not in error.
    Error,
    /// Registered, but probably not what was meant.
    Warning,
    /// Worth knowing.
    Info,
}

impl Severity {
    /// `error`, `warning` or `info`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// A place in a file of the bundle; line and column count from 1, columns in characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Position {
    /// Path inside the bundle, with `/`.
    pub file: String,
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
}

impl Position {
    /// The place `line`:`column` of `file`.
    pub fn new(file: impl Into<String>, line: u32, column: u32) -> Self {
        Self { file: file.into(), line, column }
    }

    /// The first character of `file`.
    pub fn start_of(file: impl Into<String>) -> Self {
        Self::new(file, 1, 1)
    }
}

/// One finding about a bundle; the JSON form is part of the contract of `check` and `render`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// Stable, kebab-case: people filter by it.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// Where it is.
    #[serde(flatten)]
    pub at: Position,
    /// One terse phrase.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// An error: the bundle is held.
    pub fn error(code: impl Into<RuleCode>, at: Position, message: impl Into<String>) -> Self {
        Self {
            code: code.into().0,
            severity: Severity::Error,
            at,
            message: message.into(),
            hint: None,
        }
    }

    /// A warning: registered, but probably not what was meant.
    pub fn warning(code: impl Into<RuleCode>, at: Position, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, at, message) }
    }

    /// A note.
    pub fn info(code: impl Into<RuleCode>, at: Position, message: impl Into<String>) -> Self {
        Self { severity: Severity::Info, ..Self::error(code, at, message) }
    }

    /// The same, with what to do about it.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}

/// Whether any of `diagnostics` holds the bundle.
pub fn any_error(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|it| it.severity == Severity::Error)
}

/// `; did you mean …?` to put after a message about `name`; empty when none of `known` is near.
pub fn did_you_mean<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    near_miss(name, known).map(|it| format!("; did you mean `{it}`?")).unwrap_or_default()
}

/// Longer names are compared with none: the comparison takes the product of both lengths, and an author chooses them.
const MAX_COMPARED: usize = 100;

/// The one of `known` that `name` was probably meant to be, if any is near enough; none for names of over 100 characters.
pub fn near_miss<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let fits = |it: &str| it.chars().nth(MAX_COMPARED).is_none();
    known
        .into_iter()
        .filter(|it| fits(name) && fits(it))
        .map(|it| (strsim::jaro_winkler(&name.to_lowercase(), &it.to_lowercase()), it))
        .filter(|(score, _)| *score > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, it)| it)
}

#[cfg(test)]
mod tests {
    use super::near_miss;

    #[test]
    fn names_of_any_length_are_not_compared() {
        let (most, long) = ("x".repeat(100), "x".repeat(101));
        assert_eq!(near_miss(&most, [most.as_str()]), Some(most.as_str()));
        assert_eq!(near_miss(&long, [most.as_str()]), None);
        assert_eq!(near_miss(&most, [long.as_str()]), None);
    }
}
