//! Which imports of a bundle's modules work where only Prefect is installed.
//!
//! Source: `load_flow_from_entrypoint`, which runs the flow's file; when that raises, `safe_load_namespace` takes of it what
//! can be had without running it, see `fallback`.

use ruff_python_ast::{ExceptHandler, Stmt, StmtIf, StmtTry};
use ruff_text_size::Ranged as _;

use super::binding::Cuts;
use super::caught::{Failed, Fault, catches, is_suppressing};
use super::condition::{Outcome, outcome};
use super::modules::Modules;
use super::names::Names;
use super::raising::Lost;
use super::search::Search;
use crate::dialect::Dialect;

/// What became of a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// Nothing imports it.
    New,
    /// Its import has begun.
    Running,
    /// It can be imported.
    Loads,
    /// Its import fails.
    Fails,
}

/// The modules as they are imported, the first one run as a script.
#[derive(Debug)]
pub(super) struct Loading<'a> {
    states: Vec<State>,
    /// The names of modules that bind others than they seem to.
    names: Vec<Option<Names<'a>>>,
    /// What is not installed, of the modules whose import fails because of it.
    missing: Vec<Option<String>>,
}

impl<'a> Loading<'a> {
    /// Imports the first of `modules`, and those it imports.
    pub(super) fn of(modules: &Modules<'a>, dialect: Dialect) -> Self {
        let count = modules.count();
        let mut walk = Walk {
            modules,
            dialect,
            search: modules.script_search(),
            states: vec![State::New; count],
            before: Vec::new(),
            packages: vec![1; count],
            cuts: vec![Cuts::new(); count],
            lost: vec![Lost::default(); count],
            missing: vec![None; count],
            last_missing: None,
        };
        let runs = walk.load(0, 1);
        let first = (!runs).then(|| {
            walk.forget();
            walk.fallback()
        });
        let of = |at: usize, cuts: &Cuts| {
            let file = modules.file(at).filter(|_| !cuts.is_empty())?;
            Some(Names::with_cuts(&file.body, cuts))
        };
        let mut names: Vec<_> = walk.cuts.iter().enumerate().map(|(at, it)| of(at, it)).collect();
        if let (Some(slot), Some(first)) = (names.first_mut(), first) {
            *slot = Some(first);
        }
        Self { states: walk.states, names, missing: walk.missing }
    }

    /// The names of the module `at`, where they are not all that it seems to bind.
    pub(super) fn names(&self, at: usize) -> Option<&Names<'a>> {
        self.names.get(at)?.as_ref()
    }

    /// Whether the import of the module `at` fails.
    pub(super) fn fails(&self, at: usize) -> bool {
        self.states.get(at) == Some(&State::Fails)
    }

    /// What is not installed, so that the import of the module `at` fails.
    pub(super) fn missing(&self, at: usize) -> Option<&str> {
        self.missing.get(at)?.as_deref()
    }
}

/// Imports modules one in the other.
pub(super) struct Walk<'m, 'a> {
    pub(super) modules: &'m Modules<'a>,
    pub(super) dialect: Dialect,
    /// The folders that Python looks in.
    pub(super) search: Search,
    pub(super) states: Vec<State>,
    /// What became of them when the script was run, while it is taken without running it.
    pub(super) before: Vec<State>,
    /// How many packages each module is in, counting itself if it is one; the script is one.
    pub(super) packages: Vec<usize>,
    cuts: Vec<Cuts>,
    pub(super) lost: Vec<Lost>,
    missing: Vec<Option<String>>,
    /// The package that was not there for the last import that failed.
    pub(super) last_missing: Option<String>,
}

impl Walk<'_, '_> {
    /// Begins anew: Prefect can read the parameters of a flow without running its file first.
    fn forget(&mut self) {
        let fresh = vec![State::New; self.states.len()];
        self.before = std::mem::replace(&mut self.states, fresh);
        self.lost.fill_with(Lost::default);
        self.enter(0, State::Fails);
    }

    /// Imports the module `at`, which is in `packages`; whether that works.
    pub(super) fn load(&mut self, at: usize, packages: usize) -> bool {
        match self.states.get(at) {
            Some(State::New) => {}
            state => return matches!(state, Some(State::Running | State::Loads)),
        }
        self.enter(at, State::Running);
        if let Some(slot) = self.packages.get_mut(at) {
            *slot = packages;
        }
        let file = self.modules.file(at);
        if let (Some(lost), Some(file)) = (self.lost.get_mut(at), file) {
            lost.reads_environment = file.environment().is_read;
        }
        let run = file.map(|it| self.block(at, &it.body));
        if let (Some(Err(Failed { fault: Fault::Module, .. })), Some(slot)) =
            (run, self.missing.get_mut(at))
        {
            slot.clone_from(&self.last_missing);
        }
        let works = matches!(run, Some(Ok(())));
        self.enter(at, if works { State::Loads } else { State::Fails });
        works
    }

    fn enter(&mut self, at: usize, state: State) {
        if let Some(slot) = self.states.get_mut(at) {
            *slot = state;
        }
    }

    fn block(&mut self, at: usize, body: &[Stmt]) -> Result<(), Failed> {
        body.iter().try_for_each(|it| self.statement(at, it))
    }

    fn statement(&mut self, at: usize, stmt: &Stmt) -> Result<(), Failed> {
        self.modules.budget.spend(1);
        let environment = || self.modules.environment();
        let raises = self.lost.get(at).is_some_and(|it| it.raises(stmt, environment));
        if raises {
            return Err(Failed { place: stmt.start(), fault: Fault::Use });
        }
        self.inside(at, stmt)?;
        if let Some(lost) = self.lost.get_mut(at) {
            lost.bind(stmt);
        }
        Ok(())
    }

    fn inside(&mut self, at: usize, stmt: &Stmt) -> Result<(), Failed> {
        match stmt {
            Stmt::Import(it) => self.import(at, it),
            Stmt::ImportFrom(it) => self.import_from(at, it),
            Stmt::ClassDef(it) => self.block(at, &it.body),
            Stmt::With(it) => {
                let run = self.block(at, &it.body);
                if it.items.iter().any(|it| is_suppressing(&it.context_expr)) {
                    Ok(())
                } else {
                    run
                }
            }
            Stmt::If(it) => self.branch(at, it),
            Stmt::Try(it) => self.attempt(at, it),
            _ => Ok(()),
        }
    }

    /// The branch that is taken; what may be taken fails nothing.
    fn branch(&mut self, at: usize, it: &StmtIf) -> Result<(), Failed> {
        let others = it.elif_else_clauses.iter().map(|it| (it.test.as_ref(), it.body.as_slice()));
        for (test, body) in std::iter::once((Some(&*it.test), it.body.as_slice())).chain(others) {
            match test.map_or(Outcome::Holds, |it| outcome(it, &|_| None)) {
                Outcome::Holds | Outcome::NotTyping => return self.block(at, body),
                Outcome::Fails | Outcome::Typing => {}
                Outcome::Open => return Ok(()),
            }
        }
        Ok(())
    }

    fn attempt(&mut self, at: usize, it: &StmtTry) -> Result<(), Failed> {
        let Err(failed) = self.block(at, &it.body) else {
            self.block(at, &it.orelse)?;
            return self.block(at, &it.finalbody);
        };
        let handlers = it.handlers.iter().map(|ExceptHandler::ExceptHandler(it)| it);
        let Some(handler) = handlers.into_iter().find(|it| catches(it, failed)) else {
            return Err(failed);
        };
        if let Some(cuts) = self.cuts.get_mut(at) {
            cuts.insert(failed.place, handler.start());
        }
        if let Some(lost) = self.lost.get_mut(at) {
            let from = it.body.iter().position(|it| it.end() > failed.place);
            lost.lose(it.body.get(from.unwrap_or_default()..).unwrap_or_default());
        }
        self.last_missing = None;
        self.block(at, &handler.body)?;
        self.block(at, &it.finalbody)
    }
}
