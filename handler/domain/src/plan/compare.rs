//! When two values mean the same to Prefect.

use serde_json::Value;

use crate::desired::Timing;

/// Whether the live `schedule` object is `want`.
///
/// An undeclared anchor is never compared (each write without one gives another), `timezone` null is UTC, and the
/// `DTSTART` line that 3.x puts before a rule is not part of it.
pub(super) fn same_timing(want: &Timing, live: &Value) -> bool {
    let text = |name: &str| live.get(name).and_then(Value::as_str);
    let zone = |want: &Option<String>| {
        let utc = |it: Option<&str>| it.filter(|it| !it.is_empty()).unwrap_or("UTC").to_owned();
        utc(want.as_deref()) == utc(text("timezone"))
    };
    match want {
        Timing::Cron { cron, timezone, day_or } => {
            let live_or = live.get("day_or").and_then(Value::as_bool).unwrap_or(true);
            text("cron") == Some(cron) && zone(timezone) && live_or == *day_or
        }
        Timing::Interval { seconds, anchor, timezone } => {
            let interval = live.get("interval").and_then(Value::as_f64);
            let close = interval.is_some_and(|it| (it - seconds).abs() < 1e-6);
            let anchored = anchor.as_ref().is_none_or(|it| same_instant(it, text("anchor_date")));
            close && anchored && zone(timezone)
        }
        Timing::RRule { rrule, timezone } => {
            text("rrule").is_some_and(|it| rule(it, rrule) == rrule.as_str()) && zone(timezone)
        }
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
