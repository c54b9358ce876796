//! How steps ended.

use domain::observed::LiveSchedule;
use domain::plan::{Action, Ended, Step};
use domain::report::Outcome;

use crate::prefect::ApiError;

/// How a step ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// How it ended.
    pub outcome: Outcome,
    /// Whether trying later may help.
    pub later: bool,
    /// The deployment's id, where one was made.
    pub id: Option<String>,
    /// Its schedules, where they were made or replaced.
    pub schedules: Option<Vec<LiveSchedule>>,
}

impl Applied {
    pub(super) fn of(outcome: Outcome) -> Self {
        Self { outcome, later: false, id: None, schedules: None }
    }

    pub(super) fn failed(error: &ApiError) -> Self {
        let outcome = Outcome::Failed(error.to_string());
        Self { later: error.is_later(), ..Self::of(outcome) }
    }

    /// The time is up.
    pub(super) fn late() -> Self {
        Self { later: true, ..Self::of(Outcome::Skipped) }
    }

    /// It would have lost a run.
    pub(super) fn deferred(why: String) -> Self {
        Self { later: true, ..Self::of(Outcome::Deferred(why)) }
    }

    /// Whether it is now as the plan wants it.
    pub fn is_good(&self) -> bool {
        matches!(self.outcome, Outcome::Done | Outcome::Unchanged)
    }

    /// What it comes to for what is owned.
    pub fn ended(&self) -> Ended<'_> {
        let schedules = self.schedules.as_deref();
        Ended { well: self.is_good(), id: self.id.as_deref(), schedules }
    }

    /// Whether it was put off, since it would have lost a run.
    pub fn is_deferred(&self) -> bool {
        matches!(self.outcome, Outcome::Deferred(_))
    }

    /// Why not, for a person.
    pub fn why(&self) -> &str {
        match &self.outcome {
            Outcome::Failed(why) | Outcome::Deferred(why) => why,
            Outcome::Skipped => "another step stopped it, or the time was up",
            Outcome::Done | Outcome::Unchanged => "done",
        }
    }
}

/// The step for which the whole is not as the plan wants it: one that may be better later, since the job then comes again,
/// before one that a person must look at.
pub fn worst(applied: &[Applied]) -> Option<&Applied> {
    let later = |it: &&Applied| it.later && !it.is_deferred();
    let first = applied.iter().find(later).or_else(|| applied.iter().find(|it| it.later));
    first.or_else(|| applied.iter().find(|it| !it.is_good()))
}

/// How `step` ended, whose call gave `result`.
pub(super) fn ended(step: &Step, result: Result<(), ApiError>) -> Applied {
    match result {
        Ok(()) => Applied::of(done(step)),
        Err(error) => Applied::failed(&error),
    }
}

/// The same of a call that gives the deployment's or the block's id.
pub(super) fn with_id(step: &Step, result: Result<Option<String>, ApiError>) -> Applied {
    match result {
        Ok(id) => Applied { id, ..Applied::of(done(step)) },
        Err(error) => Applied::failed(&error),
    }
}

fn done(step: &Step) -> Outcome {
    if matches!(step.action, Action::Keep | Action::Skip | Action::Spare) {
        Outcome::Unchanged
    } else {
        Outcome::Done
    }
}
