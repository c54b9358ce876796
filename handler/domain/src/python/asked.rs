//! Expressions whose value only running their module tells: they are asked for together.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use ruff_text_size::TextSize;
use serde_json::Value;

use super::default::Evaluated;

/// An expression: the path of its file, its start and its end.
pub(crate) type Asked = (String, TextSize, TextSize);

/// What running an expression gives.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Answer {
    /// A value that is its own JSON.
    Plain(Value),
    /// The JSON of what is something else in Python.
    Shown(Value),
    /// A value that has no JSON.
    NoJson,
    /// Nothing is known.
    Unknown,
}

/// Most expressions that are asked for at once.
const MAX_ASKED: usize = 500;

/// What was asked for and what is known.
#[derive(Debug, Default)]
pub(super) struct Questions {
    /// What has been run.
    answers: BTreeMap<Asked, Answer>,
    /// What has not.
    asked: RefCell<BTreeSet<Asked>>,
    /// Whether what is asked for counts as known, so that all is asked for; what is read then is of no use.
    is_first: bool,
}

impl Questions {
    /// Nothing asked yet, `answers` being known.
    pub(super) fn new(answers: &BTreeMap<Asked, Answer>, is_first: bool) -> Self {
        Self { answers: answers.clone(), asked: RefCell::default(), is_first }
    }

    /// The value of `it`.
    pub(super) fn answer(&self, it: Asked) -> Evaluated {
        match self.answers.get(&it) {
            Some(Answer::Plain(it)) => Evaluated::Json(it.clone()),
            Some(Answer::Shown(it)) => Evaluated::Shown(it.clone()),
            Some(Answer::NoJson) => Evaluated::Opaque,
            None if self.is_first && self.asked.borrow().len() < MAX_ASKED => {
                self.asked.borrow_mut().insert(it);
                Evaluated::Shown(Value::Null)
            }
            Some(Answer::Unknown) | None => Evaluated::Unknown,
        }
    }

    /// What has been asked for since this was called last.
    pub(super) fn take(&self) -> BTreeSet<Asked> {
        self.asked.take()
    }
}
