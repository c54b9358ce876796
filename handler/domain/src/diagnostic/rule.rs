//! What is said of a code besides its findings.

use super::{Severity, near_miss, rules};

/// A code with its page.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable, kebab-case: people filter by it.
    pub code: &'static str,
    /// How bad it is most of the time.
    pub severity: Severity,
    /// The doc comment, each line with the space that follows `///`.
    #[doc(hidden)]
    pub doc: &'static str,
}

impl Rule {
    /// Title, summary, `## What it finds`, `## Why it matters`, `## Example` where there is one, and `## Use instead`;
    /// Markdown with a line break at its end.
    pub fn page(&self) -> String {
        let lines = self.doc.lines().map(|it| it.strip_prefix(' ').unwrap_or(it));
        let text: String = lines.flat_map(|it| [it, "\n"]).collect();
        format!("# {} ({})\n\n{text}", self.code, self.severity.word())
    }

    /// One sentence.
    pub fn summary(&self) -> &'static str {
        self.doc.lines().next().unwrap_or_default().trim()
    }

    /// The rule of that code.
    pub fn of(code: &str) -> Option<&'static Self> {
        rules::ALL.iter().copied().find(|it| it.code == code)
    }

    /// The rule whose code `code` was probably meant to be.
    pub fn near(code: &str) -> Option<&'static Self> {
        near_miss(code, rules::ALL.iter().map(|it| it.code)).and_then(Self::of)
    }
}

/// The code of a finding: a [`Rule`], or its text, which a test looks up in the catalogue.
#[derive(Debug, Clone, Copy)]
pub struct RuleCode(pub(super) &'static str);

impl From<&'static Rule> for RuleCode {
    fn from(rule: &'static Rule) -> Self {
        Self(rule.code)
    }
}

impl From<&'static str> for RuleCode {
    fn from(code: &'static str) -> Self {
        Self(code)
    }
}

/// A rule: its page as a doc comment, its code, its severity.
macro_rules! rule {
    ($(#[doc = $line:literal])+ $code:literal, $severity:ident) => {
        $(#[doc = $line])+
        pub const RULE: &$crate::diagnostic::Rule = &$crate::diagnostic::Rule {
            code: $code,
            severity: $crate::diagnostic::Severity::$severity,
            doc: concat!($($line, "\n"),+),
        };
    };
}

pub(crate) use rule;
