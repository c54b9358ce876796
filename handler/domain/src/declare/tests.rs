//! What prefect.yaml becomes, and what is said about one that is wrong.

use std::collections::BTreeMap;

use expect_test::{Expect, expect};
use serde_json::json;

use super::*;

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

#[test]
fn a_plain_deployment_has_no_findings_and_a_generated_pull() {
    let out = read(&with(""), "3.9.1");
    assert_eq!(out.diagnostics, []);
    let expected = json!([{"prefect_azure.deployments.steps.pull_from_azure_blob_storage": {
        "requires": "prefect-azure[blob_storage]>=0.4",
        "container": "code",
        "folder": "team-a/sales/abc/",
        "credentials": "{{ prefect.blocks.azure-blob-storage-credentials.creds }}",
    }}]);
    assert_eq!(json!(out.deployments[0].pull), expected);
    assert_eq!(out.deployments[0].flow, "etl");
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
        9:16 unknown-parameter: flow `etl` has no parameter `limits` [did you mean `limit`?]
    "#]],
    );
}

#[test]
fn an_environment_variable_that_is_not_allowed_is_an_error_at_its_place() {
    check(
        "  description: 'for {{ $IMAG }}'\n",
        expect![[r#"
        5:16 environment-variable: environment variable `IMAG` is not allowed or has no value; did you mean `IMAGE`? [the operator allows it with SYNC_ENV=IMAG (or `--env IMAG=VALUE`)]
    "#]],
    );
}

#[test]
fn variables_keep_their_type_when_alone() {
    let out = read(
        &with(
            "  parameters: {limit: '{{ prefect.variables.limit }}', source: 's{{ prefect.variables.limit }}'}\n",
        ),
        "3.9.1",
    );
    assert_eq!(
        out.deployments[0].fields[&crate::desired::Field::Parameters],
        json!({"limit": 7, "source": "s7"})
    );
}

#[test]
fn a_block_stays_in_job_variables_and_is_an_error_elsewhere() {
    let yaml = "deployments:\n- name: daily\n  entrypoint: flows/etl.py:etl\n  work_pool: {name: k8s, job_variables: {key: '{{ prefect.blocks.secret.k }}'}}\n";
    let out = read(yaml, "3.9.1");
    assert_eq!(out.diagnostics, []);
    assert_eq!(
        out.deployments[0].fields[&crate::desired::Field::JobVariables],
        json!({"key": "{{ prefect.blocks.secret.k }}"})
    );
    check(
        "  description: '{{ prefect.blocks.secret.k }}'\n",
        expect![[r#"
        5:16 block-in-plain-field: a block cannot be used here: its secret would be stored in plain text in the deployment [blocks can be used in `pull` and in `job_variables`, where the worker resolves them]
    "#]],
    );
}

#[test]
fn a_lone_working_directory_is_replaced_with_a_warning() {
    check(
        "  pull:\n  - prefect.deployments.steps.set_working_directory: {directory: /Users/me}\n",
        expect![[r#"
            6:5 pull-replaced: this pull only names a folder, which workers do not have; the staged code is pulled instead [remove the step, or keep it with SYNC_PULL=declared]
        "#]],
    );
}

#[test]
fn a_working_directory_in_an_image_is_kept() {
    let yaml = "deployments:\n- name: daily\n  entrypoint: flows/etl.py:etl\n  work_pool: {name: k8s, job_variables: {image: '{{ $IMAGE }}'}}\n  pull:\n  - prefect.deployments.steps.set_working_directory: {directory: /opt}\n";
    let out = read(yaml, "3.9.1");
    assert_eq!(
        json!(out.deployments[0].pull),
        json!([{"prefect.deployments.steps.set_working_directory": {"directory": "/opt"}}])
    );
}

#[test]
fn a_yaml_in_a_folder_names_its_folder_in_the_pull() {
    let yaml = "deployments:\n- name: daily\n  entrypoint: etl.py:etl\n  work_pool: {name: k8s}\n";
    let tree = Tree::of_texts([("flows/prefect.yaml", yaml), ("flows/etl.py", FLOW)]);
    let out = desired(&tree, &settings("2.20.27"));
    let step =
        &out.deployments[0].pull[0]["prefect_azure.deployments.steps.pull_from_azure_blob_storage"];
    assert_eq!(step["folder"], "team-a/sales/abc/flows/");
    assert_eq!(step["requires"], "prefect-azure[blob_storage]>=0.3,<0.4");
    assert_eq!(out.deployments[0].entrypoint, "etl.py:etl");
}

#[test]
fn a_missing_file_names_the_near_miss() {
    let yaml = "deployments:\n- name: daily\n  entrypoint: etl.py:etl\n  work_pool: {name: k8s}\n";
    expect![[r#"
        3:15 entrypoint-file: the bundle has no file `etl.py` (looked for it there) [did you mean `flows/etl.py`?]
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
fn a_fine_rule_without_start_is_an_error_on_2() {
    let out = read(&with("  schedules: [{rrule: 'FREQ=MINUTELY'}]\n"), "2.20.27");
    assert_eq!(out.diagnostics[0].code, "rrule-without-start");
}

#[test]
fn a_python_deployment_file_is_never_skipped_in_silence() {
    let tree = Tree::of_texts([("daily.deployment.py", "")]);
    assert_eq!(desired(&tree, &settings("3.9.1")).diagnostics[0].code, "unsupported-declaration");
}
