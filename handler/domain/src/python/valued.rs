//! Enumerations whose members are given their values by a method: only running it tells them.

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{Expr, Stmt, StmtClassDef};

use super::default::Evaluated;
use super::scope::Scope;

/// Whether a method of `class` itself makes the values: `__new__`, or an `__init__` that sets `_value_`.
pub(super) fn makes_values(class: &StmtClassDef) -> bool {
    let mut methods = class.body.iter().filter_map(Stmt::as_function_def_stmt);
    methods.any(|it| match it.name.as_str() {
        "__new__" => true,
        "__init__" => {
            let mut finder = Finder::default();
            finder.visit_body(&it.body);
            finder.is_found
        }
        _ => false,
    })
}

/// What the member `name` of `class` shows.
pub(super) fn member(class: &StmtClassDef, name: &str, scope: &Scope<'_>) -> Evaluated {
    let targets = class.body.iter().filter_map(|it| match it {
        Stmt::Assign(it) => it.targets.first(),
        Stmt::AnnAssign(it) => Some(&*it.target),
        _ => None,
    });
    let is_named = |it: &&Expr| it.as_name_expr().is_some_and(|it| it.id.as_str() == name);
    targets.filter(is_named).last().map_or(Evaluated::Unknown, |it| scope.run(it))
}

#[derive(Default)]
struct Finder {
    is_found: bool,
}

impl<'e> Visitor<'e> for Finder {
    fn visit_expr(&mut self, expr: &'e Expr) {
        self.is_found |= expr.as_attribute_expr().is_some_and(|it| it.attr.as_str() == "_value_");
        visitor::walk_expr(self, expr);
    }
}
