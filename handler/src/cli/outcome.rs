//! What `apply` did, for people.

use domain::plan::{Action, Plan, Step};
use domain::report::Outcome;

use crate::apply::Applied;
use crate::prefect::address;

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

const WORDS: [&str; 8] =
    ["created", "updated", "deleted", "unchanged", "not possible", "deferred", "failed", "skipped"];

fn line(step: &Step, applied: &Applied, api: &str) -> Option<String> {
    let word = word(step, applied);
    let more = match &applied.outcome {
        Outcome::Unchanged => return None,
        Outcome::Failed(why) | Outcome::Deferred(why) => format!(": {why}"),
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
        (Outcome::Unchanged | Outcome::Done, Action::Skip) => "not possible",
        (Outcome::Unchanged, _)
        | (Outcome::Done, Action::Keep | Action::Refuse | Action::Spare) => "unchanged",
        (Outcome::Deferred(_), _) => "deferred",
        (Outcome::Failed(_), _) => "failed",
        (Outcome::Skipped, _) => "skipped",
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    #[test]
    fn each_write_has_its_line_and_all_are_counted() {
        let ended = [
            (Action::Create, Outcome::Done),
            (Action::Update, Outcome::Done),
            (Action::Keep, Outcome::Unchanged),
            (Action::Update, Outcome::Failed("refused".to_owned())),
            (Action::Create, Outcome::Skipped),
        ];
        let step = |at: usize, action: Action| Step::new(action, "deployment", format!("etl/{at}"));
        let steps = ended.iter().enumerate().map(|(at, it)| step(at, it.0)).collect();
        let id = |it: &Outcome| (*it == Outcome::Done).then(|| "1".to_owned());
        let applied = |it: &Outcome| Applied {
            outcome: it.clone(),
            later: false,
            id: id(it),
            schedules: None,
        };
        let applied: Vec<Applied> = ended.iter().map(|it| applied(&it.1)).collect();
        expect![[r#"
            created deployment etl/0: http://h/deployments/deployment/1
            updated deployment etl/1: http://h/deployments/deployment/1
            failed deployment etl/3: refused
            skipped deployment etl/4
            1 created, 1 updated, 1 unchanged, 1 failed, 1 skipped
        "#]]
        .assert_eq(&text(&Plan { steps }, &applied, "http://h/api"));
    }
}
