//! Diagnostics for people: under their source line as rustc does, or as GitHub annotations.

use std::fmt::Write as _;

use super::{Diagnostic, Severity};
use crate::tree::Tree;

/// How diagnostics are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Under the source line, with colour when `true`.
    Text {
        /// ANSI colours.
        colour: bool,
    },
    /// `::error file=…,line=…,col=…::message`, one a line.
    GitHub,
}

/// So many further places of a note are named.
const NAMED: usize = 5;

/// All of `diagnostics`, in the order given; source lines are taken from `tree`. A note that is true of many places is said
/// to people once, with its places.
pub fn render(diagnostics: &[Diagnostic], tree: &Tree, format: Format) -> String {
    let mut out = String::new();
    for (at, diagnostic) in diagnostics.iter().enumerate() {
        let (before, after) = diagnostics.split_at_checked(at).unwrap_or_default();
        match format {
            Format::Text { .. } if before.iter().any(|it| same_note(it, diagnostic)) => {}
            Format::Text { colour } => {
                let again = after.iter().skip(1).filter(|it| same_note(it, diagnostic));
                text(&mut out, diagnostic, &places(again), (tree, colour));
            }
            Format::GitHub => github(&mut out, diagnostic),
        }
    }
    out
}

fn same_note(a: &Diagnostic, b: &Diagnostic) -> bool {
    let note = a.severity == Severity::Info && b.severity == Severity::Info;
    note && (a.code, &a.message, &a.hint) == (b.code, &b.message, &b.hint)
}

/// `the same at a.yaml:3, a.yaml:9 and 4 more places`; empty for none.
fn places<'a>(others: impl Iterator<Item = &'a Diagnostic>) -> String {
    let all: Vec<String> = others.map(|it| format!("{}:{}", it.at.file, it.at.line)).collect();
    let named = all.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    match all.len() {
        0 => String::new(),
        1..=NAMED => format!("the same at {named}"),
        many => format!("the same at {named} and {} more places", many - NAMED),
    }
}

fn text(out: &mut String, diagnostic: &Diagnostic, places: &str, (tree, colour): (&Tree, bool)) {
    use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::NOTE,
    };
    let at = &diagnostic.at;
    let source = tree.text(&at.file).unwrap_or_default();
    let offset = offset(source, at.line, at.column);
    let title = level.primary_title(&diagnostic.message).id(diagnostic.code);
    let snippet = Snippet::source(source)
        .path(&at.file)
        .line_start(1)
        .annotation(AnnotationKind::Primary.span(offset..offset));
    let mut group = title.element(snippet);
    if let Some(hint) = &diagnostic.hint {
        group = group.element(Level::HELP.message(hint));
    }
    if !places.is_empty() {
        group = group.element(Level::NOTE.message(places));
    }
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let _infallible = writeln!(out, "{}", renderer.render(&[group]));
}

/// Byte offset of `line`:`column`, or the end where the text is shorter.
fn offset(source: &str, line: u32, column: u32) -> usize {
    let mut start = 0;
    for (index, text) in source.split_inclusive('\n').enumerate() {
        if index + 1 == line as usize {
            let within = text.char_indices().nth(column.saturating_sub(1) as usize);
            return start + within.map_or_else(|| text.trim_end().len(), |(at, _)| at);
        }
        start += text.len();
    }
    source.len()
}

fn github(out: &mut String, diagnostic: &Diagnostic) {
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

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::diagnostic::Position;

    #[test]
    fn a_note_of_many_places_is_said_once() {
        let tree = Tree::of_texts([("a.yaml", "one\ntwo\nthree\n")]);
        let note = |line| Diagnostic::info("n", Position::new("a.yaml", line, 1), "no pip");
        let warning = |line| Diagnostic::warning("w", Position::new("a.yaml", line, 1), "odd");
        let all = [note(1), warning(1), note(2), warning(2), note(3)];
        let text = render(&all, &tree, Format::Text { colour: false });
        expect![[r#"
            note[n]: no pip
             --> a.yaml:1:1
              |
            1 | one
              | ^
              |
              = note: the same at a.yaml:2, a.yaml:3
            warning[w]: odd
             --> a.yaml:1:1
              |
            1 | one
              | ^
            warning[w]: odd
             --> a.yaml:2:1
              |
            2 | two
              | ^
        "#]]
        .assert_eq(&text);
        assert_eq!(render(&all, &tree, Format::GitHub).lines().count(), 5);
    }
}
