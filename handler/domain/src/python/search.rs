//! Where in a bundle a module is, and what it binds.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use ruff_python_ast::{Expr, Stmt};

use super::blocks::blocks;
use super::modules::{INSTALLED, Modules};
use crate::dialect::Dialect;
use crate::names::SourceRoot;

/// The folders of a bundle that Python looks for modules in, besides the source roots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Search {
    /// Wherever they may be: the folder of the flow's file, the root, the folder above.
    Any,
    /// Where the file is run as a script: its folder, and the root.
    Script,
    /// Where Prefect 2 does not run it: its folder, and the one above.
    Above,
}

/// What a bundle has to look in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Places<'a> {
    /// The folders that whoever runs its flows has put on Python's path.
    pub(super) roots: &'a [SourceRoot],
    /// What its files and folders are called, without `.py`.
    pub(super) own: &'a BTreeSet<String>,
}

impl Modules<'_> {
    /// How many modules there are.
    pub(super) fn count(&self) -> usize {
        self.list.len()
    }

    /// Where the script looks: wherever it likes, when it says so.
    pub(super) fn script_search(&self) -> Search {
        if self.sets_path() { Search::Any } else { Search::Script }
    }

    /// Where Prefect looks for what a script imports that it does not run. Prefect 3 leaves the script's folders on the path.
    pub(super) fn fallback_search(&self, dialect: Dialect) -> Search {
        if dialect.is_three() || self.sets_path() { Search::Any } else { Search::Above }
    }

    /// Whether the script changes where Python looks.
    pub(super) fn sets_path(&self) -> bool {
        *self.sets_path.get_or_init(|| self.file(0).is_some_and(|it| it.has("sys.path")))
    }

    /// The module of the first `count` parts of `target`, as imported by the module `from`, in the folders of `search`.
    pub(super) fn found(
        &self,
        from: usize,
        target: &str,
        count: usize,
        search: Search,
    ) -> Option<usize> {
        let (first, file) = (self.file(0)?, self.file(from)?);
        let (files, within) = ((&*first.path, &*file.path), (self.places, search));
        locate(files, within, (target, count), |it| self.by_path.get(it).copied())
    }

    /// Whether the bundle has a folder for `target`, as imported by the module `from`: it is a package without a file.
    pub(super) fn has_folder(&self, from: usize, target: &str, search: Search) -> bool {
        let bare = target.trim_start_matches('.');
        if bare.is_empty() {
            return true;
        }
        let (Some(first), Some(file)) = (self.file(0), self.file(from)) else { return false };
        let folder = bare.replace('.', "/");
        let is_in = |above: &str| {
            let folder = format!("{above}/{folder}/");
            let folder = folder.strip_prefix('/').unwrap_or(&folder);
            let mut from = self.by_path.range(folder..);
            from.next().is_some_and(|(path, _)| path.starts_with(folder))
        };
        match target.len() - bare.len() {
            0 => roots(&first.path, (self.places, search)).any(is_in),
            level => ancestor(&file.path, level).is_some_and(is_in),
        }
    }

    /// Whether the module `at` is a package.
    pub(super) fn is_package(&self, at: usize) -> bool {
        let path = self.file(at).map(|it| it.path.as_str()).unwrap_or_default();
        path.rsplit('/').next() == Some("__init__.py")
    }

    /// Whether the module `at` may bind `name`.
    pub(super) fn binds(&self, at: usize, name: &str) -> bool {
        let is_special = name.starts_with("__") && name.ends_with("__");
        is_special || self.file(at).is_some_and(|it| binds(&it.body, name))
    }
}

/// What `at` gives for the file of the first `count` parts of `target`, the best place first that it gives something for;
/// `from` imports it for `first`.
///
/// Python looks in the folder of the flow's file and in the working folder; Prefect's fallback also in the parent; and
/// whoever has source roots has put them on Python's path.
pub(super) fn locate<T>(
    (first, from): (&str, &str),
    (places, search): (Places<'_>, Search),
    (target, count): (&str, usize),
    at: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    let module = target.trim_start_matches('.');
    let level = target.len() - module.len();
    let mut parts = module.split('.').filter(|it| !it.is_empty()).take(count);
    let is_own = |it: &str| !INSTALLED.contains(&it) && places.own.contains(it);
    if level == 0 && !parts.clone().next().is_some_and(is_own) {
        return None;
    }
    let mut name = String::with_capacity(target.len() + PACKAGE.len() + 1);
    parts.try_for_each(|it| write!(name, "/{it}")).ok()?;
    let mut path = String::new();
    let mut within = |folder: &str| {
        let mut look = |end: &str| {
            path.clear();
            path.extend([folder, &name, end]);
            at(path.strip_prefix('/').unwrap_or(&path))
        };
        look(PACKAGE).or_else(|| if name.is_empty() { None } else { look(".py") })
    };
    if level > 0 {
        return within(ancestor(from, level)?);
    }
    roots(first, (places, search)).find_map(within)
}

/// The file of a package.
const PACKAGE: &str = "/__init__.py";

/// The folders that modules of the bundle are imported from; the root is empty.
fn roots<'a>(
    first: &'a str,
    (places, search): (Places<'a>, Search),
) -> impl Iterator<Item = &'a str> {
    let (own, root, above) = (ancestor(first, 1), Some(""), ancestor(first, 2));
    let near = match search {
        Search::Any => [own, root, above],
        Search::Script => [own, root, None],
        Search::Above => [own, above, None],
    };
    let set = places.roots.iter().map(|it| it.as_str().trim_end_matches('/'));
    near.into_iter().flatten().chain(set)
}

/// The folder `level` levels above `path`; empty for the root, `None` outside the bundle.
pub(super) fn ancestor(path: &str, level: usize) -> Option<&str> {
    (0..level).try_fold(path, |it, at| match it.rsplit_once('/') {
        Some((folder, _)) => Some(folder),
        None => (at + 1 == level && !it.is_empty()).then_some(""),
    })
}

/// Whether `body` may bind `name`, or any name.
fn binds(body: &[Stmt], name: &str) -> bool {
    body.iter().any(|stmt| {
        let here = match stmt {
            Stmt::Import(it) => it.names.iter().any(|it| {
                let first = it.name.split('.').next();
                it.asname.as_ref().map_or(first, |it| Some(it.as_str())) == Some(name)
            }),
            Stmt::ImportFrom(it) => it.names.iter().any(|it| {
                matches!(it.asname.as_ref().unwrap_or(&it.name).as_str(), "*")
                    || *it.asname.as_ref().unwrap_or(&it.name) == *name
            }),
            Stmt::ClassDef(it) => it.name == *name,
            Stmt::FunctionDef(it) => it.name == *name || it.name == *"__getattr__",
            Stmt::Assign(it) => it.targets.iter().any(|it| is_bound(it, name)),
            Stmt::AnnAssign(it) => is_bound(&it.target, name),
            Stmt::AugAssign(it) => is_bound(&it.target, name),
            Stmt::TypeAlias(it) => is_bound(&it.name, name),
            Stmt::For(it) => is_bound(&it.target, name),
            Stmt::With(it) => it
                .items
                .iter()
                .filter_map(|it| it.optional_vars.as_deref())
                .any(|it| is_bound(it, name)),
            // `globals()["NAME"] = …` and the like
            Stmt::Expr(it) => is_call_of_globals(&it.value),
            _ => false,
        };
        here || blocks(stmt, &|_| None).iter().any(|it| binds(it.body, name))
    })
}

fn is_bound(target: &Expr, name: &str) -> bool {
    match target {
        Expr::Name(it) => it.id == *name,
        Expr::Tuple(it) => it.elts.iter().any(|it| is_bound(it, name)),
        Expr::List(it) => it.elts.iter().any(|it| is_bound(it, name)),
        Expr::Starred(it) => is_bound(&it.value, name),
        Expr::Subscript(it) => is_call_of_globals(&it.value),
        _ => false,
    }
}

fn is_call_of_globals(expr: &Expr) -> bool {
    match expr {
        Expr::Call(it) => match &*it.func {
            Expr::Name(it) => it.id == "globals",
            Expr::Attribute(it) => is_call_of_globals(&it.value),
            _ => false,
        },
        _ => false,
    }
}
