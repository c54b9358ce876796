//! Types of a flow's parameters that only a type checker imports.

use std::collections::BTreeSet;

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{AnyParameterRef, Expr, Stmt, StmtIf};

use super::super::function;
use super::super::names::Names;
use super::super::parse;
use super::{Case, imports};
use crate::diagnostic::{Diagnostic, rules};

pub(super) fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let Some(file) = case.files.first() else { return };
    let hidden = hidden(&file.body);
    if hidden.is_empty() {
        return;
    }
    let all = function::all(&file.body, case.scope);
    let Some(flow) = all.iter().find(|it| it.qualified == case.function) else { return };
    let parameters = flow.def.parameters.iter().filter_map(AnyParameterRef::annotation);
    for annotation in parameters {
        let mut used = Used::default();
        used.visit_expr(annotation);
        if let Some(name) = used.0.iter().find(|it| hidden.contains(*it)) {
            let message = format!(
                "`{name}` is imported for type checkers only: Prefect cannot read this type"
            );
            let warning =
                Diagnostic::warning(rules::TYPE_CHECKING_NAME, file.at(annotation), message);
            found.push(warning.hint("import it outside of `if TYPE_CHECKING`"));
        }
    }
}

/// Names that only `if TYPE_CHECKING` at the top of `body` binds.
fn hidden(body: &[Stmt]) -> BTreeSet<String> {
    let (behind, others): (Vec<&Stmt>, Vec<&Stmt>) = body.iter().partition(|it| is_typing(it));
    let own = |it: &&StmtIf| it.elif_else_clauses.is_empty();
    let blocks = behind.iter().filter_map(|it| it.as_if_stmt()).filter(own);
    let last = |it: String| it.rsplit('.').next().unwrap_or_default().to_owned();
    let names: BTreeSet<String> =
        blocks.flat_map(|it| imports(&it.body)).map(|it| last(it.target)).collect();
    let bound = |name: &String| {
        others.iter().any(|it| Names::of(std::slice::from_ref(*it)).get(name).is_some())
    };
    names.into_iter().filter(|it| !bound(it)).collect()
}

fn is_typing(stmt: &Stmt) -> bool {
    let name = match stmt.as_if_stmt().map(|it| &*it.test) {
        Some(Expr::Name(it)) => it.id.as_str(),
        Some(Expr::Attribute(it)) => it.attr.as_str(),
        _ => "",
    };
    name == "TYPE_CHECKING"
}

/// The names of an expression, those inside texts too.
#[derive(Default)]
struct Used(BTreeSet<String>);

impl<'a> Visitor<'a> for Used {
    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Name(it) => {
                self.0.insert(it.id.as_str().to_owned());
            }
            Expr::StringLiteral(it) => {
                let name = parse::expression(it.value.to_str());
                self.0.extend(name.and_then(|it| Some(it.as_name_expr()?.id.as_str().to_owned())));
            }
            _ => visitor::walk_expr(self, expr),
        }
    }
}
