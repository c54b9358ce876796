//! What the names of one module are bound to: imports, classes, constants.

use std::collections::{BTreeMap, BTreeSet};

use ruff_python_ast::{
    Expr, ExprCall, ExprList, ExprTuple, Identifier, Stmt, StmtClassDef, StmtFunctionDef,
    StmtImport, StmtImportFrom, StmtTypeAlias, TypeParamTypeVar,
};

use ruff_text_size::{Ranged as _, TextSize};

use super::binding::Cuts;
use super::changed::{changed, is_container};
use super::stars;
use crate::evaluate::is_builtin;

/// Longest dotted name of a module, in bytes: each name that is imported from it repeats it.
const MAX_MODULE: usize = 1000;

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
    Function(&'a StmtFunctionDef),
    /// `type Ids = list[int]`
    Alias(&'a StmtTypeAlias),
    /// `T` of `class Page[T]`, in that class.
    Variable(&'a TypeParamTypeVar),
    /// Bound to what only running it tells: a loop variable, the target of `with` or `+=`.
    Unknown,
}

/// The names of a module, the last binding of each.
#[derive(Debug, Default)]
pub(super) struct Names<'a> {
    pub(super) bound: BTreeMap<&'a str, Bound<'a>>,
    /// The last function of each name, even if the name is bound to something else since.
    pub(super) functions: BTreeMap<&'a str, &'a StmtFunctionDef>,
    /// What is bound for type checkers only.
    pub(super) unbound: BTreeSet<&'a str>,
    /// Where the values start that only running tells to be the last ones.
    pub(super) unsure: BTreeSet<TextSize>,
    /// Whether what is bound now may be bound otherwise.
    pub(super) is_unsure: bool,
    /// What the bodies of classes bind, and the type parameters of functions and aliases, by their places.
    pub(super) inner: BTreeMap<TextSize, Names<'a>>,
    /// Every import, as written: dots, module, name.
    pub(super) imports: Vec<String>,
    /// The modules of `from … import *`.
    pub(super) stars: Vec<String>,
}

impl<'a> Names<'a> {
    /// The names that `body` binds, also inside `if`, `try`, `with`, `match` and loops.
    pub(super) fn of(body: &'a [Stmt]) -> Self {
        let mut names = Self::default();
        names.bind(body, true, &Cuts::new());
        names
    }

    /// Whether `name` is not bound at run time: an import for type checkers binds nothing.
    pub(super) fn is_unbound(&self, name: &str) -> bool {
        self.unbound.contains(name) || !self.bound.contains_key(name)
    }

    /// Whether `name` means something where Prefect does not run the module.
    pub(super) fn may_bind(&self, name: &str) -> bool {
        self.bound.contains_key(name)
            || self.stars.iter().any(|it| stars::may_bind(it, name))
            || name == "__name__"
            || is_builtin(name)
    }

    /// What `name` is bound to.
    pub(super) fn get(&self, name: &str) -> Option<&Bound<'a>> {
        self.bound.get(name)
    }

    /// All names.
    pub(super) fn all(&self) -> impl Iterator<Item = &'a str> {
        self.bound.keys().copied()
    }

    /// What is imported: `flows.common`, `.common.Model`.
    pub(super) fn imports(&self) -> impl Iterator<Item = &str> {
        self.imports.iter().chain(&self.stars).map(String::as_str)
    }

    /// The modules of `from … import *`, the last one first.
    pub(super) fn stars(&self) -> impl Iterator<Item = &str> {
        self.stars.iter().rev().map(String::as_str)
    }

    /// What is assigned to `name`.
    pub(super) fn constant(&self, name: &str) -> Option<&'a Expr> {
        match self.get(name)? {
            Bound::Value(it) => Some(it),
            _ => None,
        }
    }

    /// The last function that was called `name`.
    pub(super) fn last_function(&self, name: &str) -> Option<&'a StmtFunctionDef> {
        self.functions.get(name).copied()
    }

    /// The names that are assigned the result of a call.
    pub(super) fn called(&self) -> impl Iterator<Item = (&'a str, &'a ExprCall)> {
        self.bound.iter().filter_map(|(name, bound)| match bound {
            Bound::Value(Expr::Call(call)) => Some((*name, call)),
            _ => None,
        })
    }

    pub(super) fn put(&mut self, name: &'a str, bound: Bound<'a>) {
        self.unbound.remove(name);
        if let (true, Bound::Value(it)) = (self.is_unsure, &bound) {
            self.unsure.insert(it.start());
        }
        self.bound.insert(name, bound);
    }

    /// What `stmt` binds by itself, without its blocks.
    pub(super) fn statement(&mut self, stmt: &'a Stmt) {
        for name in changed(stmt) {
            if let Some(Bound::Value(it)) = self.bound.get(name)
                && is_container(it)
            {
                self.unsure.insert(it.start());
            }
        }
        match stmt {
            Stmt::Import(it) => self.import(it),
            Stmt::ImportFrom(it) => self.import_from(it),
            Stmt::ClassDef(it) => {
                self.inner.insert(it.range.start(), Self::of_class(it));
                self.put(it.name.as_str(), Bound::Class(it));
            }
            Stmt::FunctionDef(it) => {
                self.type_parameters(it.range.start(), it.type_params.as_deref());
                self.put(it.name.as_str(), Bound::Function(it));
                self.functions.insert(it.name.as_str(), it);
            }
            Stmt::TypeAlias(it) => {
                self.type_parameters(it.range.start(), it.type_params.as_deref());
                if let Some(name) = it.name.as_name_expr() {
                    self.put(name.id.as_str(), Bound::Alias(it));
                }
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
            self.imports.push(full.to_owned());
            self.put(name, Bound::Import(target.to_owned()));
        }
    }

    fn import_from(&mut self, it: &'a StmtImportFrom) {
        let module = source(it);
        if module.len() > MAX_MODULE {
            return;
        }
        for alias in &it.names {
            if alias.name.as_str() == "*" {
                self.stars.push(module.clone());
                continue;
            }
            let name = alias.asname.as_ref().unwrap_or(&alias.name).as_str();
            let point = if module.ends_with('.') { "" } else { "." };
            let target = format!("{module}{point}{}", alias.name.as_str());
            self.imports.push(target.clone());
            self.put(name, Bound::Import(target));
        }
    }

    /// `a = value`, `a, b = 1, 2`; without a value the names are bound to what is not known.
    fn assign(&mut self, target: &'a Expr, value: Option<&'a Expr>) {
        match target {
            Expr::Name(it) => {
                let bound = value.map_or(Bound::Unknown, Bound::Value);
                self.put(it.id.as_str(), bound);
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
}

/// The module of `from module import …`, as written.
pub(super) fn source(it: &StmtImportFrom) -> String {
    let module = it.module.as_ref().map(Identifier::as_str).unwrap_or_default();
    format!("{}{module}", ".".repeat(it.level as usize))
}
