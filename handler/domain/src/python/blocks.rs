//! The blocks of compound statements: their names belong to the scope around them.

use ruff_python_ast::{ExceptHandler, Expr, Stmt, StmtIf, StmtTry};

use ruff_text_size::Ranged;

use super::condition::{Outcome, outcome};

/// The blocks inside `stmt`, in the order in which the last binding counts.
///
/// That is source order, except where the branch that an import takes is known: `try` over its `except ImportError`, the
/// branch whose condition is known to hold. What is only there for type checkers comes first, so that all else counts more.
/// `constant` gives what a name of the module is assigned.
pub(super) fn blocks<'a>(
    stmt: &'a Stmt,
    constant: &dyn Fn(&str) -> Option<&'a Expr>,
) -> Vec<Block<'a>> {
    if let Stmt::If(it) = stmt {
        return branches(it, constant);
    }
    let is_sure = matches!(stmt, Stmt::With(_));
    let is_tried = |body: &[Stmt]| match stmt {
        Stmt::Try(it) => [&it.body, &it.orelse, &it.finalbody].iter().any(|it| is_same(it, body)),
        _ => is_sure,
    };
    let run = |body| Block { body, is_run: true, is_sure: is_tried(body) };
    unconditional(stmt, constant).into_iter().map(run).collect()
}

/// A block, and whether an import may run it: what is only there for type checkers is not.
#[derive(Debug, Clone, Copy)]
pub(super) struct Block<'a> {
    /// Its statements.
    pub(super) body: &'a [Stmt],
    /// Whether an import may run it.
    pub(super) is_run: bool,
    /// Whether an import surely runs it, as far as is known without running.
    pub(super) is_sure: bool,
}

fn is_same(a: &[Stmt], b: &[Stmt]) -> bool {
    a.first().map(Ranged::range) == b.first().map(Ranged::range)
}

fn unconditional<'a>(
    stmt: &'a Stmt,
    constant: &dyn Fn(&str) -> Option<&'a Expr>,
) -> Vec<&'a [Stmt]> {
    match stmt {
        Stmt::For(it) => vec![&it.body, &it.orelse],
        Stmt::While(it) => match outcome(&it.test, constant) {
            Outcome::Fails => vec![&it.orelse],
            _ => vec![&it.body, &it.orelse],
        },
        Stmt::With(it) => vec![&it.body],
        Stmt::Match(it) => it.cases.iter().map(|it| it.body.as_slice()).collect(),
        Stmt::Try(it) => attempt(it),
        _ => Vec::new(),
    }
}

fn branches<'a>(it: &'a StmtIf, constant: &dyn Fn(&str) -> Option<&'a Expr>) -> Vec<Block<'a>> {
    let others = it.elif_else_clauses.iter().map(|it| (it.test.as_ref(), it.body.as_slice()));
    let first = (Some(&*it.test), it.body.as_slice());
    let (mut types, mut run, mut over, mut is_sure) = (Vec::new(), Vec::new(), false, true);
    for (test, body) in std::iter::once(first).chain(others) {
        match test.map_or(Outcome::Holds, |it| outcome(it, constant)) {
            // what is left now is behind `not TYPE_CHECKING`
            _ if over => types.push(body),
            Outcome::Holds => {
                run.push((body, is_sure));
                break;
            }
            Outcome::NotTyping => {
                run.push((body, is_sure));
                over = true;
            }
            Outcome::Typing => types.push(body),
            Outcome::Fails => {}
            Outcome::Open => {
                is_sure = false;
                run.push((body, is_sure));
            }
        }
    }
    let types = types.into_iter().map(|body| Block { body, is_run: false, is_sure });
    let run = run.into_iter().map(|(body, is_sure)| Block { body, is_run: true, is_sure });
    types.chain(run).collect()
}

fn attempt(it: &StmtTry) -> Vec<&[Stmt]> {
    let ExceptHandlers { imports, others } = handlers(it);
    let ends = [it.orelse.as_slice(), it.finalbody.as_slice()];
    imports.into_iter().chain([it.body.as_slice()]).chain(others).chain(ends).collect()
}

/// The bodies of `except`: those that stand in for an import that fails, and the others.
struct ExceptHandlers<'a> {
    imports: Vec<&'a [Stmt]>,
    others: Vec<&'a [Stmt]>,
}

fn handlers(it: &StmtTry) -> ExceptHandlers<'_> {
    let tries_import = it.body.iter().any(|it| it.is_import_stmt() || it.is_import_from_stmt());
    let mut out = ExceptHandlers { imports: Vec::new(), others: Vec::new() };
    for ExceptHandler::ExceptHandler(handler) in &it.handlers {
        let stands_in = match handler.type_.as_deref() {
            None => tries_import,
            Some(Expr::Tuple(types)) => types.elts.iter().any(|it| catches(it, tries_import)),
            Some(one) => catches(one, tries_import),
        };
        let list = if stands_in { &mut out.imports } else { &mut out.others };
        list.push(handler.body.as_slice());
    }
    out
}

/// Whether `class` is what a failed import raises; a wide class is when the body imports something.
fn catches(class: &Expr, tries_import: bool) -> bool {
    match class.as_name_expr().map(|it| it.id.as_str()) {
        Some("ImportError" | "ModuleNotFoundError") => true,
        Some("Exception" | "BaseException") => tries_import,
        _ => false,
    }
}
