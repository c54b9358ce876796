//! What comes of a plan's writes, besides what they write.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::window::{Moment, Runs, Sought, Window, moment};
use super::{Call, Plan, Step};
use crate::dialect::Dialect;

/// The upcoming runs of the deployments that a plan writes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Upcoming {
    /// By the deployment's id.
    pub runs: BTreeMap<String, Runs>,
    /// Whether there are more, due after all of these.
    pub more: bool,
}

/// Says with each step of `plan` that writes a live deployment what becomes of its runs.
pub fn foresee(
    plan: &mut Plan,
    upcoming: &Upcoming,
    (now, window, dialect): (Timestamp, Window, Dialect),
) {
    for step in &mut plan.steps {
        let due = step.rewrites().and_then(|it| upcoming.runs.get(it));
        let sought = Sought::of(step, dialect, None);
        let waits = due.and_then(|it| waits(it, now, window, sought));
        let lost = due.and_then(|it| lost(it.untaken(now, sought)));
        let starts = due.map_or(0, |it| it.deleted(now, sought));
        let runs = runs(step, starts, upcoming.more);
        let asked = due.and_then(|it| asked(step, it.asked));
        step.consequences.extend(runs.into_iter().chain(asked).chain(lost).chain(waits));
    }
}

fn runs(step: &Step, count: usize, more: bool) -> Option<String> {
    step.rewrites()?;
    let will = if step.retires { "will be deleted" } else { "will be rescheduled" };
    Some(match (count, more) {
        (0, false) => return None,
        (0, true) => format!("its upcoming runs {will}"),
        (1, false) => format!("1 upcoming run {will}"),
        (_, false) => format!("{count} upcoming runs {will}"),
        (_, true) => format!("{count} or more upcoming runs {will}"),
    })
}

/// What becomes of runs that no schedule made, and nothing makes anew.
fn asked(step: &Step, count: usize) -> Option<String> {
    match count {
        0 => None,
        _ if !matches!(step.call, Call::RetireDeployment { .. }) => None,
        1 => Some("1 run that somebody asked for will be deleted".to_owned()),
        _ => Some(format!("{count} runs that somebody asked for will be deleted")),
    }
}

fn lost(untaken: usize) -> Option<String> {
    match untaken {
        0 => None,
        1 => Some("1 of them is late, and nobody takes it: it is lost".to_owned()),
        _ => Some(format!("{untaken} of them are late, and nobody takes them: they are lost")),
    }
}

fn waits(runs: &Runs, now: Timestamp, window: Window, sought: Sought) -> Option<String> {
    match moment(runs, now, window, sought) {
        Moment::Now { .. } => None,
        Moment::At { start, crowded: false, .. } => {
            Some(format!("waits until its run of {start} has begun"))
        }
        Moment::At { start, crowded: true, .. } => Some(format!(
            "it starts more often than every {} s: written just after its run of {start} has begun, the next one may be lost",
            window.before.as_secs()
        )),
        Moment::Unstarted(start) => {
            Some(format!("waits until its run of {start}, which is late, has begun"))
        }
        Moment::Retries(due) => {
            Some(format!("waits until its run that is tried again at {due} has begun"))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::Action;
    use super::*;

    fn second(at: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + at).unwrap()
    }

    fn consequences(starts: &[i64], more: bool) -> Vec<String> {
        let call = Call::UpdateDeployment {
            id: "a".into(),
            body: serde_json::Map::new(),
            delete_schedules: Vec::new(),
            replaces: None,
        };
        let step = Step { call, ..Step::new(Action::Update, "deployment", "etl/daily") };
        let mut plan = Plan { steps: vec![step, Step::new(Action::Keep, "deployment", "etl/b")] };
        let starts = starts.iter().map(|it| second(*it)).collect();
        let runs = Runs { starts, asked: 1, retry: None };
        let upcoming = Upcoming { runs: BTreeMap::from([("a".into(), runs)]), more };
        let window = Window { before: Duration::from_secs(15), wait: Duration::from_mins(1) };
        foresee(&mut plan, &upcoming, (second(0), window, Dialect::new("3.9.1").unwrap()));
        assert!(plan.steps[1].consequences.is_empty());
        plan.steps.swap_remove(0).consequences
    }

    #[test]
    fn a_deletion_says_what_becomes_of_runs_that_no_schedule_made() {
        let retired = |id: &str| {
            let call = Call::RetireDeployment { id: id.into(), pause: true };
            Step { call, ..Step::new(Action::Delete, "deployment", "etl/daily") }
        };
        let mut plan = Plan { steps: vec![retired("a"), retired("b")] };
        let runs = |asked| Runs { asked, ..Runs::default() };
        let runs = BTreeMap::from([("a".into(), runs(1)), ("b".into(), runs(2))]);
        let upcoming = Upcoming { runs, more: false };
        let window = Window { before: Duration::from_secs(15), wait: Duration::from_mins(1) };
        foresee(&mut plan, &upcoming, (second(0), window, Dialect::new("3.9.1").unwrap()));
        assert_eq!(plan.steps[0].consequences, ["1 run that somebody asked for will be deleted"]);
        assert_eq!(plan.steps[1].consequences, ["2 runs that somebody asked for will be deleted"]);
    }

    #[test]
    fn a_plan_says_what_becomes_of_upcoming_runs() {
        assert_eq!(consequences(&[], false), [""; 0]);
        assert_eq!(consequences(&[600], false), ["1 upcoming run will be rescheduled"]);
        assert_eq!(
            consequences(&[600, 900], true),
            ["2 or more upcoming runs will be rescheduled"]
        );
        assert_eq!(
            consequences(&[5, 65], false),
            [
                "2 upcoming runs will be rescheduled",
                "waits until its run of 2027-01-15T08:00:05Z has begun"
            ]
        );
    }
}
