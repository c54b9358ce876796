//! Drift: the server differs though the source is as it was when all of it was applied.

use super::{Action, Call, Plan};

/// Makes `plan` one that only says what has drifted; whether that is all there is of it. What no file declares is no drift: it is
/// removed all the same.
pub fn only_report(plan: &mut Plan) -> bool {
    let wrote = plan.writes();
    for step in plan.steps.iter_mut().filter(|it| it.call != Call::None && !it.retires) {
        let was = match step.action {
            Action::Create => "it is gone",
            _ => "it was changed",
        };
        step.reason = Some(format!("drifted: {was}; that is only reported (SYNC_DRIFT)"));
        step.action = Action::Keep;
        step.call = Call::None;
        step.consequences.clear();
    }
    wrote && !plan.writes()
}

#[cfg(test)]
mod tests {
    use super::super::Step;
    use super::*;

    fn step(retires: bool) -> Step {
        let call = Call::RetireDeployment { id: "a".into(), pause: true };
        Step { call, retires, ..Step::new(Action::Update, "deployment", "etl/a") }
    }

    #[test]
    fn what_has_drifted_is_told_and_what_no_file_declares_is_removed_all_the_same() {
        let mut plan = Plan { steps: vec![step(false)] };
        assert!(only_report(&mut plan));
        assert_eq!((plan.steps[0].action, plan.writes()), (Action::Keep, false));
        let mut plan = Plan { steps: vec![step(false), step(true)] };
        assert!(!only_report(&mut plan));
        assert_eq!(plan.steps[0].call, Call::None);
        assert!(plan.writes());
        assert!(!only_report(&mut Plan::default()), "nothing has drifted");
    }
}
