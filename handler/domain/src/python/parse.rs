//! The one door to the parser: text -> statements, positions, syntax errors.

use ruff_python_ast::{Expr, Stmt};
use ruff_python_parser::{Mode, ParseOptions, parse_unchecked};
use ruff_text_size::{Ranged, TextSize};

use crate::diagnostic::{Diagnostic, Position};
use crate::tree::Tree;

/// Operators and brackets in a row that the parser's stack surely bears.
const MAX_CHAIN: usize = 2000;

/// Syntax errors of one file that are told: each is looked up in the text, and one is enough to hold the bundle.
const MAX_ERRORS: usize = 20;

/// A parsed file.
#[derive(Debug)]
pub(super) struct File<'a> {
    /// Its path in the bundle.
    pub(super) path: String,
    /// Its bytes, for the flow's version.
    pub(super) bytes: &'a [u8],
    /// Its statements.
    pub(super) body: Vec<Stmt>,
    text: &'a str,
}

impl File<'_> {
    /// Where `node` starts.
    pub(super) fn at(&self, node: &impl Ranged) -> Position {
        position(&self.path, self.text, node.start())
    }
}

fn position(path: &str, text: &str, offset: TextSize) -> Position {
    let before = text.get(..offset.to_usize()).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let number = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
    Position::new(path, number(line), number(column))
}

/// The file `path`, or `None` with the reason among `found`.
pub(super) fn read<'a>(
    tree: &'a Tree,
    path: &str,
    found: &mut Vec<Diagnostic>,
) -> Option<File<'a>> {
    let start = || Position::start_of(path);
    let (Some(text), Some(bytes)) = (tree.text(path), tree.bytes(path)) else {
        let message = "this file is missing, too large, or not UTF-8";
        found.push(Diagnostic::error("unreadable-python", start(), message));
        return None;
    };
    if chain(text) > MAX_CHAIN {
        let message = "an expression of this file is too long to be read safely";
        found.push(Diagnostic::error("too-complex", start(), message).hint("split it"));
        return None;
    }
    let parsed = parse_unchecked(text, ParseOptions::from(Mode::Module)).try_into_module()?;
    let errors = parsed.errors();
    for error in errors.iter().take(MAX_ERRORS) {
        let at = position(path, text, error.location.start());
        found.push(Diagnostic::error("python-syntax", at, error.error.to_string()));
    }
    let sound = errors.is_empty();
    let body = parsed.into_syntax().body.into_iter().collect();
    sound.then_some(File { path: path.to_owned(), bytes, body, text })
}

/// The expression in `text`, as of a forward reference; `None` when it is none or too long to be read safely.
pub(super) fn expression(text: &str) -> Option<Expr> {
    if chain(text) > MAX_CHAIN {
        return None;
    }
    let parsed = ruff_python_parser::parse_expression(text.trim_start()).ok()?;
    Some(*parsed.into_syntax().body)
}

/// Most operators or open brackets of any one logical line: both parsers known overflow their stack on long chains.
fn chain(text: &str) -> usize {
    let (mut most, mut open, mut run) = (0_usize, 0_usize, 0_usize);
    for byte in text.bytes() {
        match byte {
            b'(' | b'[' | b'{' => {
                open += 1;
                most = most.max(open);
            }
            b')' | b']' | b'}' => open = open.saturating_sub(1),
            b'+' | b'-' | b'~' | b'*' | b'/' | b'|' | b'&' | b'^' | b'.' => {
                run += 1;
                most = most.max(run);
            }
            b',' | b':' | b'#' | b'"' | b'\'' => run = 0,
            b'\n' if open == 0 => run = 0,
            _ => {}
        }
    }
    most
}
