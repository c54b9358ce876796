//! Statements that go: with their lines, and with a `pass` where nothing would be left.

use std::collections::BTreeSet;
use std::ops::Range;

use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::{Ranged as _, TextSize};

use super::edits::Edits;
use super::source::{Source, span};

/// The statements that go, by their start.
#[derive(Debug, Default)]
pub(super) struct Removed {
    starts: BTreeSet<TextSize>,
}

impl Removed {
    /// Marks `stmt`.
    pub(super) fn add(&mut self, stmt: &Stmt) {
        self.starts.insert(stmt.start());
    }

    /// Whether `stmt` goes.
    pub(super) fn has(&self, stmt: &Stmt) -> bool {
        self.starts.contains(&stmt.start())
    }

    /// Takes the marked statements of `body` out of the text, and those inside of others.
    pub(super) fn apply(&self, body: &[Stmt], source: &Source<'_>, edits: &mut Edits) {
        for stmt in body {
            if self.has(stmt) || self.is_idle_main(stmt) {
                remove(&span(stmt), source, edits);
            } else {
                for it in blocks(stmt) {
                    self.block(it, source, edits);
                }
            }
        }
    }

    fn block(&self, body: &[Stmt], source: &Source<'_>, edits: &mut Edits) {
        let empty = body.iter().all(|it| self.has(it));
        let mut rest = body;
        if empty && let Some((first, others)) = body.split_first() {
            edits.replace(span(first), "pass");
            rest = others;
        }
        for stmt in rest {
            if self.has(stmt) {
                remove(&span(stmt), source, edits);
            } else {
                for it in blocks(stmt) {
                    self.block(it, source, edits);
                }
            }
        }
    }

    /// `if __name__ == "__main__":` with nothing left in it.
    fn is_idle_main(&self, stmt: &Stmt) -> bool {
        let Stmt::If(it) = stmt else { return false };
        let Expr::Compare(test) = it.test.as_ref() else { return false };
        let name = matches!(test.left.as_ref(), Expr::Name(it) if it.id == "__name__");
        name && it.elif_else_clauses.is_empty() && it.body.iter().all(|it| self.has(it))
    }
}

fn remove(range: &Range<usize>, source: &Source<'_>, edits: &mut Edits) {
    match source.whole_lines(range) {
        Some(lines) => edits.remove(lines),
        None => edits.replace(range.clone(), "pass"),
    }
}

/// The blocks directly inside of `stmt`.
pub(super) fn blocks(stmt: &Stmt) -> Vec<&[Stmt]> {
    match stmt {
        Stmt::FunctionDef(it) => vec![&it.body],
        Stmt::ClassDef(it) => vec![&it.body],
        Stmt::With(it) => vec![&it.body],
        Stmt::For(it) => vec![&it.body, &it.orelse],
        Stmt::While(it) => vec![&it.body, &it.orelse],
        Stmt::If(it) => {
            let others = it.elif_else_clauses.iter().map(|it| it.body.as_ref());
            std::iter::once(it.body.as_ref()).chain(others).collect()
        }
        Stmt::Match(it) => it.cases.iter().map(|it| it.body.as_ref()).collect(),
        Stmt::Try(it) => {
            let handlers = it.handlers.iter().filter_map(|it| it.as_except_handler());
            let mut out: Vec<&[Stmt]> = vec![&it.body, &it.orelse, &it.finalbody];
            out.extend(handlers.map(|it| it.body.as_ref() as &[Stmt]));
            out
        }
        _ => Vec::new(),
    }
}
