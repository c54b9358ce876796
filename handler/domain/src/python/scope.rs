//! What the names of a module mean: imports, classes, constants.

use std::cell::Cell;
use std::collections::BTreeMap;

use ruff_python_ast::{
    Expr, ExprAttribute, ExprList, ExprTuple, Identifier, Stmt, StmtClassDef, StmtImport,
    StmtImportFrom,
};

use super::blocks::blocks;

/// Most expressions that are read for one file: names that repeat names would take for ever.
const MAX_STEPS: usize = 200_000;

/// What a name of the module is bound to.
#[derive(Debug, Clone)]
pub(super) enum Bound<'a> {
    /// An import: the dotted name.
    Import(String),
    /// A class of this module.
    Class(&'a StmtClassDef),
    /// The expression that was last assigned.
    Value(&'a Expr),
    /// A function.
    Function,
    /// Bound to what only running it tells: a loop variable, the target of `with` or `+=`.
    Unknown,
}

/// The names of a module, the last binding of each.
#[derive(Debug, Default)]
pub(super) struct Scope<'a> {
    names: BTreeMap<&'a str, Bound<'a>>,
    steps: Cell<usize>,
}

impl<'a> Scope<'a> {
    /// The names that `body` binds, also inside `if`, `try`, `with`, `match` and loops.
    pub(super) fn of(body: &'a [Stmt]) -> Self {
        let mut scope = Self::default();
        scope.bind(body);
        scope
    }

    fn bind(&mut self, body: &'a [Stmt]) {
        for stmt in body {
            self.statement(stmt);
            for block in blocks(stmt) {
                self.bind(block);
            }
        }
    }

    fn statement(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::Import(it) => self.import(it),
            Stmt::ImportFrom(it) => self.import_from(it),
            Stmt::ClassDef(it) => {
                self.names.insert(it.name.as_str(), Bound::Class(it));
            }
            Stmt::FunctionDef(it) => {
                self.names.insert(it.name.as_str(), Bound::Function);
            }
            Stmt::Assign(it) => {
                for target in &it.targets {
                    self.assign(target, Some(&it.value));
                }
            }
            Stmt::AnnAssign(it) => {
                if let Some(value) = &it.value {
                    self.assign(&it.target, Some(value));
                }
            }
            Stmt::AugAssign(it) => self.assign(&it.target, None),
            Stmt::For(it) => self.assign(&it.target, None),
            Stmt::With(it) => {
                for target in it.items.iter().filter_map(|it| it.optional_vars.as_deref()) {
                    self.assign(target, None);
                }
            }
            _ => {}
        }
    }

    fn import(&mut self, it: &'a StmtImport) {
        for alias in &it.names {
            let full = alias.name.as_str();
            let first = full.split('.').next().unwrap_or(full);
            let (name, target) =
                alias.asname.as_ref().map_or((first, first), |name| (name.as_str(), full));
            self.names.insert(name, Bound::Import(target.to_owned()));
        }
    }

    fn import_from(&mut self, it: &'a StmtImportFrom) {
        let module = it.module.as_ref().map(Identifier::as_str).unwrap_or_default();
        let dots = ".".repeat(it.level as usize);
        for alias in &it.names {
            let name = alias.asname.as_ref().unwrap_or(&alias.name).as_str();
            let target = format!("{dots}{module}.{}", alias.name.as_str());
            self.names.insert(name, Bound::Import(target));
        }
    }

    /// `a = value`, `a, b = 1, 2`; without a value the names are bound to what is not known.
    fn assign(&mut self, target: &'a Expr, value: Option<&'a Expr>) {
        match target {
            Expr::Name(it) => {
                let bound = value.map_or(Bound::Unknown, Bound::Value);
                self.names.insert(it.id.as_str(), bound);
            }
            Expr::Tuple(ExprTuple { elts, .. }) | Expr::List(ExprList { elts, .. }) => {
                let values = match value {
                    Some(Expr::Tuple(it)) if it.elts.len() == elts.len() => it.elts.as_slice(),
                    _ => &[],
                };
                for (at, target) in elts.iter().enumerate() {
                    self.assign(target, values.get(at));
                }
            }
            Expr::Starred(it) => self.assign(&it.value, None),
            _ => {}
        }
    }

    /// Counts one expression that is read; false when there were too many.
    pub(super) fn step(&self) -> bool {
        self.steps.set(self.steps.get() + 1);
        self.steps.get() <= MAX_STEPS
    }

    /// What `name` is bound to.
    pub(super) fn get(&self, name: &str) -> Option<&Bound<'a>> {
        self.names.get(name)
    }

    /// The dotted name that `expr` means: imports followed, builtins under `builtins.`; `None` for names of this module.
    pub(super) fn dotted(&self, expr: &Expr) -> Option<String> {
        match expr {
            Expr::Name(it) => match self.get(it.id.as_str()) {
                Some(Bound::Import(target)) => Some(target.clone()),
                Some(_) => None,
                None => Some(format!("builtins.{}", it.id)),
            },
            Expr::Attribute(it) => self.attribute(it),
            _ => None,
        }
    }

    /// The same of `a.b`.
    pub(super) fn attribute(&self, it: &ExprAttribute) -> Option<String> {
        Some(format!("{}.{}", self.dotted(&it.value)?, it.attr.as_str()))
    }

    /// The class of this module that `expr` names.
    pub(super) fn class(&self, expr: &Expr) -> Option<&'a StmtClassDef> {
        match self.get(expr.as_name_expr()?.id.as_str()) {
            Some(Bound::Class(class)) => Some(class),
            _ => None,
        }
    }
}
