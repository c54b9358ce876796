//! The blocks of compound statements: their names belong to the scope around them.

use ruff_python_ast::{ExceptHandler, Expr, Stmt, StmtIf, StmtTry, UnaryOp};

/// The blocks inside `stmt` that an import may run, in the order in which the last binding counts.
///
/// That is source order, except where the branch that an import takes is known: `try` over its `except ImportError`, what is
/// not `TYPE_CHECKING`, what is not `__name__ == "__main__"`.
pub(super) fn blocks(stmt: &Stmt) -> Vec<&[Stmt]> {
    match stmt {
        Stmt::If(it) => branches(it),
        Stmt::For(it) => vec![&it.body, &it.orelse],
        Stmt::While(it) => vec![&it.body, &it.orelse],
        Stmt::With(it) => vec![&it.body],
        Stmt::Match(it) => it.cases.iter().map(|it| it.body.as_slice()).collect(),
        Stmt::Try(it) => attempt(it),
        _ => Vec::new(),
    }
}

fn branches(it: &StmtIf) -> Vec<&[Stmt]> {
    let others = it.elif_else_clauses.iter().map(|it| it.body.as_slice());
    let first = it.body.as_slice();
    match &*it.test {
        test if is_main(test) => others.collect(),
        Expr::UnaryOp(not) if not.op == UnaryOp::Not && is_type_checking(&not.operand) => {
            others.chain([first]).collect()
        }
        _ => std::iter::once(first).chain(others).collect(),
    }
}

fn is_type_checking(test: &Expr) -> bool {
    match test {
        Expr::Name(it) => it.id.as_str() == "TYPE_CHECKING",
        Expr::Attribute(it) => it.attr.as_str() == "TYPE_CHECKING",
        _ => false,
    }
}

fn is_main(test: &Expr) -> bool {
    let Expr::Compare(it) = test else { return false };
    let is_name = |it: &Expr| it.as_name_expr().is_some_and(|it| it.id.as_str() == "__name__");
    let is_text =
        |it: &Expr| it.as_string_literal_expr().is_some_and(|it| it.value.to_str() == "__main__");
    it.ops.first().is_some_and(|it| *it == ruff_python_ast::CmpOp::Eq)
        && std::iter::once(&*it.left).chain(&it.comparators).any(is_name)
        && std::iter::once(&*it.left).chain(&it.comparators).any(is_text)
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
