//! The receipt of one upload.

use domain::diagnostic::{Diagnostic, Position, Severity, rules};
use domain::job::{Cause, is_request_name};
use domain::names::Digest;
use domain::plan::{Action, Plan, Step};
use domain::report::{API_VERSION, Outcome, Receipt, Run};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::documents::{is_news, write_latest, write_of_request, write_receipt};
use super::{ReconcileError, Task, events};
use crate::apply::Applied;
use crate::stores::{Condition, Item, StoreError};

/// Which upload a receipt is about.
pub(super) struct About<'a> {
    pub(super) task: &'a Task<'a>,
    /// `None` when it is gone.
    pub(super) item: Option<&'a Item>,
    /// `None` when the archive could not be read.
    pub(super) digest: Option<Digest>,
    /// What its declarations took for the time.
    pub(super) clock: Option<Timestamp>,
    /// The digest is one that somebody went back to.
    pub(super) pinned: bool,
    /// All of that digest was applied before, and the same is wanted: what differs has drifted.
    pub(super) repairs: bool,
}

impl<'a> About<'a> {
    /// Of an upload, or of none, that nothing is known of yet.
    pub(super) fn new(task: &'a Task<'a>, item: Option<&'a Item>) -> Self {
        Self { task, item, digest: None, clock: None, pinned: false, repairs: false }
    }

    /// Writes the receipt: CI waits for the one with its `ETag`.
    pub(super) async fn write(
        &self,
        outcome: &'static str,
        found: &[Diagnostic],
        (plan, applied): (&Plan, &[Applied]),
    ) -> Result<(), StoreError> {
        self.write_with(outcome, found, (plan, applied), Vec::new()).await
    }

    /// The same, with the flow runs that were started.
    pub(super) async fn write_with(
        &self,
        outcome: &'static str,
        found: &[Diagnostic],
        (plan, applied): (&Plan, &[Applied]),
        runs: Vec<Run>,
    ) -> Result<(), StoreError> {
        let receipts = &self.task.app.stores.receipts;
        let receipt = self.receipt((outcome, found), (plan, applied), runs);
        let job = self.task.job;
        // the timer comes again and again to what a person has to look at
        let is_news = job.cause != Cause::Timer || is_news(receipts, &receipt).await?;
        // that of a replay, too: it may have been given up before
        let is_asked_for = matches!(job.cause, Cause::Redeploy | Cause::Replay);
        if is_asked_for && is_request_name(&receipt.request) {
            write_of_request(receipts, &receipt).await?;
        }
        write_receipt(receipts, &receipt).await?;
        if is_news || events::has_written(applied) {
            events::tell(self, outcome, found, (plan, applied)).await;
        }
        Ok(())
    }

    fn receipt(
        &self,
        (outcome, found): (&'static str, &[Diagnostic]),
        (plan, applied): (&Plan, &[Applied]),
        runs: Vec<Run>,
    ) -> Receipt {
        Receipt {
            api_version: API_VERSION,
            bundle: self.task.id.clone(),
            etag: self.item.map(|it| it.etag.as_str().to_owned()),
            digest: self.digest.clone(),
            outcome,
            clock: self.clock.map(|it| it.to_string()),
            finished: self.task.app.now(),
            request: self.task.job.request.clone(),
            diagnostics: json!(found),
            steps: steps(plan, applied),
            pinned: self.pinned,
            runs,
        }
    }

    /// Writes that nothing was tried, since a person has to change something first.
    pub(super) async fn write_error(&self, error: &ReconcileError) {
        self.write_why(&crate::telemetry::chain(error)).await;
    }

    /// Writes that nothing was done, and why.
    pub(super) async fn write_why(&self, why: &str) {
        let found = self.not_possible(why);
        // the error itself is what the caller has to hear of
        if let Err(error) = self.write("failed", &[found], (&Plan::default(), &[])).await {
            tracing::warn!(bundle = %self.task.id, error = crate::telemetry::chain(&error), "no receipt");
        }
    }

    fn not_possible(&self, why: &str) -> Diagnostic {
        let id = self.task.id.as_str();
        let at = Position::start_of(self.item.map_or(id, |it| it.key.as_str()));
        Diagnostic::error(rules::NOT_POSSIBLE, at, why)
    }

    /// Writes that the job was given up, and why: under its request, and as the last receipt where `last` holds for that.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) async fn write_given_up(
        &self,
        why: &str,
        last: Option<Condition>,
    ) -> Result<(), StoreError> {
        let receipts = &self.task.app.stores.receipts;
        let (found, nothing) = ([self.not_possible(why)], (&Plan::default(), &[][..]));
        let receipt = self.receipt(("failed", &found), nothing, Vec::new());
        if let Some(when) = last
            && write_latest(receipts, &receipt, when).await?
        {
            events::tell(self, "failed", &found, nothing).await;
        }
        // last, since nobody comes back to it then
        if is_request_name(&receipt.request) {
            write_of_request(receipts, &receipt).await?;
        }
        Ok(())
    }
}

fn steps(plan: &Plan, applied: &[Applied]) -> Value {
    let outcome = |at: usize| applied.get(at).map_or(Outcome::Skipped, |it| it.outcome.clone());
    let one = |(at, step): (usize, &Step)| {
        let mut step = json!(step);
        if let Some(step) = step.as_object_mut() {
            step.insert("outcome".into(), json!(outcome(at)));
        }
        step
    };
    plan.steps.iter().enumerate().map(one).collect()
}

/// Two archives with one id: an error, said in the receipt of each upload.
pub(super) fn two_blobs(blobs: &[(Item, &'static str)]) -> Diagnostic {
    let names: Vec<&str> = blobs.iter().map(|(item, _)| item.key.as_str()).collect();
    let at = Position::start_of(names.first().copied().unwrap_or_default());
    let message = format!("{} are one bundle", names.join(" and "));
    Diagnostic::error(rules::TWO_ARCHIVES, at, message).hint("delete all but one")
}

/// The first error, on one line.
pub(super) fn first(found: &[Diagnostic]) -> String {
    let error = found.iter().find(|it| it.severity == Severity::Error);
    error.map_or_else(String::new, |it| {
        let Position { file, line, column } = &it.at;
        format!("{file}:{line}:{column}: {}", it.message)
    })
}

/// What is refused and why, on one line.
pub(super) fn reasons(plan: &Plan) -> String {
    let is_refused = |it: &&Step| matches!(it.action, Action::Refuse | Action::Spare);
    let refused = plan.steps.iter().filter(is_refused);
    let texts: Vec<String> = refused
        .map(|it| format!("{}: {}", it.name, it.reason.as_deref().unwrap_or_default()))
        .collect();
    texts.join("; ")
}
