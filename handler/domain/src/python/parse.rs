//! The one door to the parser: text -> statements, positions, syntax errors.

use std::cell::OnceCell;

use ruff_python_ast::{Expr, Stmt};
use ruff_python_parser::{Mode, ParseError, ParseOptions, parse_unchecked};
use ruff_text_size::{Ranged, TextLen as _, TextSize};

use super::depth;
use super::file_version;
use super::lines::Lines;
use super::newlines;
use crate::diagnostic::{Diagnostic, Position, rules};
use crate::tree::Tree;

/// Syntax errors of one file that are told: each is looked up in the text, and one is enough to hold the bundle.
const MAX_ERRORS: usize = 20;

/// A parsed file.
#[derive(Debug)]
pub(crate) struct File<'a> {
    /// Its path in the bundle.
    pub(crate) path: String,
    /// Its bytes, for the flow's version.
    pub(crate) bytes: &'a [u8],
    /// Its statements.
    pub(crate) body: Vec<Stmt>,
    lines: Lines<'a>,
    version: OnceCell<String>,
    environment: OnceCell<Environment>,
}

/// What the text of a file has to do with environment variables.
#[derive(Debug, Clone, Copy)]
pub(super) struct Environment {
    /// It may need one.
    pub(super) is_read: bool,
    /// It may set some.
    pub(super) is_set: bool,
}

impl File<'_> {
    /// Whether it says `word` anywhere.
    pub(super) fn has(&self, word: &str) -> bool {
        self.lines.text().contains(word)
    }

    /// Where `node` starts.
    pub(crate) fn at(&self, node: &impl Ranged) -> Position {
        self.position(node.start())
    }

    /// The version of its flows, whose digest is taken once.
    pub(crate) fn version(&self) -> &str {
        self.version.get_or_init(|| file_version(self.bytes))
    }

    /// What it has to do with environment variables, looked for once.
    pub(super) fn environment(&self) -> Environment {
        *self.environment.get_or_init(|| {
            // of most files, one look is enough
            let any = self.has("env");
            let setting = ["dotenv", "environ.setdefault", "environ.update"];
            let is_set = any && setting.iter().any(|it| self.has(it));
            Environment { is_read: any && self.has("environ["), is_set }
        })
    }

    /// The line and column of `offset`.
    pub(crate) fn position(&self, offset: TextSize) -> Position {
        self.lines.position(&self.path, offset)
    }
}

/// The file `path`, or `None` with the reason among `found`.
pub(crate) fn read<'a>(
    tree: &'a Tree,
    path: &str,
    found: &mut Vec<Diagnostic>,
) -> Option<File<'a>> {
    let start = || Position::start_of(path);
    let (Some(text), Some(bytes)) = (tree.text(path), tree.bytes(path)) else {
        let message = tree.why_unread(path);
        found.push(Diagnostic::error(rules::UNREADABLE_PYTHON, start(), message));
        return None;
    };
    let lines = Lines::of(text);
    if let Some(before) = depth::safe_part(text) {
        found.push(too_deep(path, before, &lines));
        return None;
    }
    let parsed = parse_unchecked(text, ParseOptions::from(Mode::Module)).try_into_module()?;
    let errors = parsed.errors();
    found.extend(errors.iter().take(MAX_ERRORS).map(|it| syntax_error(path, it, &lines)));
    let sound = errors.is_empty();
    let mut body: Vec<Stmt> = parsed.into_syntax().body.into_iter().collect();
    newlines::unify(&mut body, text);
    sound.then_some(File {
        path: path.to_owned(),
        bytes,
        body,
        lines,
        version: OnceCell::new(),
        environment: OnceCell::new(),
    })
}

fn syntax_error(path: &str, error: &ParseError, lines: &Lines<'_>) -> Diagnostic {
    let at = lines.position(path, error.location.start());
    Diagnostic::error(rules::PYTHON_SYNTAX, at, error.error.to_string())
}

/// What is wrong `before` the line that is too deep, such as a bracket that is not closed; else that line.
fn too_deep(path: &str, before: &str, lines: &Lines<'_>) -> Diagnostic {
    let parsed = parse_unchecked(before, ParseOptions::from(Mode::Module));
    let cut = before.trim_end().text_len();
    if let Some(error) = parsed.errors().iter().find(|it| it.location.start() < cut) {
        return syntax_error(path, error, lines);
    }
    let at = lines.position(path, before.text_len());
    let message = "a statement is nested too deeply, or too long, to be read safely";
    Diagnostic::error(rules::TOO_COMPLEX, at, message).hint("split it")
}

/// The expression in `text`, as of a forward reference; `None` when it is none or too long to be read safely.
pub(super) fn expression(text: &str) -> Option<Expr> {
    if depth::safe_part(text).is_some() {
        return None;
    }
    let parsed = ruff_python_parser::parse_expression(text.trim_start()).ok()?;
    Some(*parsed.into_syntax().body)
}
