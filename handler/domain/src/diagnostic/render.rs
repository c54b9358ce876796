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

/// All of `diagnostics`, in the order given; source lines are taken from `tree`.
pub fn render(diagnostics: &[Diagnostic], tree: &Tree, format: Format) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        match format {
            Format::Text { colour } => text(&mut out, diagnostic, tree, colour),
            Format::GitHub => github(&mut out, diagnostic),
        }
    }
    out
}

fn text(out: &mut String, diagnostic: &Diagnostic, tree: &Tree, colour: bool) {
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
