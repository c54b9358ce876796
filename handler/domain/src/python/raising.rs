//! Statements that raise where a package is missing: they use what a failed import would have bound.

use std::collections::{BTreeMap, BTreeSet};

use ruff_python_ast::{Expr, Stmt};

use super::free::{self, Needed};

/// Variables that every environment has.
const USUAL: [&str; 6] = ["HOME", "LANG", "PATH", "PWD", "SHELL", "USER"];

/// Names of one module that a failed import leaves without a value, or with `None`.
#[derive(Debug, Clone, Default)]
pub(super) struct Lost {
    unbound: BTreeSet<String>,
    none: BTreeSet<String>,
    /// Environment variables that the module sets.
    set: BTreeSet<String>,
    /// Whether a statement may need an environment variable.
    pub(super) reads_environment: bool,
    /// Whether annotations are not evaluated.
    pub(super) is_future: bool,
}

impl Lost {
    /// What the statements of a `try` would have bound, had its import not failed.
    pub(super) fn lose(&mut self, body: &[Stmt]) {
        self.unbound.extend(body.iter().flat_map(bound).map(str::to_owned));
    }

    /// Whether `stmt` raises; `environment` gives the variables that have a value, `None` when a file may bring more.
    pub(super) fn raises<'v>(
        &self,
        stmt: &Stmt,
        environment: impl Fn() -> Option<&'v BTreeMap<String, String>>,
    ) -> bool {
        if self.unbound.is_empty() && self.none.is_empty() && !self.reads_environment {
            return false;
        }
        if !matches!(
            stmt,
            Stmt::FunctionDef(_)
                | Stmt::ClassDef(_)
                | Stmt::Assign(_)
                | Stmt::AnnAssign(_)
                | Stmt::Expr(_)
        ) {
            return false;
        }
        let Needed { names, opened, variables } = free::needed(stmt, self.is_future);
        let is_missing = |it: &&str| {
            let is_set = USUAL.contains(it) || self.set.contains(*it);
            !is_set && environment().is_some_and(|known| !known.contains_key(*it))
        };
        names.iter().any(|it| self.unbound.contains(*it))
            || opened.iter().any(|it| self.none.contains(*it))
            || variables.iter().any(is_missing)
    }

    /// Takes note of what `stmt` binds.
    pub(super) fn bind(&mut self, stmt: &Stmt) {
        if let Stmt::Assign(it) = stmt {
            self.set.extend(it.targets.iter().filter_map(variable).map(str::to_owned));
        }
        let is_none = matches!(stmt, Stmt::Assign(it) if it.value.is_none_literal_expr());
        for name in bound(stmt) {
            let was_lost = self.unbound.remove(name) | self.none.remove(name);
            if was_lost && is_none {
                self.none.insert(name.to_owned());
            }
        }
    }
}

/// The names that `stmt` binds by itself.
fn bound(stmt: &Stmt) -> Vec<&str> {
    match stmt {
        Stmt::Import(it) => it
            .names
            .iter()
            .filter_map(|it| match &it.asname {
                Some(name) => Some(name.as_str()),
                None => it.name.split('.').next(),
            })
            .collect(),
        Stmt::ImportFrom(it) => {
            it.names.iter().map(|it| it.asname.as_ref().unwrap_or(&it.name).as_str()).collect()
        }
        Stmt::ClassDef(it) => vec![it.name.as_str()],
        Stmt::FunctionDef(it) => vec![it.name.as_str()],
        Stmt::Assign(it) => it.targets.iter().filter_map(name).collect(),
        Stmt::AnnAssign(it) if it.value.is_some() => name(&it.target).into_iter().collect(),
        _ => Vec::new(),
    }
}

fn name(target: &Expr) -> Option<&str> {
    Some(target.as_name_expr()?.id.as_str())
}

/// The environment variable that `os.environ["NAME"] = …` sets.
fn variable(target: &Expr) -> Option<&str> {
    let it = target.as_subscript_expr().filter(|it| free::is_environment(&it.value))?;
    Some(it.slice.as_string_literal_expr()?.value.to_str())
}
