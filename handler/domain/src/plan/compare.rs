//! When two values mean the same to Prefect.

use serde_json::Value;

use super::Change;
use crate::desired::Timing;

const KEYS: [&str; 6] = ["cron", "interval", "rrule", "anchor_date", "timezone", "day_or"];

/// Whether the live `schedule` object is `want`.
pub(super) fn same_timing(want: &Timing, live: &Value) -> bool {
    timing_changes(want, live).is_empty()
}

/// What differs between the live `schedule` object and `want`.
///
/// An undeclared anchor is never compared (each write without one gives another), `timezone` null is UTC, and the
/// `DTSTART` line that 3.x puts before a rule is not part of it.
pub(super) fn timing_changes(want: &Timing, live: &Value) -> Vec<Change> {
    let wanted = want.to_json();
    let one = |key: &str| {
        let have = plain(key, live, &wanted);
        let want = plain(key, &wanted, &wanted);
        (!same_member(key, &have, &want)).then(|| Change { field: key.to_owned(), have, want })
    };
    KEYS.into_iter().filter_map(one).collect()
}

/// Whether the live `schedule` object is the one that we sent as `sent`, as far as that says something.
pub(super) fn is_what_we_sent(sent: &Value, live: &Value) -> bool {
    let said = KEYS.into_iter().filter(|key| sent.get(key).is_some());
    let same = |key: &str| same_member(key, &plain(key, live, sent), &plain(key, sent, sent));
    sent.is_object() && said.into_iter().all(same)
}

/// The member `key` of `schedule`, with what it means when it is not said.
fn plain(key: &str, schedule: &Value, wanted: &Value) -> Value {
    let value = schedule.get(key).unwrap_or(&Value::Null);
    match (key, value) {
        ("timezone", Value::Null) => "UTC".into(),
        ("timezone", Value::String(zone)) if zone.is_empty() => "UTC".into(),
        ("day_or", Value::Null) if schedule.get("cron").is_some_and(Value::is_string) => {
            true.into()
        }
        ("rrule", Value::String(live)) => {
            rule(live, wanted.get(key).and_then(Value::as_str).unwrap_or_default()).into()
        }
        _ => value.clone(),
    }
}

fn same_member(key: &str, have: &Value, want: &Value) -> bool {
    match (key, have.as_f64(), want.as_f64()) {
        ("interval", Some(have), Some(want)) => (have - want).abs() < 1e-6,
        ("anchor_date", ..) => want.as_str().is_none_or(|want| same_instant(want, have.as_str())),
        _ => have == want,
    }
}

fn same_instant(want: &str, live: Option<&str>) -> bool {
    let instant = |text: &str| text.parse::<jiff::Timestamp>().ok();
    live.is_some_and(|live| {
        want == live || (instant(want).is_some() && instant(want) == instant(live))
    })
}

fn rule<'a>(live: &'a str, want: &str) -> &'a str {
    if want.contains("DTSTART") || !live.starts_with("DTSTART") {
        return live;
    }
    live.split_once('\n').map_or(live, |(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_undeclared_anchor_is_not_compared() {
        let want = Timing::Interval { seconds: 3600.0, anchor: None, timezone: None };
        let live =
            json!({"interval": 3600.0, "anchor_date": "2026-01-01T00:00:00Z", "timezone": "UTC"});
        assert!(same_timing(&want, &live));
    }

    #[test]
    fn a_declared_anchor_is_an_instant() {
        let anchor = Some("2026-01-01T02:00:00+02:00".to_owned());
        let want = Timing::Interval { seconds: 60.0, anchor, timezone: None };
        assert!(same_timing(
            &want,
            &json!({"interval": 60, "anchor_date": "2026-01-01T00:00:00Z"})
        ));
        assert!(!same_timing(
            &want,
            &json!({"interval": 60, "anchor_date": "2026-01-01T00:00:01Z"})
        ));
    }

    #[test]
    fn the_start_that_the_server_adds_is_not_a_difference() {
        let want = Timing::RRule { rrule: "FREQ=DAILY".into(), timezone: None };
        let live = json!({"rrule": "DTSTART:20200101T000000\nFREQ=DAILY", "timezone": "UTC"});
        assert!(same_timing(&want, &live));
    }
}
