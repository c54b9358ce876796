//! One Python file as it is converted: its text, its statements, and places in it.

use std::ops::Range;

use ruff_text_size::Ranged;

use crate::diagnostic::{Diagnostic, Position};
use crate::python::{self, File};
use crate::tree::Tree;

/// A parsed file with its text.
#[derive(Debug)]
pub(super) struct Source<'a> {
    /// Its statements and positions.
    pub(super) file: File<'a>,
    /// As the positions count it: without a byte order mark.
    pub(super) text: &'a str,
}

/// The bytes of `node`.
pub(super) fn span(node: &impl Ranged) -> Range<usize> {
    node.start().to_usize()..node.end().to_usize()
}

impl<'a> Source<'a> {
    /// The file `path`, or `None` with the reason among `found`.
    pub(super) fn read(tree: &'a Tree, path: &str, found: &mut Vec<Diagnostic>) -> Option<Self> {
        let file = python::read(tree, path, found)?;
        Some(Self { file, text: tree.text(path)? })
    }

    /// Where `node` starts.
    pub(super) fn at(&self, node: &impl Ranged) -> Position {
        self.file.at(node)
    }

    /// The text of `node`.
    pub(super) fn of(&self, node: &impl Ranged) -> &'a str {
        self.text.get(span(node)).unwrap_or_default()
    }

    /// The start of the line of `at`.
    pub(super) fn line_start(&self, at: usize) -> usize {
        self.text.get(..at).and_then(|it| it.rfind('\n')).map_or(0, |it| it + 1)
    }

    /// The start of the line after that of `at`, or the end.
    pub(super) fn next_line(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        rest.find('\n').map_or(self.text.len(), |it| at + it + 1)
    }

    /// The white space before what starts at `at` in its line; `None` when something else is before it.
    pub(super) fn indent(&self, at: usize) -> Option<&'a str> {
        let before = self.text.get(self.line_start(at)..at)?;
        before.trim().is_empty().then_some(before)
    }

    /// What removes the statement at `span`: its lines, without a comment behind it; `None` where it shares a line.
    pub(super) fn whole_lines(&self, span: &Range<usize>) -> Option<Range<usize>> {
        self.indent(span.start)?;
        let next = self.next_line(span.end);
        let behind = self.text.get(span.end..next)?;
        match behind.trim() {
            "" => Some(self.line_start(span.start)..next),
            it if it.starts_with('#') => {
                Some(span.start..span.end + behind.len() - behind.trim_start().len())
            }
            _ => None,
        }
    }

    /// The byte after the first `:` from `at`, outside of comments.
    pub(super) fn after_colon(&self, at: usize) -> Option<usize> {
        let mut comment = false;
        for (index, it) in self.text.get(at..)?.char_indices() {
            match it {
                '\n' => comment = false,
                '#' => comment = true,
                ':' if !comment => return Some(at + index + 1),
                _ => {}
            }
        }
        None
    }
}
