//! What prefect.yaml becomes, and what is said about one that is wrong.

use std::collections::BTreeMap;

use expect_test::{Expect, expect};
use serde_json::json;

use super::*;
use crate::desired::Field;
use crate::dialect::Dialect;
use crate::names::{BundleId, SourceRoot};

mod agents;
mod built;
mod built_faults;
mod carried;
mod customized;
mod files;
mod given;
mod misspelt;
mod overlays;
mod parameters;
mod pulls;
mod schedules;
mod slips;
mod templates;
mod triggers;
mod twice;
mod values;
mod work_pools;

const FLOW: &str =
    "from prefect import flow\n\n@flow\ndef etl(source: str = 'raw', limit: int = 10):\n    pass\n";

pub(crate) fn settings(version: &str) -> Settings {
    Settings {
        now: None,
        default_pool: None,
        dialect: Dialect::new(version).unwrap(),
        bundle: BundleId::new("team-a/sales").unwrap(),
        bundle_name: "sales".to_owned(),
        source_roots: SourceRoot::usual(),
        environment: BTreeMap::from([("IMAGE".to_owned(), "img:1".to_owned())]),
        variables: Some(BTreeMap::from([("limit".to_owned(), json!(7))])),
        live: None,
        overlay: None,
        pull: PullMode::Auto,
        pip_install: false,
        code: Code::Blob {
            container: "code".into(),
            folder: "team-a/sales/abc".into(),
            credentials: "creds".into(),
            storage: "store".into(),
        },
    }
}

fn read(yaml: &str, version: &str) -> Desired {
    let tree = Tree::of_texts([("prefect.yaml", yaml), ("flows/etl.py", FLOW)]);
    desired(&tree, &settings(version))
}

fn findings(yaml: &str) -> String {
    let found = read(yaml, "3.9.1").diagnostics.into_iter();
    // true of most schedules here; it has its own test
    let found = found.filter(|it| it.code != rules::SCHEDULE_WITHOUT_TIMEZONE.code);
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
fn an_untouched_template_beside_others_is_skipped_with_a_warning() {
    let out = read(&with("- {name: null, entrypoint: null, work_pool: {name: null}}\n"), "3.9.1");
    let codes: Vec<_> = out.diagnostics.iter().map(|it| it.code).collect();
    assert_eq!((codes.as_slice(), out.deployments.len()), (["untouched-template"].as_slice(), 1));
    let alone = read("deployments:\n- {name: null}\n", "3.9.1");
    assert_eq!(alone.diagnostics[0].code, "deployment-name");
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
