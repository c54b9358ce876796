//! What `apply` did, for people.

use domain::plan::{Action, Plan, Step};
use domain::report::Outcome;

use super::address;
use crate::apply::Applied;

/// A line for each step that wrote or did not do what it should, with the page of a deployment, and a closing count line.
///
/// `api` is the address of the API.
pub(super) fn text(plan: &Plan, applied: &[Applied], api: &str) -> String {
    let steps = plan.steps.iter().zip(applied);
    let mut lines: Vec<String> =
        steps.clone().filter_map(|(step, it)| line(step, it, api)).collect();
    let count =
        |word: &str| steps.clone().filter(|(step, it)| self::word(step, it) == word).count();
    let always = ["created", "updated", "unchanged"];
    let counts = WORDS.into_iter().map(|it| (it, count(it)));
    let counts = counts.filter(|(it, count)| *count > 0 || always.contains(it));
    lines.push(counts.map(|(it, count)| format!("{count} {it}")).collect::<Vec<_>>().join(", "));
    lines.join("\n") + "\n"
}

const WORDS: [&str; 6] = ["created", "updated", "deleted", "unchanged", "failed", "skipped"];

fn line(step: &Step, applied: &Applied, api: &str) -> Option<String> {
    let word = word(step, applied);
    let more = match &applied.outcome {
        Outcome::Unchanged => return None,
        Outcome::Failed(why) => format!(": {why}"),
        Outcome::Skipped => String::new(),
        Outcome::Done => {
            let page = applied.id.as_ref().and_then(|id| address::of_deployment(api, id));
            page.map(|it| format!(": {it}")).unwrap_or_default()
        }
    };
    Some(format!("{word} {} {}{more}", step.kind, step.name))
}

fn word(step: &Step, applied: &Applied) -> &'static str {
    match (&applied.outcome, step.action) {
        (Outcome::Done, Action::Create) => "created",
        (Outcome::Done, Action::Update) => "updated",
        (Outcome::Done, Action::Delete) => "deleted",
        (Outcome::Unchanged, _) | (Outcome::Done, Action::Keep | Action::Refuse) => "unchanged",
        (Outcome::Failed(_), _) => "failed",
        (Outcome::Skipped, _) => "skipped",
    }
}
