//! The state of one run, its limits, and what stops it.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use ruff_text_size::{Ranged, TextSize};

use super::Settings;
use super::class::Class;
use super::function::Function;
use super::limits::MAX_STEPS;
use super::prefect::Captured;
use super::scope::{ModuleId, ScopeId, Scopes};
use super::search::Search;
use super::sources::{FileId, Sources};
use super::unknown::Spot;
use super::value::{Object, Value};
use super::{path, search};
use crate::diagnostic::Diagnostic;

/// Why evaluation does not go on.
#[derive(Debug)]
pub(super) enum Stop<'a> {
    /// An exception.
    Raise(Rc<Raised<'a>>),
    /// A limit.
    TooMuch(Spot, &'static str),
}

/// An exception.
#[derive(Debug)]
pub(super) struct Raised<'a> {
    /// The exception itself.
    pub(super) value: Value<'a>,
    /// What to do about it; empty: nothing special.
    pub(super) hint: Rc<str>,
    /// Where it was raised.
    pub(super) at: Spot,
}

/// What an expression gives.
pub(super) type Eval<'a> = Result<Value<'a>, Stop<'a>>;

/// How a statement ends.
#[derive(Debug)]
pub(super) enum Step<'a> {
    /// The next one follows.
    Next,
    /// `break`
    Break,
    /// `continue`
    Continue,
    /// `return`
    Return(Value<'a>),
}

/// One run of a declaration file.
#[derive(Debug)]
pub(super) struct Machine<'a> {
    pub(super) sources: &'a Sources<'a>,
    pub(super) settings: &'a Settings,
    /// The declaration file.
    pub(super) main: FileId,
    pub(super) scopes: Scopes<'a>,
    /// The modules that were imported, with their names.
    pub(super) modules: BTreeMap<ModuleId, ScopeId>,
    /// Where imports look.
    pub(super) search: Search<'a>,
    /// `sys.argv`
    pub(super) argv: Value<'a>,
    /// What the declaration file sets in `os.environ`, or reads from a `.env`.
    pub(super) environment: BTreeMap<Rc<str>, Value<'a>>,
    /// The working directory.
    pub(super) cwd: String,
    pub(super) declared: Vec<Captured>,
    /// The objects of `declared`, in its order.
    pub(super) registered: Vec<Rc<Object<'a>>>,
    pub(super) found: Vec<Diagnostic>,
    /// The exception that is being handled, for a bare `raise`.
    pub(super) handled: Option<Rc<Raised<'a>>>,
    /// Modules of which something is not known.
    pub(super) partial: BTreeSet<ModuleId>,
    /// `from … import *` of installed modules, and where.
    pub(super) stars: Vec<(ScopeId, Rc<str>)>,
    /// The functions that were called.
    pub(super) ran: BTreeSet<(FileId, TextSize)>,
    /// Whether a variable without a value is not known, whatever the default.
    pub(super) strict: bool,
    /// Where `print` writes to, the last one first; empty: to nothing that is read.
    pub(super) printing: Vec<Value<'a>>,
    /// Paths that the program writes, of which nothing is known then.
    pub(super) written: BTreeSet<String>,
    /// The blocks of `try` at hand that go on without a module that is missing.
    pub(super) optional: Vec<ScopeId>,
    /// How many blocks of `try` with handlers are at hand.
    pub(super) attempts: usize,
    /// How many of them go on without a key that is missing.
    pub(super) tolerant: usize,
    /// How many of them go on without the version of a package that is missing.
    pub(super) versionless: usize,
    /// The functions that are run, the innermost last.
    pub(super) running: Vec<Rc<Function<'a>>>,
    /// Generators that return something, and what.
    pub(super) returned: Vec<(Value<'a>, Value<'a>)>,
    /// Lists that keep so many items: `deque(maxlen=…)`.
    pub(super) bounded: Vec<(Value<'a>, usize)>,
    /// Environment variables that were read without a value and a default, and where.
    pub(super) unset: Vec<(Rc<str>, Spot)>,
    /// Calls of `uuid4` so far.
    pub(super) uuids: usize,
    /// Those of Prefect's own that were asked for.
    pub(super) enumerations: BTreeMap<&'static str, Rc<Class<'a>>>,
    /// Where it is.
    pub(super) at: Spot,
    /// Where it is, or was last, in the declaration file.
    pub(super) main_at: Spot,
    pub(super) steps: usize,
    /// Where the steps of the statement at hand end.
    pub(super) limit: usize,
    pub(super) depth: usize,
    pub(super) calls: usize,
}

impl<'a> Machine<'a> {
    /// Before the first step.
    pub(super) fn new(sources: &'a Sources<'a>, settings: &'a Settings, main: FileId) -> Self {
        let environment = settings.environment.iter();
        let environment = environment
            .map(|(name, it)| (name.as_str().into(), Value::text(it.as_str())))
            .collect();
        let cwd = path::parent(&format!("{}/{}", settings.root(), sources.path(main)));
        Self {
            sources,
            settings,
            main,
            scopes: Scopes::default(),
            modules: BTreeMap::new(),
            search: Search::new(&cwd),
            argv: search::arguments(sources.path(main)),
            environment,
            cwd,
            declared: Vec::new(),
            registered: Vec::new(),
            found: Vec::new(),
            handled: None,
            partial: BTreeSet::new(),
            stars: Vec::new(),
            ran: BTreeSet::new(),
            strict: false,
            printing: Vec::new(),
            written: BTreeSet::new(),
            optional: Vec::new(),
            attempts: 0,
            tolerant: 0,
            versionless: 0,
            running: Vec::new(),
            returned: Vec::new(),
            bounded: Vec::new(),
            unset: Vec::new(),
            uuids: 0,
            enumerations: BTreeMap::new(),
            at: Spot { file: main, offset: 0.into() },
            main_at: Spot { file: main, offset: 0.into() },
            steps: 0,
            limit: MAX_STEPS,
            depth: 0,
            calls: 0,
        }
    }

    /// The place of `node` in the file of `scope`, which is where evaluation is now.
    pub(super) fn go(&mut self, node: &impl Ranged, scope: ScopeId) {
        let file = self.scopes.get(scope).map_or(self.main, |it| it.file);
        self.at = Spot { file, offset: node.start() };
        if file == self.main {
            self.main_at = self.at;
        }
    }

    /// The path of a file of the bundle as the author's machine has it.
    pub(super) fn absolute(&self, path: &str) -> String {
        format!("{}/{path}", self.settings.root())
    }

    /// Whether evaluation is in the declaration file.
    pub(super) fn is_in_main(&self) -> bool {
        self.at.file == self.main
    }
}
