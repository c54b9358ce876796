//! Annotations of a GitHub workflow.

use std::fmt::Write as _;

use super::super::{Diagnostic, Severity};

/// One finding on one line; its file is `below` that folder of the repository.
pub(super) fn write(out: &mut String, diagnostic: &Diagnostic, below: &str) {
    let level = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let hint = diagnostic.hint.as_deref().map(|it| format!(" ({it})")).unwrap_or_default();
    let message = data(&format!("{}{hint}", diagnostic.message));
    let place = place(diagnostic, below);
    let _infallible =
        writeln!(out, "::{level} {place}title={}::{message}", property(diagnostic.code));
}

/// `file=…,line=…,col=…,`; empty when the finding is about no file.
fn place(diagnostic: &Diagnostic, below: &str) -> String {
    let at = &diagnostic.at;
    if at.file.is_empty() {
        return String::new();
    }
    let file = property(&format!("{below}{}", at.file));
    format!("file={file},line={},col={},", at.line, at.column)
}

/// Source: `escapeData` in the toolkit of GitHub Actions.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Source: `escapeProperty` there.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Position;

    fn line(file: &str, message: &str) -> String {
        let mut out = String::new();
        write(&mut out, &Diagnostic::error("usage", Position::new(file, 3, 5), message), "a/b/");
        out
    }

    #[test]
    fn a_path_is_that_in_the_repository_and_nothing_ends_a_command_early() {
        let escaped = line("x,y:z%.yaml", "50%: a,\nb");
        let want = "::error file=a/b/x%2Cy%3Az%25.yaml,line=3,col=5,title=usage::50%25: a,%0Ab\n";
        assert_eq!(escaped, want);
    }

    #[test]
    fn a_finding_about_no_file_names_none() {
        assert_eq!(line("", "why"), "::error title=usage::why\n");
    }
}
