//! What is sent for schedules.

use serde_json::json;

use super::*;
use crate::desired::Timing;
use crate::diagnostic::Position;

pub(super) fn cron(cron: &str) -> Schedule {
    let timing = Timing::Cron { cron: cron.into(), timezone: None, day_or: true };
    Schedule {
        timing,
        active: None,
        slug: None,
        parameters: Map::new(),
        at: Position::start_of("prefect.yaml"),
    }
}

pub(super) fn live(id: &str, slug: Option<&str>, cron: &str, active: bool) -> LiveSchedule {
    let timing = json!({"cron": cron, "timezone": null, "day_or": true});
    LiveSchedule {
        id: id.into(),
        slug: slug.map(Into::into),
        active,
        timing,
        parameters: Map::new(),
        limits: Map::new(),
    }
}

fn owned(schedules: &[Value]) -> Owned {
    Owned { schedules: schedules.to_vec(), ..Owned::default() }
}

pub(super) fn three() -> Dialect {
    Dialect::new("3.9.1").unwrap()
}

pub(super) fn two() -> Dialect {
    Dialect::new("2.20.27").unwrap()
}

#[test]
fn nothing_is_sent_when_nothing_differs() {
    let live = [live("a", Some("schedule-1"), "0 6 * * *", false)];
    assert_eq!(sync(&[cron("0 6 * * *")], &live, None, three()).send, None);
}

#[test]
fn a_changed_cron_keeps_slug_and_pause() {
    let live = [live("a", Some("schedule-1"), "0 6 * * *", false)];
    let sent = sync(&[cron("0 7 * * *")], &live, None, three()).send;
    let want = json!([{"slug": "schedule-1", "parameters": {}, "schedule": {"cron": "0 7 * * *", "day_or": true}}]);
    assert_eq!(sent.map(Value::from), Some(want));
}

#[test]
fn on_2_the_whole_list_is_sent_with_each_live_active() {
    let live = [live("a", None, "0 6 * * *", false), live("b", None, "0 9 * * *", true)];
    let stated = live.clone().map(|it| it.timing);
    let want = [cron("0 9 * * *"), cron("0 7 * * *")];
    let sent = sync(&want, &live, Some(&owned(&stated)), two()).send;
    let want = json!([
        {"active": true, "schedule": {"cron": "0 9 * * *", "day_or": true}},
        {"active": false, "schedule": {"cron": "0 7 * * *", "day_or": true}},
    ]);
    assert_eq!(sent.map(Value::from), Some(want));
}

#[test]
fn an_undeclared_schedule_goes_only_when_it_is_ours() {
    let live =
        [live("a", Some("mine"), "0 6 * * *", true), live("b", Some("theirs"), "0 7 * * *", true)];
    let sync = sync(&[], &live, Some(&owned(&[json!("mine")])), three());
    assert_eq!(sync.delete, ["a"]);
    assert_eq!(sync.send, None);
}

#[test]
fn a_changed_one_never_takes_the_place_of_one_that_others_added() {
    let timing = |it: &LiveSchedule| it.timing.clone();
    let live = [live("b", None, "0 9 * * *", true), live("a", None, "0 6 * * *", false)];
    let sync = sync(&[cron("0 7 * * *")], &live, Some(&owned(&[timing(&live[1])])), two());
    let want = json!([
        {"active": false, "schedule": {"cron": "0 7 * * *", "day_or": true}},
        {"active": true, "schedule": timing(&live[0])},
    ]);
    assert_eq!(sync.send.map(Value::from), Some(want));
}

#[test]
fn what_the_server_writes_otherwise_is_ours_still() {
    let sent = json!({"interval": 60, "anchor_date": "2026-01-01T00:17:00Z"});
    let timing =
        json!({"interval": 60.0, "anchor_date": "2026-01-01T00:17:00+00:00", "timezone": "UTC"});
    let live = [LiveSchedule { timing, ..live("a", None, "", true) }];
    let sent = sync(&[cron("0 7 * * *")], &live, Some(&owned(&[sent])), two()).send;
    assert_eq!(sent.map(|it| it.len()), Some(1));
}

#[test]
fn a_schedule_without_slug_is_given_one_on_first_contact() {
    let live = [live("a", None, "0 6 * * *", false)];
    let sent = sync(&[cron("0 6 * * *")], &live, None, three()).send.unwrap();
    assert_eq!(sent[0]["slug"], "schedule-1");
    assert_eq!(sent[0]["active"], false);
}

/// What is live afterwards: each timing that is sent, and whether it is active.
fn sent(sync: &Sync) -> Vec<String> {
    let one = |it: &Value| format!("{} {}", it["schedule"]["cron"], it["active"]);
    sync.send.iter().flatten().map(one).collect()
}

#[test]
fn without_a_state_a_schedule_that_a_person_added_is_left_alone() {
    // a pause makes ours the last one that was changed
    let slugged =
        [live("b", None, "0 22 * * *", true), live("a", Some("schedule-1"), "0 6 * * *", false)];
    let sync_three = sync(&[cron("0 7 * * *")], &slugged, None, three());
    assert_eq!(sent(&sync_three), ["\"0 7 * * *\" false", "\"0 22 * * *\" true"]);
    let bare = [live("b", None, "0 22 * * *", true), live("a", None, "0 6 * * *", false)];
    let sync_two = sync(&[cron("0 7 * * *")], &bare, None, two());
    let kept = ["\"0 7 * * *\" true", "\"0 22 * * *\" true", "\"0 6 * * *\" false"];
    assert_eq!(sent(&sync_two), kept);
}

#[test]
fn without_a_state_the_only_schedule_is_the_only_declared_one() {
    for dialect in [two(), three()] {
        let live = [live("a", None, "0 6 * * *", false)];
        let sync = sync(&[cron("0 7 * * *")], &live, None, dialect);
        assert_eq!(sent(&sync), ["\"0 7 * * *\" false"]);
    }
}

#[test]
fn a_pause_stays_with_its_schedule_when_all_of_them_change() {
    let want = [cron("0 5 * * *"), cron("0 10 * * *")];
    let changed = ["\"0 5 * * *\" false", "\"0 10 * * *\" true"];
    let of = |slugs: [Option<&str>; 2]| {
        // the paused one was changed last
        [live("b", slugs[1], "0 9 * * *", true), live("a", slugs[0], "0 6 * * *", false)]
    };
    let three_live = of([Some("schedule-1"), Some("schedule-2")]);
    let slugs = [json!("schedule-1"), json!("schedule-2")];
    let by_slug = ["\"0 5 * * *\" null", "\"0 10 * * *\" null"];
    assert_eq!(sent(&sync(&want, &three_live, Some(&owned(&slugs)), three())), by_slug);
    assert_eq!(sent(&sync(&want, &three_live, None, three())), by_slug);
    let two_live = of([None, None]);
    let timings = [two_live[1].timing.clone(), two_live[0].timing.clone()];
    assert_eq!(sent(&sync(&want, &two_live, Some(&owned(&timings)), two())), changed);
}

#[test]
fn a_schedule_of_others_gets_a_slug_that_nobody_has() {
    let live = [
        live("c", None, "0 23 * * *", true),
        live("b", Some("kept-1"), "0 22 * * *", true),
        live("a", Some("schedule-1"), "0 6 * * *", true),
    ];
    let stated = [json!("schedule-1")];
    let want = [cron("0 7 * * *"), Schedule { slug: Some("kept-2".into()), ..cron("0 8 * * *") }];
    let sent = sync(&want, &live, Some(&owned(&stated)), three()).send.unwrap();
    let slugs: Vec<&Value> = sent.iter().map(|it| &it["slug"]).collect();
    assert_eq!(slugs, ["schedule-1", "kept-2", "kept-3", "kept-1"]);
}

#[test]
fn on_2_a_timing_that_a_person_gave_a_schedule_of_ours_is_undone_and_not_doubled() {
    let want = [cron("0 6 * * *"), cron("0 9 * * *")];
    let applied = [live("b", None, "0 9 * * *", true), live("a", None, "0 6 * * *", true)];
    let stated = sync(&want, &applied, Some(&owned(&[])), two()).owned;
    for edited in ["0 12 * * *", "0 9 * * *"] {
        let now = [live("a", None, edited, false), live("b", None, "0 9 * * *", true)];
        let sync = sync(&want, &now, Some(&owned(&stated)), two());
        assert_eq!(sent(&sync), ["\"0 6 * * *\" false", "\"0 9 * * *\" true"], "{edited}");
    }
    let now = [live("a", None, "0 12 * * *", false), live("b", None, "0 9 * * *", true)];
    assert_eq!(sent(&sync(&want[1..], &now, Some(&owned(&stated)), two())), ["\"0 9 * * *\" true"]);
}

#[test]
fn a_pause_that_is_declared_no_more_ends_unless_a_person_ended_it() {
    for (dialect, slug) in [(three(), Some("schedule-1")), (two(), None)] {
        let declared = [Schedule { active: Some(false), ..cron("0 6 * * *") }];
        let before = sync(&declared, &[live("a", slug, "0 6 * * *", false)], None, dialect);
        let before =
            Owned { schedules: before.owned, paused_schedules: before.paused, ..Owned::default() };
        for timing in ["0 6 * * *", "0 7 * * *"] {
            let now = [live("a", slug, "0 6 * * *", false)];
            let sync = sync(&[cron(timing)], &now, Some(&before), dialect);
            assert_eq!(sent(&sync), [format!("\"{timing}\" true")]);
            assert_eq!(sync.paused, [Value::Null; 0], "the next pause is a person's");
        }
        let now = [live("a", slug, "0 6 * * *", true)];
        assert_eq!(sync(&[cron("0 6 * * *")], &now, Some(&before), dialect).send, None);
    }
}

#[test]
fn parameters_that_are_not_declared_are_theirs_and_those_declared_no_more_go() {
    let given = |limit: i32| Map::from_iter([("limit".to_owned(), json!(limit))]);
    let now = |it: Map<String, Value>| {
        [LiveSchedule { parameters: it, ..live("a", Some("schedule-1"), "0 6 * * *", true) }]
    };
    let sent = |it: &Sync| it.send.as_ref().map(|it| it[0]["parameters"].clone());
    let before = Owned { schedules: vec![json!("schedule-1")], ..Owned::default() };
    for before in [Some(&before), None] {
        let same = sync(&[cron("0 6 * * *")], &now(given(5)), before, three());
        assert_eq!(same.send, None);
        let other = sync(&[cron("0 7 * * *")], &now(given(5)), before, three());
        assert_eq!(sent(&other), Some(json!({"limit": 5})));
    }
    let declared = Schedule { parameters: given(7), ..cron("0 6 * * *") };
    let stated = sync(&[declared], &now(given(5)), Some(&before), three());
    assert_eq!(sent(&stated), Some(json!({"limit": 7})));
    let before = Owned { parameters_of_schedules: stated.with_parameters, ..before };
    let removed = sync(&[cron("0 6 * * *")], &now(given(7)), Some(&before), three());
    assert_eq!(sent(&removed), Some(json!({})));
    assert_eq!(removed.with_parameters, [Value::Null; 0]);
}
