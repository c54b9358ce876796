//! What happens to each schedule, for people.

use serde_json::{Map, Value, json};

use super::super::compare::timing_changes;
use super::super::{Action, Change, ScheduleChange};
use super::pair::{Pair, Pairs};
use crate::desired::Schedule;
use crate::dialect::Dialect;
use crate::json::same;
use crate::observed::LiveSchedule;

/// What happens to each declared schedule, in their order.
pub(super) fn declared<'a>(
    pairs: &'a Pairs<'_>,
    dialect: Dialect,
) -> impl Iterator<Item = ScheduleChange> + 'a {
    pairs.all().map(move |pair| {
        let name = name(pair.slug, &pair.want.timing.to_json(), dialect);
        let Some(live) = pair.live else {
            let changes = all(pair.want, dialect);
            return ScheduleChange { action: Action::Create, name, changes };
        };
        let changes = changes(&pair, live, dialect);
        let action = if changes.is_empty() { Action::Keep } else { Action::Update };
        ScheduleChange { action, name, changes }
    })
}

/// A live schedule that nobody declares.
pub(super) fn other(live: &LiveSchedule, action: Action, dialect: Dialect) -> ScheduleChange {
    let name = name(live.slug.as_deref().unwrap_or_default(), &live.timing, dialect);
    ScheduleChange { action, name, changes: Vec::new() }
}

/// The slug, or where there are none the content.
fn name(slug: &str, timing: &Value, dialect: Dialect) -> String {
    if dialect.slugs() && !slug.is_empty() {
        return slug.to_owned();
    }
    let of = |key: &str| timing.get(key).filter(|it| !it.is_null());
    let known = ["cron", "interval", "rrule"].into_iter().find_map(|key| Some((key, of(key)?)));
    known.map_or_else(|| timing.to_string(), |(key, value)| format!("{key} {value}"))
}

/// What a new schedule has, as changes of nothing.
fn all(want: &Schedule, dialect: Dialect) -> Vec<Change> {
    let nothing = |(field, want): (String, Value)| Change { field, have: Value::Null, want };
    let timing = want.timing.to_json();
    let mut out = timing.as_object().cloned().unwrap_or_default();
    out.extend(want.active.map(|it| ("active".to_owned(), json!(it))));
    if dialect.slugs() && !want.parameters.is_empty() {
        out.insert("parameters".into(), want.parameters.clone().into());
    }
    out.into_iter().map(nothing).collect()
}

/// What differs; on a server with slugs a schedule without one is given one.
fn changes(pair: &Pair<'_, '_>, live: &LiveSchedule, dialect: Dialect) -> Vec<Change> {
    let want = pair.want;
    let mut out = timing_changes(&want.timing, &live.timing);
    let mut note = |field: &str, have: Value, want: Value| {
        if !same(&have, &want) {
            out.push(Change::shown(field, &have, want));
        }
    };
    if let Some(active) = pair.active {
        note("active", live.active.into(), active.into());
    }
    if dialect.slugs() {
        let parameters = |it: &Map<String, Value>| Value::from(it.clone());
        note("parameters", parameters(&live.parameters), parameters(pair.parameters));
        if live.slug.is_none() {
            note("slug", Value::Null, pair.slug.into());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::ours::Ours;
    use super::super::tests::{cron, live, three, two};
    use super::*;

    #[test]
    fn a_change_names_the_schedule_and_each_field() {
        let paused = Schedule { active: Some(false), ..cron("0 7 * * *") };
        let have = [live("a", Some("schedule-1"), "0 6 * * *", true)];
        let pairs = [paused, cron("0 9 * * *")];
        let pairs = Pairs::of(&pairs, &have, Ours::Guessed { only: false });
        let found: Vec<String> = declared(&pairs, three())
            .map(|it| {
                let fields: Vec<String> = it
                    .changes
                    .iter()
                    .map(|it| format!("{} {} -> {}", it.field, it.have, it.want))
                    .collect();
                format!("{:?} {}: {}", it.action, it.name, fields.join(", "))
            })
            .collect();
        assert_eq!(
            found,
            [
                "Update schedule-1: cron \"0 6 * * *\" -> \"0 7 * * *\", active true -> false",
                "Create schedule-2: cron null -> \"0 9 * * *\", day_or null -> true",
            ]
        );
    }

    #[test]
    fn without_slugs_a_schedule_is_named_by_its_content() {
        assert_eq!(
            other(&live("a", None, "0 6 * * *", true), Action::Keep, two()).name,
            "cron \"0 6 * * *\""
        );
    }
}
