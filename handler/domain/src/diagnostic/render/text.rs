//! Under the source line, as rustc does.

use std::fmt::Write as _;

use super::super::{Diagnostic, Severity};
use crate::tree::Tree;

/// One finding, with the `places` where it is true too.
pub(super) fn write(
    out: &mut String,
    diagnostic: &Diagnostic,
    places: &str,
    (tree, colour): (&Tree, bool),
) {
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
