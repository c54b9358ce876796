//! The modules of the bundle that a flow's file imports, directly or not.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound::{Included, Unbounded};
use std::rc::Rc;

use super::EvaluatedModule;
use super::alone::Alone;
use super::asked::Questions;
use super::budget::Budget;
use super::loading::Loading;
use super::names::Names;
use super::parse::File;
use super::search::{Places, Search, ancestor};
use crate::dialect::Dialect;
use crate::dotted::{first, is_within};

/// Modules that are always the installed ones: Python has them before it looks into the bundle, or nothing would run.
pub(super) const INSTALLED: [&str; 20] = [
    "annotated_types",
    "builtins",
    "collections",
    "dataclasses",
    "datetime",
    "decimal",
    "enum",
    "ipaddress",
    "json",
    "math",
    "os",
    "pathlib",
    "pendulum",
    "prefect",
    "pydantic",
    "re",
    "typing",
    "typing_extensions",
    "uuid",
    "zoneinfo",
];

/// Whether the module `dotted` is never looked for in the bundle.
pub(crate) fn is_always_installed(dotted: &str) -> bool {
    INSTALLED.contains(&first(dotted))
}

/// A flow's file and the modules that it imports.
#[derive(Debug)]
pub(super) struct Modules<'a> {
    /// The names of each are looked up when they are first needed: most flows need those of few modules.
    pub(super) list: Vec<(&'a File<'a>, OnceCell<Names<'a>>)>,
    pub(super) by_path: BTreeMap<&'a str, usize>,
    pub(super) places: Places<'a>,
    /// Everything that they import, once it is needed.
    imported: OnceCell<BTreeSet<String>>,
    /// What has been read so far.
    pub(super) budget: Budget,
    /// What evaluating the first file tells of its flows.
    pub(super) known: Rc<EvaluatedModule>,
    /// Whether only that tells which flows there are.
    pub(super) is_unclear: Cell<bool>,
    /// What runs the first one; `None` where everything that is imported is installed.
    pub(super) alone: Option<Alone<'a>>,
    /// What becomes of their imports then, once it is needed.
    loading: OnceCell<Loading<'a>>,
    /// Whether they set environment variables.
    pub(super) is_set: OnceCell<bool>,
    /// Whether the first file changes where Python looks, once it is wanted.
    pub(super) sets_path: OnceCell<bool>,
    /// What only running the modules tells.
    pub(super) questions: Questions,
    /// Environment variables that the value at hand depends on.
    pub(super) variables: RefCell<BTreeSet<String>>,
}

/// `flows/common.py` as `flows.common`, a package as its folder.
fn dotted(path: &str) -> String {
    let stem = path.strip_suffix(".py").unwrap_or(path);
    stem.strip_suffix("/__init__").unwrap_or(stem).replace('/', ".")
}

impl<'a> Modules<'a> {
    /// The names of `files`, in their order; `alone` is what runs the first one.
    pub(super) fn of(
        files: &'a [Rc<File<'a>>],
        places: Places<'a>,
        alone: Option<Alone<'a>>,
    ) -> Self {
        Self {
            list: files.iter().map(|it| (&**it, OnceCell::new())).collect(),
            by_path: files.iter().enumerate().map(|(at, it)| (it.path.as_str(), at)).collect(),
            places,
            imported: OnceCell::new(),
            budget: Budget::new(),
            known: Rc::default(),
            is_unclear: Cell::new(false),
            alone,
            loading: OnceCell::new(),
            is_set: OnceCell::new(),
            sets_path: OnceCell::new(),
            questions: Questions::default(),
            variables: RefCell::default(),
        }
    }

    /// What becomes of the imports, where only Prefect is installed.
    fn loading(&self) -> Option<&Loading<'a>> {
        let dialect = self.alone?.dialect;
        Some(self.loading.get_or_init(|| Loading::of(self, dialect)))
    }

    /// The names of the module `at`, as it is imported.
    pub(super) fn names(&self, at: usize) -> Option<&Names<'a>> {
        self.loading().and_then(|it| it.names(at)).or_else(|| self.whole_names(at))
    }

    /// The names of the module `at`, if everything that it imports is there.
    pub(super) fn whole_names(&self, at: usize) -> Option<&Names<'a>> {
        self.list.get(at).map(|(file, names)| names.get_or_init(|| Names::of(&file.body)))
    }

    /// Whether the module `at` cannot be imported.
    pub(super) fn fails(&self, at: usize) -> bool {
        self.loading().is_some_and(|it| it.fails(at))
    }

    /// What is not installed, so that the module `at` cannot be imported.
    pub(super) fn missing(&self, at: usize) -> Option<&str> {
        self.loading()?.missing(at)
    }

    /// Everything that they import, as written.
    fn imported(&self) -> &BTreeSet<String> {
        self.imported.get_or_init(|| {
            let names = (0..self.list.len()).filter_map(|it| self.names(it));
            names.flat_map(Names::imports).map(str::to_owned).collect()
        })
    }

    /// The file of the module `at`.
    pub(super) fn file(&self, at: usize) -> Option<&'a File<'a>> {
        self.list.get(at).map(|(file, _)| *file)
    }

    /// The dotted name of the module `at`: the first one is loaded by its path, the others are found in the folder of
    /// that, or below the root of the bundle. Source: Prefect's `load_script_as_module`.
    pub(super) fn name(&self, at: usize, dialect: Dialect) -> String {
        let Some(path) = self.file(at).map(|it| it.path.as_str()) else { return String::new() };
        if at == 0 && !dialect.is_three() {
            return "__prefect_loader__".to_owned();
        }
        let folder = self.file(0).and_then(|it| ancestor(&it.path, 1)).unwrap_or_default();
        let near = match folder {
            "" => Some(path),
            _ => path.strip_prefix(folder).and_then(|it| it.strip_prefix('/')),
        };
        let near = near.map(dotted);
        let from_root = dotted(path);
        // nothing that a name can hold is before a dot, so that the next one is the name or in it
        let is_imported = |name: &str| {
            let mut from = self.imported().range::<str, _>((Included(name), Unbounded));
            from.next().is_some_and(|it| is_within(it, name))
        };
        match near {
            Some(near) if at == 0 || is_imported(&near) || !is_imported(&from_root) => near,
            _ => from_root,
        }
    }

    /// The module of the first `count` parts of `target`, as imported by the module `from`.
    pub(super) fn find(&self, from: usize, target: &str, count: usize) -> Option<usize> {
        self.found(from, target, count, Search::Any)
    }
}
