//! What a pass that was carried out in part left undone.

use serde::Serialize;

use super::{Action, Call, Plan};
use crate::report::Outcome;

/// An object that is not as the plan wants it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Undone {
    /// `deployment`, `automation`, `block`, `work-pool`.
    pub kind: &'static str,
    /// Its name, as in the plan.
    pub name: String,
    /// Why.
    pub why: String,
}

/// The objects of `plan` that are not as it wants them, whose steps ended as `outcomes` say, in the same order; one without an
/// outcome was not begun.
pub fn undone(plan: &Plan, outcomes: &[Outcome]) -> Vec<Undone> {
    let one = |(at, step): (usize, &super::Step)| {
        let why = match outcomes.get(at).unwrap_or(&Outcome::Skipped) {
            Outcome::Failed(why) | Outcome::Deferred(why) => Some(why.clone()),
            Outcome::Skipped if step.call != Call::None => {
                Some("another step stopped it, or the time was up".to_owned())
            }
            _ if step.action == Action::Spare => step.reason.clone(),
            _ => None,
        };
        Some(Undone { kind: step.kind, name: step.name.clone(), why: why? })
    };
    plan.steps.iter().enumerate().filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::super::Step;
    use super::*;

    #[test]
    fn what_failed_was_put_off_or_kept_by_a_guard_is_undone_and_what_stays_is_not() {
        let writes = |name: &str| {
            let call = Call::CreatePool { body: serde_json::Map::new() };
            Step { call, ..Step::new(Action::Create, "work-pool", name) }
        };
        let steps = vec![
            writes("done"),
            writes("failed"),
            writes("put off"),
            writes("not begun"),
            Step::new(Action::Keep, "deployment", "stays"),
            Step::new(Action::Spare, "deployment", "spared").because("too many"),
        ];
        let outcomes = [
            Outcome::Done,
            Outcome::Failed("HTTP 409".into()),
            Outcome::Deferred("a run is due".into()),
            Outcome::Skipped,
            Outcome::Unchanged,
            Outcome::Unchanged,
        ];
        let undone = undone(&Plan { steps }, &outcomes);
        let told: Vec<_> = undone.iter().map(|it| (it.name.as_str(), it.why.as_str())).collect();
        let want = [
            ("failed", "HTTP 409"),
            ("put off", "a run is due"),
            ("not begun", "another step stopped it, or the time was up"),
            ("spared", "too many"),
        ];
        assert_eq!(told, want);
    }
}
