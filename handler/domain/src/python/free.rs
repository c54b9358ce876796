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

/// What a statement needs.
#[derive(Default)]
pub(super) struct Needed<'e> {
    /// Names that have to be bound before it.
    pub(super) names: BTreeSet<&'e str>,
    /// Those of them that must not be `None`: something of them is read, or they are called.
    pub(super) opened: BTreeSet<&'e str>,
    /// Environment variables that have to be set.
    pub(super) variables: BTreeSet<&'e str>,
}

/// What `stmt` needs, with annotations unless they are texts.
pub(super) fn needed(stmt: &Stmt, is_future: bool) -> Needed<'_> {
    let mut free = Free { is_future, ..Free::default() };
    free.visit_stmt(stmt);
    Needed { names: free.needed, opened: free.opened, variables: free.variables }
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
    opened: BTreeSet<&'e str>,
    variables: BTreeSet<&'e str>,
    /// Whether annotations are texts.
    is_future: bool,
}

impl<'e> Free<'e> {
    fn parameters(&mut self, it: &'e Parameters) {
        let defaults = it.iter_non_variadic_params().filter_map(|it| it.default.as_deref());
        defaults.for_each(|it| self.visit_expr(it));
        it.iter().filter_map(AnyParameterRef::annotation).for_each(|it| self.visit_type(it));
    }

    fn visit_type(&mut self, it: &'e Expr) {
        if !self.is_future {
            self.visit_expr(it);
        }
    }

    /// Takes note of what is read from.
    fn open(&mut self, owner: &'e Expr) {
        if let Expr::Name(it) = owner
            && !self.own.contains(it.id.as_str())
        {
            self.opened.insert(it.id.as_str());
        }
    }

    fn type_parameters(&mut self, it: Option<&'e TypeParams>) {
        self.own.extend(it.into_iter().flat_map(|it| &it.type_params).map(|it| it.name().as_str()));
    }

    /// What a comprehension needs, whose variables are its own.
    fn comprehension(&mut self, parts: &[&'e Expr], generators: &'e [Comprehension]) {
        let own = self.own.clone();
        let mut inner = Self { own, depth: self.depth, ..Self::default() };
        for it in generators {
            inner.visit_expr(&it.iter);
            inner.visit_expr(&it.target);
            it.ifs.iter().for_each(|it| inner.visit_expr(it));
        }
        for it in parts {
            inner.visit_expr(it);
        }
        self.needed.extend(inner.needed);
        self.opened.extend(inner.opened);
        self.variables.extend(inner.variables);
    }
}

impl<'e> Visitor<'e> for Free<'e> {
    fn visit_stmt(&mut self, stmt: &'e Stmt) {
        match stmt {
            Stmt::FunctionDef(it) => {
                it.decorator_list.iter().for_each(|it| self.visit_expr(&it.expression));
                self.type_parameters(it.type_params.as_deref());
                self.parameters(&it.parameters);
                it.returns.iter().for_each(|it| self.visit_type(it));
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
                self.visit_type(&it.annotation);
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
            Expr::Attribute(it) => {
                self.open(&it.value);
                visitor::walk_expr(self, expr);
            }
            Expr::Call(it) => {
                self.open(&it.func);
                visitor::walk_expr(self, expr);
            }
            Expr::Subscript(it) => {
                self.open(&it.value);
                if it.ctx == ExprContext::Load && is_environment(&it.value) {
                    let name = it.slice.as_string_literal_expr();
                    self.variables.extend(name.map(|it| it.value.to_str()));
                }
                visitor::walk_expr(self, expr);
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

/// Whether `expr` is `os.environ`.
pub(super) fn is_environment(expr: &Expr) -> bool {
    let Expr::Attribute(it) = expr else { return false };
    it.attr.as_str() == "environ" && it.value.as_name_expr().is_some_and(|it| it.id == "os")
}
