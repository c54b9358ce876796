//! Annotations of a GitHub workflow.

use std::fmt::Write as _;

use super::super::{Diagnostic, Severity};

/// One finding on one line.
pub(super) fn write(out: &mut String, diagnostic: &Diagnostic) {
    let level = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let hint = diagnostic.hint.as_deref().map(|it| format!(" ({it})")).unwrap_or_default();
    let message = escape(&format!("{}{hint}", diagnostic.message));
    let at = &diagnostic.at;
    let _infallible = writeln!(
        out,
        "::{level} file={},line={},col={},title={}::{message}",
        at.file, at.line, at.column, diagnostic.code
    );
}

/// Source: the workflow command format of GitHub Actions.
fn escape(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}
