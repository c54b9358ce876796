//! The names that a statement looks up while it runs: not those in bodies of functions.

use std::collections::BTreeSet;

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{
    AnyParameterRef, Comprehension, Expr, ExprContext, Parameters, Stmt, TypeParams,
};

/// Deepest expression that is looked through.
const MAX_DEPTH: usize = 200;

/// The names that `stmt` needs to be bound before it.
pub(super) fn of(stmt: &Stmt) -> BTreeSet<&str> {
    let mut free = Free::default();
    free.visit_stmt(stmt);
    free.needed
}

/// The names that `expr` needs to be bound.
pub(super) fn of_expr(expr: &Expr) -> BTreeSet<&str> {
    let mut free = Free::default();
    free.visit_expr(expr);
    free.needed
}

#[derive(Default)]
struct Free<'e> {
    needed: BTreeSet<&'e str>,
    /// What is bound by the statement itself.
    own: BTreeSet<&'e str>,
    /// How deep the expression at hand is.
    depth: usize,
}

impl<'e> Free<'e> {
    fn parameters(&mut self, it: &'e Parameters) {
        let defaults = it.iter_non_variadic_params().filter_map(|it| it.default.as_deref());
        defaults.for_each(|it| self.visit_expr(it));
        it.iter().filter_map(AnyParameterRef::annotation).for_each(|it| self.visit_expr(it));
    }

    fn type_parameters(&mut self, it: Option<&'e TypeParams>) {
        self.own.extend(it.into_iter().flat_map(|it| &it.type_params).map(|it| it.name().as_str()));
    }

    /// What a comprehension needs, whose variables are its own.
    fn comprehension(&mut self, parts: &[&'e Expr], generators: &'e [Comprehension]) {
        let mut inner = Self { needed: BTreeSet::new(), own: self.own.clone(), depth: self.depth };
        for it in generators {
            inner.visit_expr(&it.iter);
            inner.visit_expr(&it.target);
            it.ifs.iter().for_each(|it| inner.visit_expr(it));
        }
        for it in parts {
            inner.visit_expr(it);
        }
        self.needed.extend(inner.needed);
    }
}

impl<'e> Visitor<'e> for Free<'e> {
    fn visit_stmt(&mut self, stmt: &'e Stmt) {
        match stmt {
            Stmt::FunctionDef(it) => {
                it.decorator_list.iter().for_each(|it| self.visit_expr(&it.expression));
                self.type_parameters(it.type_params.as_deref());
                self.parameters(&it.parameters);
                it.returns.iter().for_each(|it| self.visit_expr(it));
                self.own.insert(it.name.as_str());
            }
            Stmt::ClassDef(it) => {
                it.decorator_list.iter().for_each(|it| self.visit_expr(&it.expression));
                self.type_parameters(it.type_params.as_deref());
                it.arguments.iter().for_each(|it| self.visit_arguments(it));
                it.body.iter().for_each(|it| self.visit_stmt(it));
                self.own.insert(it.name.as_str());
            }
            Stmt::Assign(it) => {
                self.visit_expr(&it.value);
                it.targets.iter().for_each(|it| self.visit_expr(it));
            }
            Stmt::AnnAssign(it) => {
                it.value.iter().for_each(|it| self.visit_expr(it));
                self.visit_expr(&it.annotation);
                if it.value.is_some() {
                    self.visit_expr(&it.target);
                }
            }
            other => visitor::walk_stmt(self, other),
        }
    }

    fn visit_expr(&mut self, expr: &'e Expr) {
        if self.depth > MAX_DEPTH {
            return;
        }
        self.depth += 1;
        self.expression(expr);
        self.depth -= 1;
    }
}

impl<'e> Free<'e> {
    fn expression(&mut self, expr: &'e Expr) {
        match expr {
            Expr::Name(it) if it.ctx == ExprContext::Load => {
                if !self.own.contains(it.id.as_str()) {
                    self.needed.insert(it.id.as_str());
                }
            }
            Expr::Name(it) => {
                self.own.insert(it.id.as_str());
            }
            Expr::Lambda(it) => {
                it.parameters.iter().for_each(|it| self.parameters(it));
            }
            Expr::ListComp(it) => self.comprehension(&[&*it.elt], &it.generators),
            Expr::SetComp(it) => self.comprehension(&[&*it.elt], &it.generators),
            Expr::Generator(it) => self.comprehension(&[&*it.elt], &it.generators),
            Expr::DictComp(it) => {
                let key = it.key.as_deref();
                let parts: Vec<&Expr> = key.into_iter().chain([&*it.value]).collect();
                self.comprehension(&parts, &it.generators);
            }
            other => visitor::walk_expr(self, other),
        }
    }
}
