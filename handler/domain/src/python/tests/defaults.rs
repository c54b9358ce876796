//! Default values beyond the golden rows. Source of what is expected: Python 3.11 and pydantic 2.13.4.

use expect_test::{Expect, expect};

use super::super::*;

const HEAD: &str = "
import datetime
from datetime import timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo
from prefect import flow
";

/// The JSON of each of `defaults`; `-` where there is none and `?` where running it would tell.
pub(super) fn check(prelude: &str, defaults: &[&str], want: Expect) {
    let lines: Vec<String> =
        defaults.iter().map(|it| format!("{it} -> {}\n", shown(prelude, it))).collect();
    want.assert_eq(&lines.concat());
}

fn shown(prelude: &str, default: &str) -> String {
    let text = format!("{HEAD}{prelude}\n@flow\ndef f(x={default}): ...\n");
    let tree = Tree::of_texts([("f.py", text.as_str())]);
    let (facts, found) = flow(&tree, "f.py", "f", Dialect::new("3.9.1").unwrap());
    let schema = facts.unwrap().parameter_openapi_schema;
    let default = schema["properties"]["x"].get("default");
    match (default, found.as_slice()) {
        (Some(it), []) => it.to_string(),
        (None, []) => "-".to_owned(),
        (_, [it, ..]) if it.code == "unresolved-default" => "?".to_owned(),
        (Some(shown), [it, ..]) => format!("{shown} ({})", it.message),
        (_, [it, ..]) => it.message.clone(),
    }
}

#[test]
fn texts_are_those_of_python() {
    check(
        "PORT = 80",
        &[
            "str(5)",
            "str(PORT)",
            "str(True)",
            "str(None)",
            "str(1e16)",
            "str(0.00001)",
            "str(2.5)",
            "str()",
            "str(Path('a'))",
        ],
        expect![[r#"
            str(5) -> "5"
            str(PORT) -> "80"
            str(True) -> "True"
            str(None) -> "None"
            str(1e16) -> "1e+16"
            str(0.00001) -> "1e-05"
            str(2.5) -> "2.5"
            str() -> ""
            str(Path('a')) -> "a"
        "#]],
    );
}

#[test]
fn numbers_and_truths_are_those_of_python() {
    check(
        "",
        &[
            "int('5')",
            "int(' -1_000 ')",
            "int('_5')",
            "int('five')",
            "int(-5.9)",
            "int(1e30)",
            "int(True)",
            "int()",
            "float('1e3')",
            "float(2)",
            "float('inf')",
            "bool('')",
            "bool(0)",
            "bool([1])",
            "bool()",
            "not 'a'",
            "list((1, 2))",
            "dict(a=1)",
        ],
        expect![[r#"
            int('5') -> 5
            int(' -1_000 ') -> -1000
            int('_5') -> ?
            int('five') -> ?
            int(-5.9) -> -5
            int(1e30) -> ?
            int(True) -> 1
            int() -> 0
            float('1e3') -> 1000.0
            float(2) -> 2.0
            float('inf') -> ?
            bool('') -> false
            bool(0) -> false
            bool([1]) -> true
            bool() -> false
            not 'a' -> false
            list((1, 2)) -> [1,2]
            dict(a=1) -> {"a":1}
        "#]],
    );
}

#[test]
fn durations_are_those_of_pydantic() {
    check(
        "",
        &[
            "timedelta()",
            "timedelta(1)",
            "timedelta(0, 1)",
            "timedelta(0, 0, 1)",
            "timedelta(0, 0, 0, 1)",
            "timedelta(0, 0, 0, 0, 1)",
            "timedelta(0, 0, 0, 0, 0, 1)",
            "timedelta(0, 0, 0, 0, 0, 0, 1)",
            "timedelta(days=-1)",
            "timedelta(days=-1, hours=1)",
            "-timedelta(hours=1)",
            "timedelta(days=1.5)",
            "timedelta(minutes=-1.25)",
            "timedelta(seconds=-.5)",
            "timedelta(microseconds=2.5)",
            "timedelta(days=400)",
            "timedelta(days=-400, seconds=5)",
            "timedelta(hours=25)",
            "timedelta(days=10**9)",
            "timedelta(days=1000000000)",
            "timedelta(days='1')",
            "timedelta(years=1)",
        ],
        expect![[r#"
            timedelta() -> "PT0S"
            timedelta(1) -> "P1D"
            timedelta(0, 1) -> "PT1S"
            timedelta(0, 0, 1) -> "PT0.000001S"
            timedelta(0, 0, 0, 1) -> "PT0.001S"
            timedelta(0, 0, 0, 0, 1) -> "PT1M"
            timedelta(0, 0, 0, 0, 0, 1) -> "PT1H"
            timedelta(0, 0, 0, 0, 0, 0, 1) -> "P7D"
            timedelta(days=-1) -> "-P1D"
            timedelta(days=-1, hours=1) -> "-PT23H"
            -timedelta(hours=1) -> "-PT1H"
            timedelta(days=1.5) -> "P1DT12H"
            timedelta(minutes=-1.25) -> "-PT1M15S"
            timedelta(seconds=-.5) -> "-PT0.5S"
            timedelta(microseconds=2.5) -> "PT0.000002S"
            timedelta(days=400) -> "P1Y35D"
            timedelta(days=-400, seconds=5) -> "-P1Y34DT23H59M55S"
            timedelta(hours=25) -> "P1DT1H"
            timedelta(days=10**9) -> ?
            timedelta(days=1000000000) -> ?
            timedelta(days='1') -> ?
            timedelta(years=1) -> ?
        "#]],
    );
}

#[test]
fn moments_are_those_of_pydantic() {
    check(
        "HOURS = timedelta(hours=-2, minutes=-30)",
        &[
            "datetime.date(year=2024, month=2, day=29)",
            "datetime.date(2023, 2, 29)",
            "datetime.date(1, 1, 1)",
            "datetime.datetime(2024, 1, 2, 3, 4, 5, 600000)",
            "datetime.datetime(2024, 1, 2, hour=3, tzinfo=timezone.utc)",
            "datetime.datetime(2024, 1, 2, tzinfo=timezone(HOURS))",
            "datetime.datetime(2024, 1, 2, tzinfo=ZoneInfo('UTC'))",
            "datetime.datetime(2024, 1, 2, tzinfo=ZoneInfo('Europe/Oslo'))",
            "datetime.datetime(2024, 1, 2, tzinfo=None)",
            "datetime.datetime.now()",
            "datetime.time(3, 4, 5, 600)",
            "datetime.time(3, tzinfo=timezone.utc)",
            "timezone.utc",
        ],
        expect![[r#"
            datetime.date(year=2024, month=2, day=29) -> "2024-02-29"
            datetime.date(2023, 2, 29) -> ?
            datetime.date(1, 1, 1) -> "0001-01-01"
            datetime.datetime(2024, 1, 2, 3, 4, 5, 600000) -> "2024-01-02T03:04:05.600000"
            datetime.datetime(2024, 1, 2, hour=3, tzinfo=timezone.utc) -> "2024-01-02T03:00:00Z"
            datetime.datetime(2024, 1, 2, tzinfo=timezone(HOURS)) -> "2024-01-02T00:00:00-02:30"
            datetime.datetime(2024, 1, 2, tzinfo=ZoneInfo('UTC')) -> "2024-01-02T00:00:00Z"
            datetime.datetime(2024, 1, 2, tzinfo=ZoneInfo('Europe/Oslo')) -> "2024-01-02T00:00:00+01:00"
            datetime.datetime(2024, 1, 2, tzinfo=None) -> "2024-01-02T00:00:00"
            datetime.datetime.now() -> ?
            datetime.time(3, 4, 5, 600) -> "03:04:05.000600"
            datetime.time(3, tzinfo=timezone.utc) -> "03:00:00Z"
            timezone.utc -> -
        "#]],
    );
}

#[test]
fn calls_that_repeat_calls_end() {
    let mut prelude = "a0 = timedelta()\n".to_owned();
    for level in 1..39 {
        let inner = format!("a{}", level - 1);
        prelude +=
            &["a", &level.to_string(), " = timedelta(", &[inner.as_str(); 7].join(", "), ")\n"]
                .concat();
    }
    check(
        &prelude,
        &["a38"],
        expect![[r#"
        a38 -> ?
    "#]],
    );
}

#[test]
fn a_long_text_that_is_repeated_does_not_fill_the_memory() {
    let text = "x".repeat(100_000);
    let prelude = format!("a = '{text}'\nb = [{}]\n", "a, ".repeat(5000));
    check(
        &prelude,
        &["b"],
        expect![[r#"
        b -> ?
    "#]],
    );
}
