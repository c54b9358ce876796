//! When a deployment may be written so that no run is lost.
//!
//! Every write deletes the deployment's upcoming runs, which the server's scheduler makes anew within some seconds: a run that
//! is due before that is lost for good. Measured on 3.9.1 and 2.20.27: a write 1.2 s before the start lost 2 to 4 runs of 4.
//! Source: `_delete_scheduled_runs` of the server's `models/deployments.py`; 2.x deletes runs that are late, too, and those that
//! have begun and wait for their next attempt; 3.x deletes late ones with `DELETE …/schedules/{id}` (`api/deployments.py`).

use std::time::Duration;

use jiff::Timestamp;

use super::Step;
use crate::dialect::Dialect;

/// How long after a start a write is safe for that run: whoever takes it has seen it, and clocks may differ by that.
const SETTLE: Duration = Duration::from_secs(2);

/// How late a run is that nobody takes: agents ask every ten seconds.
const UNTAKEN: Duration = Duration::from_mins(10);

/// What keeps runs from being lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// No write so shortly before a start; zero: writes at any time.
    pub before: Duration,
    /// How long a write waits for its moment.
    pub wait: Duration,
}

impl Window {
    /// How far ahead starts must be known.
    pub fn horizon(&self) -> Duration {
        self.wait + 2 * self.before + 2 * SETTLE
    }

    /// Whether writes look for their moment at all.
    pub fn is_on(&self) -> bool {
        !self.before.is_zero()
    }
}

/// The runs of a deployment that a write deletes, and what else its deletion takes along.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Runs {
    /// When those are due that have not begun, ascending, up to the [horizon](Window::horizon).
    pub starts: Vec<Timestamp>,
    /// How many no schedule made: somebody asked for them. Only a deletion takes them along.
    pub asked: usize,
    /// When the next attempt of one is due that has begun, however far ahead: nothing makes that one anew.
    pub retry: Option<Timestamp>,
}

impl Runs {
    /// How many that have not begun the write deletes.
    pub fn deleted(&self, now: Timestamp, sought: Sought) -> usize {
        let is_kept = |it: &&Timestamp| sought.keeps_late_runs() && **it <= now;
        self.starts.iter().filter(|it| !is_kept(it)).count()
    }

    /// How many are so late that nobody seems to take them, and are lost with a write that moves the deployment.
    pub fn untaken(&self, now: Timestamp, sought: Sought) -> usize {
        let is_lost = sought.moves && !sought.keeps_late_runs();
        self.starts.iter().filter(|it| is_lost && after(**it, UNTAKEN) <= now).count()
    }
}

/// Whether a deployment may be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// It may.
    Now {
        /// The write must be sent before; `None`: at any time within the horizon.
        until: Option<Timestamp>,
        /// A run that this may lose: the deployment starts more often than the window is long.
        at_risk: Option<Timestamp>,
    },
    /// Not before this time.
    At {
        /// When to look again.
        then: Timestamp,
        /// The start that it waits for.
        start: Timestamp,
        /// The next start comes too soon after that one for any better moment.
        crowded: bool,
    },
    /// A run that was due then has not been started; a write would delete it.
    Unstarted(Timestamp),
    /// A run that has begun waits for its next attempt, which is due then; a write would delete it.
    Retries(Timestamp),
}

/// What a moment is looked for.
#[derive(Debug, Clone, Copy)]
pub struct Sought {
    /// The server's.
    pub dialect: Dialect,
    /// The write was to be sent at this time, since there is no moment that no start follows too soon.
    pub crowded: Option<Timestamp>,
    /// The write is for another work pool or work queue: runs that nobody takes where it is now must not hold it for ever.
    pub moves: bool,
    /// It deletes a schedule.
    pub schedule: bool,
}

impl Sought {
    /// What is sought for `step`.
    pub fn of(step: &Step, dialect: Dialect, crowded: Option<Timestamp>) -> Self {
        Self { dialect, crowded, moves: step.moves(), schedule: step.deletes_a_schedule() }
    }

    /// Whether the write leaves runs that are late.
    fn keeps_late_runs(self) -> bool {
        self.dialect.keeps_late_runs() && !self.schedule
    }
}

/// Whether a deployment with these `runs` may be written `now`.
pub fn moment(runs: &Runs, now: Timestamp, window: Window, sought: Sought) -> Moment {
    let Sought { crowded, moves, .. } = sought;
    if !window.is_on() {
        return Moment::Now { until: None, at_risk: None };
    }
    if let Some(retry) = runs.retry {
        return Moment::Retries(retry);
    }
    let starts = runs.starts.as_slice();
    let due = starts.partition_point(|it| *it <= now);
    let mut late = starts.get(..due).unwrap_or_default().iter();
    let holds = |it: &&Timestamp| !moves || now < after(**it, UNTAKEN);
    if let Some(late) = late.find(holds).filter(|_| !sought.keeps_late_runs()) {
        return Moment::Unstarted(*late);
    }
    let coming = starts.get(due..).unwrap_or_default();
    let Some(next) = coming.first().copied() else {
        return Moment::Now { until: None, at_risk: None };
    };
    if after(now, window.before) <= next {
        // a write that is tried again must not slip to the start
        let until = next.saturating_sub(window.before * 2 / 3).ok();
        return Moment::Now { until, at_risk: None };
    }
    if crowded.is_some_and(|it| it <= now && now <= after(it, SETTLE)) {
        return Moment::Now { until: Some(after(now, SETTLE)), at_risk: Some(next) };
    }
    let reachable = coming.partition_point(|it| after(*it, SETTLE) <= after(now, window.wait));
    let free = (0..reachable).find(|it| !is_followed(coming, *it, window));
    let start = free.and_then(|it| coming.get(it).copied());
    start.map_or_else(|| at(next, true), |start| at(start, false))
}

/// Whether the start after that of index `at` comes within the window.
fn is_followed(coming: &[Timestamp], at: usize, window: Window) -> bool {
    let [start, next] = [at, at + 1].map(|it| coming.get(it).copied());
    start.zip(next).is_some_and(|(start, next)| next < after(start, SETTLE + window.before))
}

fn at(start: Timestamp, crowded: bool) -> Moment {
    Moment::At { then: after(start, SETTLE), start, crowded }
}

/// `time` after `at`.
pub fn after(at: Timestamp, time: Duration) -> Timestamp {
    at.saturating_add(time).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: Window = Window { before: Duration::from_secs(15), wait: Duration::from_mins(1) };

    fn second(at: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + at).unwrap()
    }

    fn on(version: &str, starts: &[i64], now: i64) -> Moment {
        moment(&runs(starts), second(now), WINDOW, sought(version))
    }

    fn sought(version: &str) -> Sought {
        Sought {
            dialect: Dialect::new(version).unwrap(),
            crowded: None,
            moves: false,
            schedule: false,
        }
    }

    fn runs(starts: &[i64]) -> Runs {
        Runs { starts: starts.iter().map(|it| second(*it)).collect(), asked: 0, retry: None }
    }

    fn waits(then: i64, start: i64, crowded: bool) -> Moment {
        Moment::At { then: second(then), start: second(start), crowded }
    }

    #[test]
    fn without_a_start_nearby_it_is_written_at_once() {
        let now = |until: Option<i64>| Moment::Now { until: until.map(second), at_risk: None };
        assert_eq!(on("3.9.1", &[], 0), now(None));
        assert_eq!(on("3.9.1", &[100], 0), now(Some(90)));
        assert_eq!(on("3.9.1", &[15], 0), now(Some(5)));
    }

    #[test]
    fn shortly_before_a_start_it_waits_until_that_has_begun() {
        assert_eq!(on("3.9.1", &[14, 74, 134], 0), waits(16, 14, false));
        assert_eq!(on("3.9.1", &[1, 12, 80], 0), waits(14, 12, false));
    }

    #[test]
    fn what_starts_more_often_than_the_window_is_written_just_after_a_start() {
        let starts: Vec<i64> = (1..12).map(|it| it * 10).collect();
        assert_eq!(on("3.9.1", &starts, 0), waits(12, 10, true));
        let crowded = Sought { crowded: Some(second(12)), ..sought("3.9.1") };
        let now = moment(&runs(&starts), second(12), WINDOW, crowded);
        assert_eq!(now, Moment::Now { until: Some(second(14)), at_risk: Some(second(20)) });
    }

    #[test]
    fn a_due_run_that_nobody_started_holds_a_write_on_2_only() {
        assert_eq!(on("2.20.27", &[-5, 300], 0), Moment::Unstarted(second(-5)));
        assert!(matches!(on("3.9.1", &[-5, 300], 0), Moment::Now { .. }));
    }

    #[test]
    fn a_due_run_that_nobody_started_holds_the_deletion_of_a_schedule_on_3_too() {
        let schedule = Sought { schedule: true, ..sought("3.9.1") };
        let late = runs(&[-5, 300]);
        assert_eq!(moment(&late, second(0), WINDOW, schedule), Moment::Unstarted(second(-5)));
        assert_eq!(late.deleted(second(0), schedule), 2);
        assert_eq!(late.deleted(second(0), sought("3.9.1")), 1, "it is kept");
    }

    #[test]
    fn runs_that_nobody_takes_hold_no_write_that_moves_them() {
        let moves = Sought { moves: true, ..sought("2.20.27") };
        let on = |starts: &[i64]| moment(&runs(starts), second(0), WINDOW, moves);
        assert_eq!(on(&[-700, -650, 300]), Moment::Now { until: Some(second(290)), at_risk: None });
        assert_eq!(on(&[-700, -5, 300]), Moment::Unstarted(second(-5)));
        assert_eq!(runs(&[-700, -650, -5, 300]).untaken(second(0), moves), 2);
        assert_eq!(runs(&[-700]).untaken(second(0), sought("2.20.27")), 0, "it stays where it is");
    }

    #[test]
    fn a_run_that_waits_for_its_next_attempt_holds_a_write_however_long_that_takes() {
        let runs = Runs { retry: Some(second(7200)), ..runs(&[300]) };
        let now = moment(&runs, second(0), WINDOW, sought("2.20.27"));
        assert_eq!(now, Moment::Retries(second(7200)));
    }

    #[test]
    fn a_window_of_zero_writes_at_any_time() {
        let off = Window { before: Duration::ZERO, ..WINDOW };
        let runs = Runs { retry: Some(second(9)), ..runs(&[-1, 1]) };
        let now = moment(&runs, second(0), off, sought("2.20.27"));
        assert_eq!(now, Moment::Now { until: None, at_risk: None });
    }
}
