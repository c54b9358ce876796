//! Flows that are read in rounds: what their source does not tell is run, and they are read again.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::alone::Alone;
use super::asked::Questions;
use super::modules::Modules;
use super::parse::File;
use super::reader::Reader;
use super::search::Places;
use super::{EvaluatedModule, listed};
use crate::diagnostic::Diagnostic;
use crate::evaluate;

/// Most times that the modules of a flow are run for what is not known of them.
const MAX_ROUNDS: usize = 4;

/// Findings that evaluating the module may answer.
const EVALUATED: [&str; 5] =
    ["unresolved-default", "flow-argument", "flow-text", "flow-not-found", "not-a-flow"];

/// What evaluating a file told of its flows.
pub(super) type Flows = Rc<EvaluatedModule>;

impl Reader<'_> {
    /// What `read` gives of `files`: what it cannot tell is run, and it reads again. `known` is what a program that was run
    /// tells, where everything is installed.
    pub(super) fn in_rounds<T>(
        &mut self,
        (files, given): (&[Rc<File<'_>>], Option<Flows>),
        found: &mut Vec<Diagnostic>,
        read: impl for<'m> Fn(&'m Modules<'m>, &mut Vec<Diagnostic>) -> Option<T>,
    ) -> Option<T> {
        let (before, reading) = (found.len(), self.reading);
        let path = files.first().map(|it| it.path.clone()).unwrap_or_default();
        let (dialect, environment) = (reading.dialect, &reading.environment);
        let tree = self.tree;
        let own = self.files.names();
        let places = Places { roots: &reading.source_roots, own: &own };
        let listed = Rc::clone(self.listed.get_or_insert_with(|| Rc::new(listed::words(tree))));
        let alone = Alone { dialect, environment, listed: &listed };
        let alone = given.is_none().then_some(alone);
        let (mut known, mut answers) = (given, BTreeMap::new());
        let mut round = 0;
        loop {
            let mut modules = Modules::of(files, places, alone);
            modules.known = known.clone().unwrap_or_default();
            modules.questions = Questions::new(&answers, round < MAX_ROUNDS);
            let out = read(&modules, found);
            self.spent += modules.budget.spent();
            let asked = modules.questions.take();
            let is_unclear = modules.is_unclear.get() || needs_evaluation(found, before);
            let is_unclear = known.is_none() && is_unclear;
            if asked.is_empty() && !is_unclear {
                return out;
            }
            if asked.is_empty() {
                known = Some(self.known_of(&path));
            } else {
                let settings = reading.evaluation();
                answers.extend(evaluate::answers(self.tree, &path, &asked, &settings));
            }
            found.truncate(before);
            round += 1;
        }
    }

    /// What evaluating the module `path` tells of its flows; evaluated once.
    fn known_of(&mut self, path: &str) -> Flows {
        if let Some(it) = self.evaluated.get(path) {
            return Rc::clone(it);
        }
        let known = Rc::new(evaluate::flows(self.tree, path, &self.reading.evaluation()));
        self.evaluated.insert(path.to_owned(), Rc::clone(&known));
        known
    }
}

/// Whether something of the flow is not known from its source.
fn needs_evaluation(found: &[Diagnostic], before: usize) -> bool {
    found.iter().skip(before).any(|it| EVALUATED.contains(&it.code))
}
