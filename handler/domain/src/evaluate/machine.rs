//! The state of one run, its limits, and what stops it.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use ruff_text_size::{Ranged, TextSize};

use super::Settings;
use super::import::ancestor;
use super::prefect::Captured;
use super::scope::{ModuleId, ScopeId, Scopes};
use super::sources::{FileId, Sources};
use super::unknown::{Spot, Unknown};
use super::value::{Object, Value};
use crate::diagnostic::{Diagnostic, RuleCode};

/// Most steps of one declaration file: expressions, statements, turns of loops, and units of size.
const MAX_STEPS: usize = 200_000;

/// Most steps of one statement of an imported module: what takes longer is not known.
const MAX_LIBRARY_STEPS: usize = 50_000;

/// Most calls in calls.
const MAX_CALLS: usize = 60;

/// Most evaluations in evaluations: each takes stack.
const MAX_DEPTH: usize = 1_200;

/// Most turns of one loop.
pub(super) const MAX_TURNS: usize = 10_000;

/// Most bytes of a text.
pub(super) const MAX_TEXT: usize = 1024 * 1024;

/// Most items of a list.
pub(super) const MAX_ITEMS: usize = 100_000;

/// Most deployments of one file.
const MAX_DEPLOYMENTS: usize = 200;

/// Most modules that are imported.
pub(super) const MAX_MODULES: usize = 500;

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
    /// Folders that imports start from, with a slash at the end, before those that are always looked at.
    pub(super) roots: Vec<String>,
    /// What the declaration file sets in `os.environ`, or reads from a `.env`.
    pub(super) environment: BTreeMap<Rc<str>, Value<'a>>,
    /// The working directory.
    pub(super) cwd: String,
    pub(super) declared: Vec<Captured>,
    /// The objects of `declared`, in its order.
    registered: Vec<Rc<Object<'a>>>,
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
    /// How many of them go on without a key that is missing.
    pub(super) tolerant: usize,
    /// Generators that return something, and what.
    pub(super) returned: Vec<(Value<'a>, Value<'a>)>,
    /// Lists that keep so many items: `deque(maxlen=…)`.
    pub(super) bounded: Vec<(Value<'a>, usize)>,
    /// Calls of `uuid4` so far.
    pub(super) uuids: usize,
    /// Where it is.
    pub(super) at: Spot,
    /// Where it is, or was last, in the declaration file.
    pub(super) main_at: Spot,
    steps: usize,
    /// Where the steps of the statement at hand end.
    limit: usize,
    depth: usize,
    calls: usize,
}

impl<'a> Machine<'a> {
    /// Before the first step.
    pub(super) fn new(sources: &'a Sources<'a>, settings: &'a Settings, main: FileId) -> Self {
        let environment = settings.environment.iter();
        let environment = environment
            .map(|(name, it)| (name.as_str().into(), Value::text(it.as_str())))
            .collect();
        Self {
            sources,
            settings,
            main,
            scopes: Scopes::default(),
            modules: BTreeMap::new(),
            roots: Vec::new(),
            environment,
            cwd: super::path::parent(&format!("{}/{}", settings.root(), sources.path(main))),
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
            tolerant: 0,
            returned: Vec::new(),
            bounded: Vec::new(),
            uuids: 0,
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

    /// Counts `units` of work.
    pub(super) fn spend(&mut self, units: usize) -> Result<(), Stop<'a>> {
        self.steps += units;
        if self.steps > self.limit {
            return Err(Stop::TooMuch(self.at, "it takes too many steps"));
        }
        Ok(())
    }

    /// Counts a text of `bytes` or a collection of as many units that is made.
    pub(super) fn spend_size(&mut self, bytes: usize) -> Result<(), Stop<'a>> {
        if bytes > MAX_TEXT {
            return Err(Stop::TooMuch(
                self.at,
                "it makes a text or a collection that is too large",
            ));
        }
        self.spend(bytes / 64)
    }

    /// One evaluation inside another.
    pub(super) fn nested<T>(
        &mut self,
        run: impl FnOnce(&mut Self) -> Result<T, Stop<'a>>,
    ) -> Result<T, Stop<'a>> {
        self.spend(1)?;
        if self.depth > MAX_DEPTH {
            return Err(Stop::TooMuch(self.at, "it nests too deeply"));
        }
        self.depth += 1;
        let out = run(self);
        self.depth -= 1;
        out
    }

    /// One call inside another; the place is the caller's again after it.
    pub(super) fn called<T>(
        &mut self,
        run: impl FnOnce(&mut Self) -> Result<T, Stop<'a>>,
    ) -> Result<T, Stop<'a>> {
        if self.calls > MAX_CALLS {
            return Err(Stop::TooMuch(self.at, "its functions call each other too deeply"));
        }
        let at = self.at;
        self.calls += 1;
        let out = self.nested(run);
        self.calls -= 1;
        if out.is_ok() {
            self.at = at;
        }
        out
    }

    /// One statement of an imported module: it may take only a part of the steps, and those of the file go on after it.
    pub(super) fn bounded<T>(
        &mut self,
        run: impl FnOnce(&mut Self) -> Result<T, Stop<'a>>,
    ) -> Result<T, Stop<'a>> {
        let outer = self.limit;
        self.limit = outer.min(self.steps + MAX_LIBRARY_STEPS);
        let out = run(self);
        self.limit = outer;
        out
    }

    /// Whether steps are left.
    pub(super) fn has_steps(&self) -> bool {
        self.steps <= self.limit
    }

    /// A value that is not known: `what` is read after "depends on".
    pub(super) fn unknown(&self, what: impl Into<Rc<str>>) -> Value<'a> {
        self.unknown_with(what, "")
    }

    /// A value that is not known, and what to do about it.
    pub(super) fn unknown_with(
        &self,
        what: impl Into<Rc<str>>,
        hint: impl Into<Rc<str>>,
    ) -> Value<'a> {
        let (what, hint) = (what.into(), hint.into());
        Value::Unknown(Rc::new(Unknown { what, hint, at: self.at }))
    }

    /// An exception of Python's own class `class`.
    pub(super) fn raise<T>(&self, class: &str, message: impl Into<Rc<str>>) -> Result<T, Stop<'a>> {
        let value = Value::Object(Rc::new(Object {
            class: format!("builtins.{class}").into(),
            positional: vec![Value::Text(message.into())],
            fields: RefCell::default(),
            at: self.at,
        }));
        Err(Stop::Raise(Rc::new(Raised { value, at: self.at })))
    }

    /// Where imports look, in order: folders with a slash at the end.
    pub(super) fn import_roots(&self) -> Vec<String> {
        let beside = ancestor(self.sources.path(self.main), 1).into_iter();
        let own = self.roots.iter().cloned();
        let always =
            std::iter::once(String::new()).chain(self.settings.source_roots.iter().cloned());
        beside.chain(own).chain(always).collect()
    }

    /// The path of a file of the bundle as the author's machine has it.
    pub(super) fn absolute(&self, path: &str) -> String {
        format!("{}/{path}", self.settings.root())
    }

    /// Whether evaluation is in the declaration file.
    pub(super) fn is_in_main(&self) -> bool {
        self.at.file == self.main
    }

    /// Notes a fault of the declaration.
    pub(super) fn error(
        &mut self,
        code: impl Into<RuleCode>,
        at: Spot,
        message: String,
        hint: &str,
    ) {
        let diagnostic = Diagnostic::error(code, self.sources.position(at), message);
        let hinted = if hint.is_empty() { diagnostic } else { diagnostic.hint(hint) };
        self.found.push(hinted);
    }

    /// Notes what is probably not meant.
    pub(super) fn warning(
        &mut self,
        code: impl Into<RuleCode>,
        at: Spot,
        message: String,
        hint: &str,
    ) {
        let diagnostic = Diagnostic::warning(code, self.sources.position(at), message);
        let hinted = if hint.is_empty() { diagnostic } else { diagnostic.hint(hint) };
        self.found.push(hinted);
    }

    /// Keeps a deployment that the file registers; of an object that is changed and registered again, the last state.
    pub(super) fn declare(
        &mut self,
        object: &Rc<Object<'a>>,
        it: Captured,
    ) -> Result<(), Stop<'a>> {
        let before = self.registered.iter().position(|other| Rc::ptr_eq(other, object));
        if let Some(before) = before.and_then(|at| self.declared.get_mut(at)) {
            *before = it;
            return Ok(());
        }
        if self.declared.contains(&it) {
            return Ok(());
        }
        if self.declared.len() >= MAX_DEPLOYMENTS {
            return Err(Stop::TooMuch(self.at, "it registers more than 200 deployments"));
        }
        self.declared.push(it);
        self.registered.push(Rc::clone(object));
        Ok(())
    }
}
