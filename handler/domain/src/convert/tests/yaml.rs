//! What is written as YAML is read back as it was.

use expect_test::expect;
use serde_json::{Value, json};

use super::super::yaml::{deployments, document};
use crate::yaml::compose;

fn read_back(value: &Value) {
    let text = document(value);
    let (node, found) = compose("prefect.yaml", &text);
    assert_eq!(found, [], "{text}");
    assert_eq!(node.unwrap().to_json(), *value, "{text}");
}

#[test]
fn texts_that_yaml_takes_for_something_else_are_quoted() {
    let texts = [
        "on",
        "No",
        "y",
        "~",
        "null",
        "1.10",
        "017",
        "0x1F",
        "1e3",
        "1.0e+3",
        "12:30:45",
        "1_000",
        "2024-01-02",
        "2024-01-02 03:04:05",
        "0 6 * * *",
        "*/5 * * * *",
        "@daily",
        "a: b",
        "a #b",
        "#",
        "- a",
        "-",
        "?",
        "a:",
        " a",
        "a ",
        "",
        "<<",
        "=",
        "{{ $X }}",
        "[a]",
        "!a",
        "&a",
        "%a",
        "'",
        "\"",
        "\\",
        "a\tb",
        "\u{7f}",
        "\u{85}",
        "\u{2028}",
        "\u{feff}",
        "Übung 日本 🚀",
        ".inf",
        "...",
        "---",
        "true",
        "a\r\nb",
        "path/to.py:main",
        "ghcr.io/a/b:1.2",
    ];
    for text in texts {
        read_back(&json!({"key": text, text: [text, {"in": text}, [text]]}));
    }
}

#[test]
fn texts_of_any_characters_are_read_back() {
    let alphabet: Vec<char> =
        "ab:#-?*&!|>'\"%@`{}[], \n\t\\~=.019eE+_\r\u{a0}ü🚀".chars().collect();
    let mut seed = 7_usize;
    for _ in 0..3000 {
        let mut text = String::new();
        for _ in 0..seed % 9 {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            text.push(alphabet[(seed >> 33) % alphabet.len()]);
        }
        seed = seed.wrapping_mul(31).wrapping_add(11);
        read_back(&json!({"a": [text], "b": {"c": text}}));
    }
}

#[test]
fn numbers_and_empty_values_keep_their_type() {
    read_back(&json!({"a": 1, "b": 0.5, "c": 1e300, "d": -2.5e-7, "e": 3.0, "f": true, "g": null}));
    read_back(&json!({"a": {}, "b": [], "c": [[], {}, [[1, 2], [3]]], "d": [{"x": {"y": [1]}}]}));
}

#[test]
fn a_deployment_is_written_as_people_write_it() {
    let one = json!({
        "name": "daily",
        "description": "Loads the day.\n\nThen mails.\n",
        "entrypoint": "flows/etl.py:etl",
        "tags": ["prod", "on"],
        "schedules": [{"cron": "0 6 * * *", "timezone": "Europe/Oslo", "parameters": {"limit": 10}}],
        "work_pool": {"name": "kubernetes", "job_variables": {"env": {"LEVEL": "1.10"}}},
    });
    expect![[r#"
        deployments:
        - name: daily
          description: |
            Loads the day.

            Then mails.
          entrypoint: flows/etl.py:etl
          tags:
          - prod
          - "on"
          schedules:
          - cron: "0 6 * * *"
            timezone: Europe/Oslo
            parameters:
              limit: 10
          work_pool:
            name: kubernetes
            job_variables:
              env:
                LEVEL: "1.10"
    "#]]
    .assert_eq(&deployments(&[one]));
}
