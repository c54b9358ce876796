//! What a name means where it is read: imports are followed through the bundle.

use std::collections::BTreeSet;

use ruff_python_ast::{Expr, ExprAttribute, ExprCall, StmtClassDef, StmtFunctionDef};
use ruff_text_size::{Ranged as _, TextSize};

use super::EvaluatedFlow;
use super::budget::Budget;
use super::installed;
use super::modules::Modules;
use super::names::{Bound, Names};
use super::parse::File;
use super::stars;
use crate::dialect::Dialect;

/// Most imports of imports.
const MAX_IMPORTS: usize = 20;

/// Most dots in a name that is looked up: each is looked up with all before it.
const MAX_DOTS: usize = 50;

/// The place of a module among those that are read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scope<'a> {
    pub(super) modules: &'a Modules<'a>,
    pub(super) at: usize,
    /// The class whose body this is.
    pub(super) class: Option<&'a Names<'a>>,
    /// Whether everything that is imported counts as installed.
    pub(super) is_whole: bool,
    /// Whether what is read here is a text inside an annotation, which has no place in the file.
    pub(super) is_text: bool,
    /// Whether pydantic 1 reads this, and not pydantic 2.
    pub(super) is_one: bool,
}

/// What a name means.
#[derive(Debug)]
pub(super) enum Found<'a> {
    /// Bound in the bundle, in the module of this scope.
    Here(Scope<'a>, &'a Bound<'a>),
    /// The dotted name of something outside the bundle; builtins are under `builtins.`.
    Outside(String),
}

impl<'a> Scope<'a> {
    /// The scope of the first of `modules`.
    pub(super) fn first(modules: &'a Modules<'a>) -> Self {
        Self { modules, at: 0, class: None, is_whole: false, is_text: false, is_one: false }
    }

    /// Which module this is.
    pub(super) fn module(&self) -> usize {
        self.at
    }

    /// What has been spent on the file.
    pub(super) fn budget(&self) -> &'a Budget {
        &self.modules.budget
    }

    /// Remembers that the value at hand depends on the environment variable `name`.
    pub(super) fn note_variable(&self, name: &str) {
        self.modules.variables.borrow_mut().insert(name.to_owned());
    }

    /// The environment variables noted since this was asked last.
    pub(super) fn take_variables(&self) -> BTreeSet<String> {
        self.modules.variables.take()
    }

    /// Counts one expression that is read; false when there were too many.
    pub(super) fn step(&self) -> bool {
        self.budget().spend(1)
    }

    /// What `expr` names; `None` when it is no name, or an attribute of what the bundle binds.
    pub(super) fn resolve(&self, expr: &Expr) -> Option<Found<'a>> {
        self.resolve_dots(expr, MAX_DOTS)
    }

    fn resolve_dots(&self, expr: &Expr, dots: usize) -> Option<Found<'a>> {
        match expr {
            Expr::Name(it) => {
                let name = it.id.as_str();
                let found = self.lookup(name, 0);
                Some(found.unwrap_or_else(|| Found::Outside(format!("builtins.{name}"))))
            }
            Expr::Attribute(it) => match self.resolve_dots(&it.value, dots.checked_sub(1)?)? {
                Found::Outside(base) => Some(self.follow(&format!("{base}.{}", it.attr), 0)),
                Found::Here(scope, Bound::Class(class)) => {
                    let inner = scope.within(class);
                    let bound = inner.class?.get(&it.attr)?;
                    matches!(bound, Bound::Class(_)).then_some(Found::Here(inner, bound))
                }
                Found::Here(..) => None,
            },
            _ => None,
        }
    }

    /// The scope of the body of `class`, a class of this module.
    pub(super) fn within(&self, class: &StmtClassDef) -> Self {
        self.inside(class.range.start())
    }

    /// The scope of what begins at `place`: the body of a class, the types of a function or an alias.
    pub(super) fn inside(&self, place: TextSize) -> Self {
        let names = self.class.and_then(|it| it.within(place));
        let names = names.or_else(|| self.names()?.within(place));
        Self { class: names, ..*self }
    }

    fn lookup(&self, name: &str, depth: usize) -> Option<Found<'a>> {
        self.search(name, depth, &mut BTreeSet::new())
    }

    /// Looks at `from … import *` too, but at no module twice: stars of stars are many more than there are modules.
    fn search(&self, name: &str, depth: usize, seen: &mut BTreeSet<usize>) -> Option<Found<'a>> {
        let names = self.names()?;
        match self.class.and_then(|it| it.get(name)).or_else(|| names.get(name)) {
            Some(Bound::Import(target)) => Some(self.follow(target, depth)),
            Some(bound) => Some(Found::Here(Self { is_text: false, ..*self }, bound)),
            None if names.stars.is_empty() || !seen.insert(self.at) => None,
            None => names
                .stars()
                .take_while(|_| self.step())
                .find_map(|star| self.through(star, name, depth, seen)),
        }
    }

    /// What `name` means because of `from star import *`.
    fn through(
        &self,
        star: &str,
        name: &str,
        depth: usize,
        seen: &mut BTreeSet<usize>,
    ) -> Option<Found<'a>> {
        let Some(at) = self.module_of(star, usize::MAX) else {
            return stars::installed(star, name).then(|| Found::Outside(format!("{star}.{name}")));
        };
        let there = Self { at, class: None, ..*self };
        if there.names().is_none_or(|it| stars::hides(it, name)) {
            return None;
        }
        there.search(name, depth, seen)
    }

    /// What the import `target` of this module means.
    fn follow(&self, target: &str, depth: usize) -> Found<'a> {
        self.budget().spend_text(target);
        let outside = || Found::Outside(self.absolute(target).unwrap_or_else(|| target.to_owned()));
        let Some((before, name)) = target.rsplit_once('.') else { return outside() };
        if depth > MAX_IMPORTS {
            return outside();
        }
        // of `from . import common`, only the dots are before the name
        let count = before.split('.').filter(|it| !it.is_empty()).count();
        let dots = target.len() - target.trim_start_matches('.').len();
        let before = if count == 0 { target.get(..dots).unwrap_or_default() } else { before };
        match self.module_of(before, count) {
            Some(at) => {
                Self { at, class: None, ..*self }.lookup(name, depth + 1).unwrap_or_else(outside)
            }
            None => outside(),
        }
    }

    /// Whether `name` is bound nowhere, or for type checkers only.
    pub(super) fn is_unbound(&self, name: &str) -> bool {
        let names = self.names();
        names.is_none_or(|it| it.is_unbound(name) && self.is_no_star(it, name))
    }

    /// Whether this module binds `name` only behind `place`.
    pub(super) fn is_bound_after(&self, name: &str, place: TextSize) -> bool {
        match self.names().and_then(|it| it.get(name)) {
            Some(Bound::Class(it)) => it.range.start() > place,
            Some(Bound::Value(it)) => it.start() > place,
            _ => false,
        }
    }

    /// Whether no `from … import *` may bind `name`.
    fn is_no_star(&self, names: &Names<'_>, name: &str) -> bool {
        names.get(name).is_some()
            || (self.find(name).is_none()
                && names.stars().all(|it| installed::has(it, Dialect::cloud())))
    }

    /// What this module assigns to `name`.
    pub(super) fn constant(&self, name: &str) -> Option<&'a Expr> {
        self.names()?.constant(name)
    }

    /// What `name` means in this module; `None` when it does not bind it.
    pub(super) fn find(&self, name: &str) -> Option<Found<'a>> {
        self.lookup(name, 0)
    }

    /// What evaluating the file of the flow `function` tells of it.
    pub(super) fn known(&self, function: &str) -> Option<&'a EvaluatedFlow> {
        self.modules.known.flows.get(function)
    }

    /// The module whose file is at `path`, if it is among those that are read.
    pub(super) fn of_file(&self, path: &str) -> Option<Self> {
        let at = *self.modules.by_path.get(path)?;
        Some(Self { at, class: None, is_text: false, ..*self })
    }

    /// The file of this module.
    pub(super) fn file(&self) -> Option<&'a File<'a>> {
        self.modules.file(self.at)
    }

    /// What Python calls this module.
    pub(super) fn module_name(&self, dialect: Dialect) -> String {
        self.modules.name(self.at, dialect)
    }

    /// The last function of this module that was called `name`.
    pub(super) fn last_function(&self, name: &str) -> Option<&'a StmtFunctionDef> {
        self.names()?.last_function(name)
    }

    /// The names of this module that are assigned the result of a call.
    pub(super) fn called(&self) -> impl Iterator<Item = (&'a str, &'a ExprCall)> {
        self.names().into_iter().flat_map(Names::called)
    }

    /// The dotted name that `expr` means; `None` for what the bundle binds.
    pub(super) fn dotted(&self, expr: &Expr) -> Option<String> {
        match self.resolve(expr)? {
            Found::Outside(name) => Some(name),
            Found::Here(..) => None,
        }
    }

    /// The same of `a.b`.
    pub(super) fn attribute(&self, it: &ExprAttribute) -> Option<String> {
        Some(format!("{}.{}", self.dotted(&it.value)?, it.attr.as_str()))
    }

    /// The class of the bundle that `expr` names, and the scope that it is read in.
    pub(super) fn class(&self, expr: &Expr) -> Option<(Scope<'a>, &'a StmtClassDef)> {
        match self.resolve(expr)? {
            Found::Here(scope, Bound::Class(class)) => Some((scope, class)),
            _ => None,
        }
    }
}
