//! Drift: the server differs though the source is as it was when all of it was applied.

use super::{Action, Call, Plan};

/// Makes `plan` one that only says what has drifted; whether anything has. What no file declares is no drift: a plan that
/// removes it stays as it is.
pub fn only_report(plan: &mut Plan) -> bool {
    if !plan.writes() || plan.steps.iter().any(|it| it.retires) {
        return false;
    }
    for step in plan.steps.iter_mut().filter(|it| it.call != Call::None) {
        let was = match step.action {
            Action::Create => "it is gone",
            Action::Delete => "no file declares it any more",
            _ => "it was changed",
        };
        step.reason = Some(format!("drifted: {was}; that is only reported (SYNC_DRIFT)"));
        step.action = Action::Keep;
        step.call = Call::None;
        step.consequences.clear();
    }
    true
}
