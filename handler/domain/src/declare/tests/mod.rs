//! What prefect.yaml becomes, and what is said about one that is wrong.

use std::collections::BTreeMap;

use expect_test::{Expect, expect};
use serde_json::json;

use super::*;

mod parameters;
mod pulls;
mod schedules;
mod templates;
mod triggers;

const FLOW: &str =
    "from prefect import flow\n\n@flow\ndef etl(source: str = 'raw', limit: int = 10):\n    pass\n";

fn settings(version: &str) -> Settings {
    Settings {
        dialect: Dialect::new(version).unwrap(),
        bundle: BundleId::new("team-a/sales").unwrap(),
        environment: BTreeMap::from([("IMAGE".to_owned(), "img:1".to_owned())]),
        variables: Some(BTreeMap::from([("limit".to_owned(), json!(7))])),
        pull: PullMode::Auto,
        pip_install: false,
        code: Code::Blob {
            container: "code".into(),
            folder: "team-a/sales/abc".into(),
            credentials: "creds".into(),
        },
    }
}

fn read(yaml: &str, version: &str) -> Desired {
    let tree = Tree::of_texts([("prefect.yaml", yaml), ("flows/etl.py", FLOW)]);
    desired(&tree, &settings(version))
}

fn findings(yaml: &str) -> String {
    let found = read(yaml, "3.9.1").diagnostics.into_iter();
    let lines = found.map(|it| {
        let hint = it.hint.map(|it| format!(" [{it}]")).unwrap_or_default();
        format!("{}:{} {}: {}{hint}\n", it.at.line, it.at.column, it.code, it.message)
    });
    lines.collect()
}

fn with(fields: &str) -> String {
    format!(
        "deployments:\n- name: daily\n  entrypoint: flows/etl.py:etl\n  work_pool: {{name: k8s}}\n{fields}"
    )
}

fn check(fields: &str, want: Expect) {
    want.assert_eq(&findings(&with(fields)));
}

/// The findings on a Prefect 2 server.
fn check_two(fields: &str, want: Expect) {
    let found = read(&with(fields), "2.20.27").diagnostics;
    let lines = found.iter().map(|it| format!("{}:{} {}\n", it.at.line, it.at.column, it.code));
    want.assert_eq(&lines.collect::<String>());
}

#[test]
fn a_number_where_a_text_belongs_says_quote_it() {
    check(
        "  version: 1.0\n",
        expect![[r#"
        5:12 field-type: `version` must be a text, this is a number; Prefect would skip the whole file [quote it: "1.0"]
    "#]],
    );
}

#[test]
fn all_problems_are_told_at_once() {
    check(
        "  schedules:\n  - cron: '0 6 * *'\n  - cron: '0 6 * * *'\n    timezone: europe/oslo\n  parameters: {limits: 3}\n",
        expect![[r#"
            6:11 cron: invalid cron string: a cron string has 5 fields (minute hour day month weekday), this has 4
            8:15 timezone: `europe/oslo` is no time zone [did you mean `Europe/Oslo`?]
            9:16 unknown-parameter: flow `etl` has no parameter `limits`, its runs will fail [did you mean `limit`?]
        "#]],
    );
}

#[test]
fn a_missing_file_names_the_near_miss() {
    let yaml = "deployments:\n- name: daily\n  entrypoint: etl.py:etl\n  work_pool: {name: k8s}\n";
    expect![[r#"
        3:15 entrypoint-file: the bundle has no file `etl.py` [did you mean `flows/etl.py`?]
    "#]]
    .assert_eq(&findings(yaml));
}

#[test]
fn an_untouched_template_is_an_error() {
    expect![[r#"
        2:3 deployment-name: the deployment has no name [is this an untouched template?]
        2:3 entrypoint: the deployment has no entrypoint [write `path/to/file.py:function`]
        5:14 work-pool: the deployment names no work pool [work_pool: {name: my-pool}]
    "#]]
    .assert_eq(&findings("deployments:\n- name: null\n  entrypoint: null\n  version: null\n  work_pool: {name: null}\n"));
}

#[test]
fn a_misplaced_key_is_a_warning() {
    check(
        "  job_variables: {image: x}\n",
        expect![[r#"
        5:3 unknown-key: `job_variables` has no effect here [move it: `work_pool: {job_variables: …}`]
    "#]],
    );
}

#[test]
fn one_key_declared_twice_names_both_places() {
    let one = "- name: daily\n  entrypoint: flows/etl.py:etl\n  work_pool: {name: k8s}\n";
    expect![[r#"
        5:3 duplicate-deployment: deployment `etl/daily` is declared twice, here and at prefect.yaml:2
    "#]]
    .assert_eq(&findings(&format!("deployments:\n{one}{one}")));
}

#[test]
fn a_python_deployment_file_is_never_skipped_in_silence() {
    let tree = Tree::of_texts([("daily.deployment.py", "")]);
    assert_eq!(desired(&tree, &settings("3.9.1")).diagnostics[0].code, "unsupported-declaration");
}

#[test]
fn a_flag_may_be_a_word_as_in_an_environment_variable() {
    let out = read(&with("  paused: 'yes'\n  enforce_parameter_schema: 0\n"), "3.9.1");
    let fields = &out.deployments[0].fields;
    assert_eq!(fields[&crate::desired::Field::Paused], json!(true));
    assert_eq!(fields[&crate::desired::Field::EnforceParameterSchema], json!(false));
    check(
        "  paused: maybe\n",
        expect![[r#"
        5:11 field-type: `paused` must be true or false, this is a text; Prefect would skip the whole file [write `true` or `false`]
    "#]],
    );
}

#[test]
fn a_mapping_may_not_be_null() {
    check(
        "  parameters:\n",
        expect![[r#"
        5:13 field-type: `parameters` must be a mapping, this is empty; Prefect would skip the whole file [write `parameters: {}` or remove the key]
    "#]],
    );
}

#[test]
fn a_tag_that_is_no_text_is_an_error() {
    check(
        "  tags: [a, 1, [2]]\n",
        expect![[r#"
        5:13 field-type: a tag must be a text, this is a number [quote it]
    "#]],
    );
}

#[test]
fn a_concurrency_limit_is_a_number_or_a_mapping_with_one() {
    check(
        "  concurrency_limit: many\n",
        expect![[r#"
        5:22 field-type: `concurrency_limit` must be a whole number above 0, or a mapping with such a `limit`
    "#]],
    );
    check(
        "  concurrency_limit: {limit: 0}\n",
        expect![[r#"
        5:22 field-type: `concurrency_limit` must be a whole number above 0, or a mapping with such a `limit`
    "#]],
    );
    check(
        "  concurrency_limit: {limit: 1, grace_period_seconds: 90}\n",
        expect![[r#"
        5:55 field-type: `collision_strategy` must be ENQUEUE or CANCEL_NEW
    "#]],
    );
    check(
        "  concurrency_limit: {limit: 1, collision_strategy: ENQUEUE, grace_period_seconds: 5}\n",
        expect![[r#"
            5:84 field-type: `grace_period_seconds` must be a whole number from 60 to 86400
        "#]],
    );
}

#[test]
fn what_the_server_does_not_have_is_left_out_with_a_warning() {
    check_two(
        "  concurrency_limit: 3\n  sla: []\n",
        expect![[r#"
        5:3 not-on-this-server
        6:3 not-on-this-server
    "#]],
    );
}

#[test]
fn a_key_without_effect_is_named_with_the_near_miss() {
    check(
        "  descripton: x\n  work_pools: {}\n",
        expect![[r#"
        5:3 unknown-key: `descripton` has no effect here [did you mean `description`?]
        6:3 unknown-key: `work_pools` has no effect here [did you mean `work_pool`?]
    "#]],
    );
    let yaml = "deployment: []\ntags: [a]\ndeployments:\n- name: daily\n  entrypoint: flows/etl.py:etl\n  work_pool: {name: k8s, queue: q, job_variable: {}}\n";
    expect![[r#"
        1:1 unknown-key: `deployment` at the top of the file has no effect [did you mean `deployments`?]
        2:1 misplaced-key: `tags` at the top of the file has no effect [move it into a deployment]
        6:26 unknown-key: `queue` has no effect in `work_pool` [remove it]
        6:36 unknown-key: `job_variable` has no effect in `work_pool` [did you mean `job_variables`?]
    "#]].assert_eq(&findings(yaml));
}

#[test]
fn a_file_without_deployments_is_a_warning_and_a_bundle_without_a_file_an_error() {
    expect![[r#"
        1:1 no-deployment: prefect.yaml declares no deployment [write `deployments:` with a list of `name`, `entrypoint` and `work_pool`]
    "#]]
    .assert_eq(&findings("name: x\n"));
    for empty in ["", "# later\n", "---\n", "~\n"] {
        expect![[r#"
            1:1 no-deployment: the file is empty [write `deployments:` with a list of `name`, `entrypoint` and `work_pool`]
        "#]]
        .assert_eq(&findings(empty));
    }
    assert_eq!(findings("deployments: []\n"), "");
    let tree = Tree::of_texts([("flows/etl.py", FLOW)]);
    assert_eq!(desired(&tree, &settings("3.9.1")).diagnostics[0].code, "no-declaration");
}

#[test]
fn wrong_shapes_are_errors_and_not_skipped() {
    expect![[r#"
        1:1 field-type: prefect.yaml must be a mapping, this is a list
    "#]]
    .assert_eq(&findings("- a\n"));
    expect![[r#"
        1:14 field-type: `deployments` must be a list, this is a mapping
    "#]]
    .assert_eq(&findings("deployments: {name: x}\n"));
    expect![[r#"
        1:15 field-type: a deployment must be a mapping, this is a text
    "#]]
    .assert_eq(&findings("deployments: [x]\n"));
    check(
        "  pull: later\n  schedules: {cron: x}\n  schedule: 7\n",
        expect![[r#"
        5:9 field-type: `pull` must be a list of steps, this is a text
        7:13 schedule-twice: `schedule` and `schedules` exclude each other [keep `schedules`]
    "#]],
    );
}

#[test]
fn a_step_that_is_not_run_is_told() {
    check(
        "  build: [{prefect.deployments.steps.run_shell_script: {id: b, script: x}}]\n  version: '{{ b.stdout }}'\n",
        expect![[r#"
            5:10 steps-not-run: `build` steps are not run here [run them in your pipeline, and give their results by {{ $NAME }}]
            6:12 step-output: `{{ b.stdout }}` is the output of a build or push step, and these are not run [write the value itself, or take it from the environment with {{ $NAME }}]
        "#]],
    );
}

#[test]
fn a_name_that_prefect_refuses_is_an_error() {
    expect![[r#"
        2:9 deployment-name: a deployment's name must be a text without `/`, `%`, `&`, `>` and `<` [quote it if it is a number]
        5:9 deployment-name: a deployment's name must be a text without `/`, `%`, `&`, `>` and `<` [quote it if it is a number]
        7:14 field-type: `work_pool` must be a mapping, this is a text; Prefect would skip the whole file [work_pool: {name: my-pool}]
    "#]].assert_eq(&findings("deployments:\n- name: a/b\n  entrypoint: flows/etl.py:etl\n  work_pool: {name: k8s}\n- name: 7\n  entrypoint: flows/etl.py:etl\n  work_pool: k8s\n"));
}

#[test]
fn an_entrypoint_may_name_a_module_or_a_package() {
    let yaml = "deployments:\n- {name: a, entrypoint: 'flows.etl:etl', work_pool: {name: p}}\n- {name: b, entrypoint: 'jobs:etl', work_pool: {name: p}}\n";
    let tree = Tree::of_texts([
        ("prefect.yaml", yaml),
        ("flows/etl.py", FLOW),
        ("jobs/__init__.py", FLOW),
    ]);
    assert_eq!(desired(&tree, &settings("3.9.1")).diagnostics, []);
}

#[test]
fn an_entrypoint_that_leads_nowhere_says_where_to_look() {
    let one = |entrypoint: &str| {
        findings(&format!(
            "deployments:\n- name: a\n  entrypoint: {entrypoint}\n  work_pool: {{name: p}}\n"
        ))
    };
    expect![[r#"
        3:15 entrypoint: `flows/etl.py` is no entrypoint [write `path/to/file.py:function`]
    "#]]
    .assert_eq(&one("flows/etl.py"));
    expect![[r#"
        3:15 entrypoint: an entrypoint has `/` between folders, workers run on Linux [flows/etl.py:etl]
    "#]].assert_eq(&one("flows\\etl.py:etl"));
    expect![[r#"
        3:15 entrypoint-file: the bundle has no file `zzz/other.py` [look into .prefectignore, and at the folder that was packed]
    "#]].assert_eq(&one("zzz/other.py:etl"));
}

#[test]
fn a_file_that_is_not_utf_8_is_an_error() {
    let mut tree = Tree::of_texts([("flows/etl.py", FLOW)]);
    let entry = crate::tree::Entry { size: 1, ..tree.entries().next().unwrap().1.clone() };
    tree.insert("prefect.yaml", entry, Some(vec![0xff]));
    assert_eq!(desired(&tree, &settings("3.9.1")).diagnostics[0].code, "unreadable-declaration");
}

#[test]
fn a_folder_with_the_name_of_a_declaration_is_an_error() {
    let tree = Tree::of_texts([("jobs/prefect.yaml/a.txt", ""), ("jobs/prefect.yaml/b.txt", "")]);
    let found = desired(&tree, &settings("3.9.1")).diagnostics;
    let told: Vec<_> = found.iter().map(|it| (it.code, it.at.file.as_str())).collect();
    assert_eq!(told, [("declaration-folder", "jobs/prefect.yaml")]);
}
