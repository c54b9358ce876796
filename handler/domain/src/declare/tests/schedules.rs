//! `schedule` and `schedules` of a deployment.

use super::*;
use crate::desired::Timing;

#[test]
fn a_fine_rule_without_start_is_an_error_on_2() {
    let out = read(&with("  schedules: [{rrule: 'FREQ=MINUTELY'}]\n"), "2.20.27");
    assert_eq!(out.diagnostics[0].code, "rrule-without-start");
}

#[test]
fn a_rule_may_be_written_as_json_with_its_time_zone() {
    let rule = r#"{"rrule": "FREQ=DAILY", "timezone": "Europe/Oslo"}"#;
    let timing = |more: &str| {
        let out = read(&with(&format!("  schedules: [{{rrule: '{rule}'{more}}}]\n")), "3.9.1");
        out.deployments[0].schedules.clone().unwrap().remove(0).timing
    };
    let zoned =
        |zone: &str| Timing::RRule { rrule: "FREQ=DAILY".into(), timezone: Some(zone.to_owned()) };
    assert_eq!(timing(""), zoned("Europe/Oslo"));
    assert_eq!(timing(", timezone: Asia/Tokyo"), zoned("Asia/Tokyo"));
}

#[test]
fn an_empty_time_zone_is_none() {
    schedule("cron: '0 6 * * *', timezone: ''", expect![""]);
}

#[test]
fn an_empty_slug_is_none() {
    let out = read(&with("  schedules: [{cron: '0 6 * * *', slug: ''}]\n"), "3.9.1");
    assert_eq!(out.deployments[0].schedules.as_ref().unwrap()[0].slug, None);
}

fn schedule(fields: &str, want: Expect) {
    check(&format!("  schedules: [{{{fields}}}]\n"), want);
}

#[test]
fn a_schedule_has_exactly_one_timing() {
    schedule(
        "cron: '0 6 * * *', interval: 60",
        expect![[r#"
        5:15 schedule-kind: a schedule has exactly one of `cron`, `interval` and `rrule`, this has 2
    "#]],
    );
    schedule(
        "timezone: UTC",
        expect![[r#"
        5:15 schedule-kind: a schedule has exactly one of `cron`, `interval` and `rrule`, this has 0
    "#]],
    );
}

#[test]
fn one_key_for_schedules_is_enough() {
    check(
        "  schedule: {cron: '0 6 * * *'}\n  schedules: []\n",
        expect![[r#"
        5:13 schedule-twice: `schedule` and `schedules` exclude each other [keep `schedules`]
    "#]],
    );
}

#[test]
fn keys_of_a_schedule_are_checked() {
    schedule(
        "cron: '0 6 * * *', time_zone: UTC",
        expect![[r#"
        5:35 unknown-schedule-key: a schedule has no key `time_zone`; Prefect would skip the whole file [did you mean `timezone`?]
    "#]],
    );
    schedule(
        "cron: '0 6 * * *', catchup: true",
        expect![[r#"
        5:35 unknown-schedule-key: a schedule has no key `catchup`; Prefect would skip the whole file [remove it]
    "#]],
    );
    schedule(
        "cron: '0 6 * * *', parameters: ",
        expect![[r#"
            5:45 field-type: `parameters` must be a mapping, this is empty; Prefect would skip the whole file [write `parameters: {}` or remove the key]
        "#]],
    );
    let two = read(
        &with("  schedules: [{cron: '0 6 * * *', catchup: true, timezone: UTC}]\n"),
        "2.20.27",
    );
    let found: Vec<_> = two.diagnostics.iter().map(|it| it.code).collect();
    assert_eq!(found, ["dropped-schedule-key"]);
    schedule(
        "cron: '0 6 * * *', slug: 12, parameters: [a], active: 3",
        expect![[r#"
        5:41 field-type: `slug` must be a text, this is a number; Prefect would skip the whole file [quote it: "12"]
        5:57 field-type: `parameters` must be a mapping, this is a list; Prefect would skip the whole file [write `parameters: {}` or remove the key]
        5:70 field-type: `active` must be true or false, this is a number; Prefect would skip the whole file [write `true` or `false`]
    "#]],
    );
}

#[test]
fn a_cron_string_is_checked_with_its_seconds() {
    schedule(
        "cron: 5",
        expect![[r#"
        5:22 field-type: `cron` must be a text, this is a number [quote it]
    "#]],
    );
    schedule(
        "cron: '0 6 * * * 30'",
        expect![[r#"
        5:22 cron-seconds: a sixth field is seconds, and comes last
    "#]],
    );
}

#[test]
fn an_interval_is_a_positive_number_of_seconds() {
    schedule(
        "interval: 0",
        expect![[r#"
        5:26 interval: `interval` must be a positive number of seconds, `PT1H` or `01:00:00`
    "#]],
    );
    schedule(
        "interval: soon",
        expect![[r#"
        5:26 interval: `interval` must be a positive number of seconds, `PT1H` or `01:00:00`
    "#]],
    );
    let timing = |text: &str| {
        let out = read(&with(&format!("  schedules: [{{interval: {text}}}]\n")), "3.9.1");
        out.deployments[0].schedules.as_ref().unwrap()[0].timing.to_json()
    };
    assert_eq!(timing("PT1H"), json!({"interval": 3600.0}));
    assert_eq!(timing("'01:30:00'"), json!({"interval": 5400.0}));
    assert_eq!(timing("90.5"), json!({"interval": 90.5}));
}

#[test]
fn an_anchor_is_a_date() {
    schedule(
        "interval: 60, anchor_date: tomorrow",
        expect![[r#"
        5:43 anchor-date: `anchor_date` must be a date or date-time [2026-01-01T00:00:00+00:00]
    "#]],
    );
}

#[test]
fn a_rule_has_a_known_frequency_and_a_count_a_start() {
    schedule(
        "rrule: 'FREQ=OFTEN'",
        expect![[r#"
            5:23 rrule: invalid rrule: `FREQ` must be one of YEARLY, MONTHLY, WEEKLY, DAILY, HOURLY, MINUTELY, SECONDLY, this is `OFTEN`
        "#]],
    );
    schedule(
        "rrule: 'FREQ=DAILY;COUNT=3'",
        expect![[r#"
        5:23 rrule-count: `COUNT` counts from DTSTART; without one Prefect starts at 2020, long before now [add a DTSTART]
    "#]],
    );
}

#[test]
fn a_slug_is_used_once() {
    check(
        "  schedules:\n  - {cron: '0 6 * * *', slug: a}\n  - {cron: '0 7 * * *', slug: a}\n",
        expect![[r#"
            7:5 duplicate-slug: slug `a` is used twice, here and in line 6
        "#]],
    );
}

#[test]
fn slugs_and_parameters_are_left_out_on_2_with_a_warning() {
    check_two(
        "  schedules: [{cron: '6 * * * *', slug: a, parameters: {limit: 1}}]\n",
        expect![[r#"
            5:35 not-on-this-server
            5:44 not-on-this-server
        "#]],
    );
}
