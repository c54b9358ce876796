//! The flows of a bundle, one after the other, with one measure for all.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::collection::size;
use super::files::Files;
use super::modules::Modules;
use super::parse::File;
use super::rounds::Flows;
use super::scope::Scope;
use super::search::Places;
use super::{EvaluatedFlow, EvaluatedModule, FlowFacts, Reading, Worker, checks, flow, placed};
use crate::diagnostic::{Diagnostic, Position, rules};
use crate::tree::Tree;

/// Most units for one bundle: what its flows spend and what is written out, see `budget`, and the files that are read.
const MAX_BUNDLE: usize = 2_000_000;

/// Bytes that cost a unit when they are parsed.
const PARSED: usize = 128;

/// Bytes of a flow's files that cost a unit when they are parsed already.
const LOOKED_THROUGH: usize = 1024;

/// A flow, and what is said about it.
type Read = (Option<FlowFacts>, Vec<Diagnostic>);

/// Reads flows, each once.
#[derive(Debug)]
pub struct Reader<'a> {
    pub(super) tree: &'a Tree,
    pub(super) reading: &'a Reading,
    known: BTreeMap<(String, String), Read>,
    last: Option<Loaded<'a>>,
    /// Path, start and function; without a function: the files.
    looked: BTreeSet<[String; 3]>,
    /// The packages that the bundle asks for, once it is wanted.
    pub(super) listed: Option<Rc<BTreeSet<String>>>,
    pub(super) files: Files<'a>,
    /// What evaluating a file told of its flows.
    pub(super) evaluated: BTreeMap<String, Flows>,
    pub(super) spent: usize,
}

/// A file and those it imports: flows of one file tend to follow each other.
#[derive(Debug)]
struct Loaded<'a> {
    path: String,
    files: Vec<Rc<File<'a>>>,
    found: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    /// Nothing read yet.
    pub fn new(tree: &'a Tree, reading: &'a Reading) -> Self {
        Self {
            tree,
            reading,
            known: BTreeMap::new(),
            last: None,
            looked: BTreeSet::new(),
            listed: None,
            files: Files::of(tree),
            evaluated: BTreeMap::new(),
            spent: 0,
        }
    }

    /// The flow `function` (qualified name, or the name it is imported or assigned by) of the file `path`.
    ///
    /// `None` with an error among the diagnostics when there is none, which lists the flows there and names the near miss;
    /// also when the flows that were asked for before have taken all that one bundle may.
    pub fn flow(&mut self, path: &str, function: &str) -> (Option<FlowFacts>, Vec<Diagnostic>) {
        if self.spent > MAX_BUNDLE {
            let message = "the flows of this bundle are too large to be read together";
            let error = Diagnostic::error(rules::TOO_COMPLEX, Position::start_of(path), message);
            let hint = "shorten their constants and types, or make several bundles of it";
            return (None, vec![error.hint(hint)]);
        }
        let key = (path.to_owned(), function.to_owned());
        if let Some(it) = self.known.get(&key) {
            self.spent += it.0.as_ref().map_or(1, |it| size(&it.parameter_openapi_schema));
            return it.clone();
        }
        let read = self.read(path, function);
        self.known.insert(key, read.clone());
        read
    }

    /// The flow of the function `function` of the file `path`, of which evaluation tells `known`.
    pub(crate) fn evaluated(
        &mut self,
        path: &str,
        function: &str,
        known: &EvaluatedFlow,
    ) -> (Option<FlowFacts>, Vec<Diagnostic>) {
        if self.spent > MAX_BUNDLE {
            return self.flow(path, function);
        }
        let loaded = self.loaded(path);
        let mut found = loaded.found.clone();
        let flows = BTreeMap::from([(function.to_owned(), known.clone())]);
        let known = Rc::new(EvaluatedModule { flows, ..<_>::default() });
        let dialect = self.reading.dialect;
        self.spent += loaded.bytes() / LOOKED_THROUGH;
        let facts = self.in_rounds((&loaded.files, Some(known)), &mut found, |modules, found| {
            flow::one(modules.file(0)?, Scope::first(modules), function, dialect, found)
        });
        self.last = Some(loaded);
        found.extend(facts.iter().flat_map(|it| placed::told(it, self.reading)));
        (facts, found)
    }

    /// Every flow of the file `path`, in source order.
    pub fn flows(&mut self, path: &str) -> (Vec<FlowFacts>, Vec<Diagnostic>) {
        let mut found = Vec::new();
        let files = self.files.load(path, &self.reading.source_roots, &mut found);
        let dialect = self.reading.dialect;
        let facts = self.in_rounds((&files, None), &mut found, |modules, found| {
            Some(flow::all(modules.file(0)?, Scope::first(modules), dialect, found))
        });
        let facts = facts.unwrap_or_default();
        found.extend(facts.iter().flat_map(|it| placed::told(it, self.reading)));
        // a file of flows is seldom imported, and one that is can be parsed again
        if !facts.is_empty() {
            self.files.forget(path);
        }
        (facts, found)
    }

    /// What `worker` would stumble over when it imports the file `path` for the flow `function`; said once.
    pub fn stumbles(&mut self, path: &str, function: &str, worker: Worker<'_>) -> Vec<Diagnostic> {
        let key = |name: &str| [path, worker.start, name].map(str::to_owned);
        if self.spent > MAX_BUNDLE || !self.looked.insert(key(function)) {
            return Vec::new();
        }
        let mut found = Vec::new();
        let loaded = self.loaded(path);
        let own = self.files.names();
        let places = Places { roots: &self.reading.source_roots, own: &own };
        let modules = Modules::of(&loaded.files, places, None);
        let scope = Scope::first(&modules);
        let (files, tree, dialect) = (&loaded.files, self.tree, self.reading.dialect);
        let case = checks::Case { files, scope, tree, function, worker, own: &own, dialect };
        if self.looked.insert(key("")) {
            checks::of_files(&case, &mut found);
        }
        checks::of_flow(&case, &mut found);
        self.spent += modules.budget.spent() + loaded.bytes() / LOOKED_THROUGH;
        self.last = Some(loaded);
        found
    }

    fn loaded(&mut self, path: &str) -> Loaded<'a> {
        match self.last.take().filter(|it| it.path == path) {
            Some(it) => it,
            None => self.load(path),
        }
    }

    fn read(&mut self, path: &str, function: &str) -> Read {
        let loaded = self.loaded(path);
        let mut found = loaded.found.clone();
        let dialect = self.reading.dialect;
        self.spent += loaded.bytes() / LOOKED_THROUGH;
        let facts = self.in_rounds((&loaded.files, None), &mut found, |modules, found| {
            flow::one(modules.file(0)?, Scope::first(modules), function, dialect, found)
        });
        self.spent += facts.as_ref().map_or(1, |it| size(&it.parameter_openapi_schema));
        self.last = Some(loaded);
        found.extend(facts.iter().flat_map(|it| placed::told(it, self.reading)));
        (facts, found)
    }

    fn load(&mut self, path: &str) -> Loaded<'a> {
        let mut found = Vec::new();
        let files = self.files.load(path, &self.reading.source_roots, &mut found);
        let loaded = Loaded { path: path.to_owned(), files, found };
        self.spent += loaded.bytes() / PARSED;
        loaded
    }
}

impl Loaded<'_> {
    fn bytes(&self) -> usize {
        self.files.iter().map(|it| it.bytes.len()).sum()
    }
}
