//! The schedules of a deployment, as they should be.

use serde_json::{Value, json};

use super::history::Schedules;

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Schedule {
    pub(super) place: Place,
    /// The cron expression, or the seconds.
    pub(super) timing: String,
    /// `None`: either will do.
    pub(super) active: Option<bool>,
}

/// What a schedule is known by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Declared, with a slug.
    Mine,
    /// Declared, without one.
    Plain,
    /// A person's, with a slug.
    Theirs,
    /// A person's, without one.
    Nameless,
}

const WEEK: u64 = 604_800;

/// Minutes that are far from the hour of whoever runs this.
fn cron(hour: u8) -> String {
    format!("17 {hour} 29 2 *")
}

fn wanted(want: Option<&Schedules>) -> Vec<(Place, String, Option<bool>)> {
    let Some(want) = want else { return Vec::new() };
    let slugged = want.slugged.map(|(hour, active)| (Place::Mine, cron(hour), active));
    let plain = want.plain.map(|(hour, active)| (Place::Plain, cron(hour), active));
    let weeks = |it: u8| (u64::from(it) * WEEK).to_string();
    let interval = want.interval.map(|(it, active)| (Place::Plain, weeks(it), active));
    slugged.into_iter().chain(plain).chain(interval).collect()
}

/// The declared ones as they are declared, ours that are declared no more gone, the others as they were.
pub(super) fn updated(
    want: Option<&Schedules>,
    was: Option<&Schedules>,
    live: &[Schedule],
    three: bool,
) -> Vec<Schedule> {
    let ours: Vec<&Schedule> = live.iter().filter(|it| is_ours(it)).collect();
    let (want, was) = (wanted(want), wanted(was));
    let same = |it: &&&Schedule, place: Place, timing: &str| {
        if three { it.place == place } else { it.timing == timing }
    };
    let stays = |it: &&Schedule| want.iter().any(|want| it.timing == want.1);
    // without slugs nobody can say which one became which
    let is_unclear = !three && !ours.iter().all(stays) && !was.is_empty();
    let one = |(place, timing, active): &(Place, String, Option<bool>)| {
        let have = ours.iter().find(|it| same(it, *place, timing));
        let kept = have.map_or((!is_unclear).then_some(true), |it| it.active);
        let before = was.iter().find(|it| if three { it.0 == *place } else { it.1 == *timing });
        // what was declared goes back to its default
        let wakes = before.is_some_and(|it| it.2 == Some(false));
        let kept = if wakes { Some(true) } else { kept };
        // where there are no slugs nobody can see which it is
        let place = if three { *place } else { Place::Plain };
        Schedule { place, timing: timing.clone(), active: active.or(kept) }
    };
    let theirs = live.iter().filter(|it| !is_ours(it)).cloned();
    want.iter().map(one).chain(theirs).collect()
}

fn is_ours(it: &Schedule) -> bool {
    matches!(it.place, Place::Mine | Place::Plain)
}

/// The one of ours that a person pauses.
pub(super) fn nth(all: &mut [Schedule], at: usize) -> Option<&mut Schedule> {
    all.iter_mut().filter(|it| is_ours(it)).nth(at)
}

/// What a person makes of the timing of that one.
pub(super) fn retimed(at: usize) -> String {
    format!("17 {} 29 2 *", 20 + at)
}

/// The one that a person adds, unless it is there.
pub(super) fn added(slug: bool, live: &[Schedule]) -> Option<Schedule> {
    let (place, hour) = if slug { (Place::Theirs, 9) } else { (Place::Nameless, 10) };
    let is_new = live.iter().all(|it| it.place != place);
    is_new.then(|| Schedule { place, timing: cron(hour), active: Some(true) })
}

/// What a person sends to add it.
pub(super) fn body(it: &Schedule, three: bool) -> Value {
    let mut out = json!({"active": true, "schedule": {"cron": it.timing}});
    if three && it.place == Place::Theirs {
        out["slug"] = json!("theirs");
    }
    json!([out])
}

/// `schedules` of a `prefect.yaml`.
pub(super) fn declared(it: &Schedules, three: bool) -> Value {
    let one = |(place, timing, active): (Place, String, Option<bool>)| {
        let mut out = timing.parse::<u64>().map_or_else(
            |_| json!({"cron": timing}),
            |it| json!({"interval": it, "anchor_date": "2026-01-01T00:17:00Z"}),
        );
        if three && place == Place::Mine {
            out["slug"] = json!("mine");
        }
        if let Some(active) = active {
            out["active"] = json!(active);
        }
        out
    };
    wanted(Some(it)).into_iter().map(one).collect()
}

/// The timing of a live one, as it is written here.
pub(super) fn timing(live: &Value) -> String {
    let schedule = &live["schedule"];
    let interval = || schedule["interval"].as_f64().map(|it| format!("{it:.0}"));
    let cron = schedule["cron"].as_str().map(str::to_owned);
    cron.or_else(interval).unwrap_or_else(|| schedule.to_string())
}
