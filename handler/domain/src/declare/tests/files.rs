//! The files of a bundle: those that declare, and those that an entrypoint names.

use super::*;

#[test]
fn a_missing_file_names_the_near_miss() {
    let yaml = "deployments:\n- name: daily\n  entrypoint: etl.py:etl\n  work_pool: {name: k8s}\n";
    expect![[r#"
        3:15 entrypoint-file: the bundle has no file `etl.py` [did you mean `flows/etl.py`?]
    "#]]
    .assert_eq(&findings(yaml));
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
    assert_eq!(desired(&tree, &settings("3.9.1")).diagnostics[0].code, "no-deployment");
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
fn an_entrypoint_may_name_a_module_or_a_package() {
    let yaml = "deployments:\n- {name: a, entrypoint: 'flows.etl:etl', work_pool: {name: p}}\n- {name: b, entrypoint: 'jobs:etl', work_pool: {name: p}}\n";
    let tree = Tree::of_texts([
        ("prefect.yaml", yaml),
        ("flows/etl.py", FLOW),
        ("jobs/__init__.py", &FLOW.replace("@flow", "@flow(name='jobs')")),
    ]);
    assert_eq!(desired(&tree, &settings("3.9.1")).diagnostics, []);
}

#[test]
fn an_entrypoint_may_have_a_dot_before_the_function() {
    let yaml = with("").replace("flows/etl.py:etl", "flows.etl.etl");
    let out = read(&yaml, "3.9.1");
    assert_eq!(out.diagnostics, []);
    assert_eq!(out.deployments[0].entrypoint, "flows.etl.etl");
}

#[test]
fn an_entrypoint_may_go_a_longer_way() {
    for path in ["./flows/./etl.py", "flows//etl.py", "flows/../flows/etl.py"] {
        let yaml = with("").replace("flows/etl.py", path);
        assert_eq!(findings(&yaml), "", "{path}");
    }
    let out = with("").replace("flows/etl.py", "../flows/etl.py");
    assert!(findings(&out).contains("entrypoint-file"));
}

#[test]
fn a_flow_in_a_class_is_an_error_on_2() {
    let yaml = with("").replace("etl.py:etl", "etl.py:Jobs.etl");
    let tree = Tree::of_texts([
        ("prefect.yaml", yaml.as_str()),
        (
            "flows/etl.py",
            "from prefect import flow\nclass Jobs:\n  @flow\n  @staticmethod\n  def etl(): ...\n",
        ),
    ]);
    let codes = |version| {
        let found = desired(&tree, &settings(version)).diagnostics;
        found.iter().map(|it| it.code).collect::<Vec<_>>()
    };
    assert_eq!(codes("3.9.1"), [""; 0]);
    assert_eq!(codes("2.20.27"), ["entrypoint"]);
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
fn a_file_that_cannot_be_read_is_an_error_that_says_why() {
    let told = |size: u64, bytes: Option<Vec<u8>>| {
        let mut tree = Tree::of_texts([("flows/etl.py", FLOW)]);
        let entry = crate::tree::Entry { size, ..tree.entries().next().unwrap().1.clone() };
        tree.insert("prefect.yaml", entry, bytes);
        let found = desired(&tree, &settings("3.9.1")).diagnostics;
        assert_eq!(found[0].code, "unreadable-declaration");
        found[0].message.clone()
    };
    assert_eq!(told(1, Some(vec![0xff])), "this file is not UTF-8");
    assert_eq!(told(1 << 20, None), "this file is larger than 256 KiB");
    assert_eq!(told(1, None), "this file is not read: the bundle has too much source");
}

#[test]
fn a_folder_with_the_name_of_a_declaration_is_an_error() {
    let tree = Tree::of_texts([("jobs/prefect.yaml/a.txt", ""), ("jobs/prefect.yaml/b.txt", "")]);
    let found = desired(&tree, &settings("3.9.1")).diagnostics;
    let told: Vec<_> = found.iter().map(|it| (it.code, it.at.file.as_str())).collect();
    assert_eq!(told, [("declaration-folder", "jobs/prefect.yaml")]);
}

#[test]
fn a_flow_that_is_not_there_is_told_at_the_entrypoint() {
    let yaml = "deployments:\n- name: a\n  entrypoint: flows/etl.py:elt\n  work_pool: {name: p}\n";
    expect![[r#"
        3:15 flow-not-found: flows/etl.py has no function `elt` [its flows are: etl]
    "#]]
    .assert_eq(&findings(yaml));
}
