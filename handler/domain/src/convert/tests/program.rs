//! Deployment files in Python, from text to text.

use std::collections::BTreeMap;

use expect_test::{Expect, expect};

use crate::convert::{Conversion, declarations};
use crate::declare::{Code, PullMode, Settings};
use crate::dialect::Dialect;
use crate::names::{BundleId, SourceRoot};
use crate::tree::Tree;

const FLOW: &str = "from prefect import flow\n\n@flow\ndef etl(day: str = \"\"):\n    pass\n";

pub(super) fn settings() -> Settings {
    Settings {
        live: None,
        overlay: None,
        now: None,
        default_pool: None,
        dialect: Dialect::new("3.9.1").unwrap(),
        bundle: BundleId::new("sales").unwrap(),
        bundle_name: "sales".to_owned(),
        source_roots: SourceRoot::usual(),
        environment: BTreeMap::new(),
        variables: None,
        pull: PullMode::Auto,
        pip_install: false,
        code: Code::Folder("/srv/sales".to_owned()),
    }
}

pub(super) fn check(files: &[(&str, &str)], expected: Expect) {
    check_with(&settings(), files, expected);
}

pub(super) fn check_with(settings: &Settings, files: &[(&str, &str)], expected: Expect) {
    let flow = [("flows/etl.py", FLOW)];
    let tree = Tree::of_texts(flow.into_iter().chain(files.iter().copied()));
    let it: Conversion = declarations(&tree, settings);
    let report = it.report.iter().map(|it| {
        let (severity, it) = (it.diagnostic.severity.word(), &it.diagnostic);
        let hint = it.hint.as_ref().map(|it| format!("  {it}\n")).unwrap_or_default();
        format!("{severity} {}:{} {}: {}\n{hint}", it.at.file, it.at.line, it.code, it.message)
    });
    let out: String = report.chain(it.files.iter().map(|it| it.diff.clone())).collect();
    expected.assert_eq(&out);
}

#[test]
fn a_deployment_file_becomes_an_entry_and_goes() {
    let text = "from etl import etl\netl.deploy(name=\"daily\", work_pool_name=\"k8s\", cron=\"0 6 * * *\", version=\"7\")\n";
    check(
        &[("flows/etl.deployment.py", text)],
        expect![[r#"
        info flows/etl.deployment.py:2 converted-deployment: `etl/daily` is an entry of prefect.yaml
        --- a/flows/etl.deployment.py
        +++ /dev/null
        @@ -1,2 +0,0 @@
        -from etl import etl
        -etl.deploy(name="daily", work_pool_name="k8s", cron="0 6 * * *", version="7")
        --- /dev/null
        +++ b/prefect.yaml
        @@ -0,0 +1,8 @@
        +deployments:
        +- name: daily
        +  entrypoint: flows/etl.py:etl
        +  version: "7"
        +  schedules:
        +  - cron: "0 6 * * *"
        +  work_pool:
        +    name: k8s
    "#]],
    );
}

#[test]
fn entries_are_added_to_the_prefect_yaml_that_is_there() {
    let text = "from flows.etl import etl\netl.deploy(name=\"daily\", work_pool_name=\"k8s\")\n";
    let yaml =
        "deployments:\n- name: old\n  entrypoint: flows/etl.py:etl\n  work_pool: {name: k8s}\n";
    check(
        &[("deployment.py", text), ("prefect.yaml", yaml)],
        expect![[r#"
        info deployment.py:2 converted-deployment: `etl/daily` is an entry of prefect.yaml
        --- a/deployment.py
        +++ /dev/null
        @@ -1,2 +0,0 @@
        -from flows.etl import etl
        -etl.deploy(name="daily", work_pool_name="k8s")
        --- a/prefect.yaml
        +++ b/prefect.yaml
        @@ -2,3 +2,7 @@
         - name: old
           entrypoint: flows/etl.py:etl
           work_pool: {name: k8s}
        +- name: daily
        +  entrypoint: flows/etl.py:etl
        +  work_pool:
        +    name: k8s
    "#]],
    );
}

#[test]
fn a_file_with_the_flow_of_an_entry_stays() {
    let text = format!("{FLOW}\netl.deploy(name=\"daily\", work_pool_name=\"k8s\")\n");
    check(
        &[("deployment.py", &text)],
        expect![[r#"
        warning deployment.py:1 deployment-file-stays: `deployment.py` stays, since the flow of an entry lies in it
          remove what declares the deployments (line 7), or they are declared twice
        info deployment.py:7 converted-deployment: `etl/daily` is an entry of prefect.yaml
        --- /dev/null
        +++ b/prefect.yaml
        @@ -0,0 +1,5 @@
        +deployments:
        +- name: daily
        +  entrypoint: deployment.py:etl
        +  work_pool:
        +    name: k8s
    "#]],
    );
}

#[test]
fn a_file_that_others_import_stays() {
    let text = "from flows.etl import etl\nPOOL = \"k8s\"\netl.deploy(name=\"daily\", work_pool_name=POOL)\n";
    check(
        &[("deployment.py", text), ("tools.py", "from deployment import POOL\n")],
        expect![[r#"
        warning deployment.py:1 deployment-file-stays: `deployment.py` stays, since another file imports it
          remove what declares the deployments (line 3), or they are declared twice
        info deployment.py:3 converted-deployment: `etl/daily` is an entry of prefect.yaml
        --- /dev/null
        +++ b/prefect.yaml
        @@ -0,0 +1,5 @@
        +deployments:
        +- name: daily
        +  entrypoint: flows/etl.py:etl
        +  work_pool:
        +    name: k8s
    "#]],
    );
}

#[test]
fn what_has_no_equivalent_is_told_with_what_replaces_it() {
    let text = "from flows.etl import etl
from prefect.deployments import Deployment
from prefect.filesystems import Azure
from prefect.infrastructure import KubernetesJob

Deployment.build_from_flow(
    flow=etl, name=\"daily\", work_pool_name=\"k8s\", storage=Azure.load(\"code\"),
    infrastructure=KubernetesJob(image=\"acme/etl:1\"), infra_overrides={\"namespace\": \"flows\"},
).apply()
";
    check(
        &[("deployment.py", text)],
        expect![[r#"
            info deployment.py:6 converted-deployment: `etl/daily` is an entry of prefect.yaml
            warning deployment.py:6 no-equivalent: the storage `azure/code` of `etl/daily` has no equivalent in prefect.yaml
              workers get the staged copy of the bundle, or what a `pull` step of the entry gets
            --- a/deployment.py
            +++ /dev/null
            @@ -1,9 +0,0 @@
            -from flows.etl import etl
            -from prefect.deployments import Deployment
            -from prefect.filesystems import Azure
            -from prefect.infrastructure import KubernetesJob
            -
            -Deployment.build_from_flow(
            -    flow=etl, name="daily", work_pool_name="k8s", storage=Azure.load("code"),
            -    infrastructure=KubernetesJob(image="acme/etl:1"), infra_overrides={"namespace": "flows"},
            -).apply()
            --- /dev/null
            +++ b/prefect.yaml
            @@ -0,0 +1,8 @@
            +deployments:
            +- name: daily
            +  entrypoint: flows/etl.py:etl
            +  work_pool:
            +    name: k8s
            +    job_variables:
            +      image: acme/etl:1
            +      namespace: flows
        "#]],
    );
}

#[test]
fn a_flow_with_another_name_cannot_be_an_entry() {
    let text = "from flows.etl import etl\netl.with_options(name=\"eu\").deploy(name=\"daily\", work_pool_name=\"k8s\")\n";
    check(
        &[("deployment.py", text)],
        expect![[r#"
        error deployment.py:2 converts-differently: `eu/daily` cannot be an entry of prefect.yaml: its flow would be called `etl`
          give the name in the decorator, `@flow(name="…")`: an entry only names a function
    "#]],
    );
}

#[test]
fn what_yaml_would_take_for_a_placeholder_is_told() {
    let text = "from flows.etl import etl\netl.deploy(name=\"daily\", work_pool_name=\"k8s\", parameters={\"day\": \"{{ $DAY }}\"})\n";
    check(
        &[("deployment.py", text)],
        expect![[r#"
            error deployment.py:2 converts-differently: `etl/daily` cannot be an entry of prefect.yaml: `{{ $DAY }}` in its parameters stays as it is here, and prefect.yaml replaces it
              leave it where it is, or change in its file what an entry reads differently
        "#]],
    );
}

#[test]
fn a_description_that_yaml_would_read_differently_stays_in_its_file() {
    let text = "from flows.etl import etl
etl.deploy(name=\"braces\", work_pool_name=\"k8s\", description=\"{{ x }} and more\")
etl.deploy(name=\"variable\", work_pool_name=\"k8s\", tags=[\"{{ prefect.variables.v }}\"])
etl.deploy(name=\"plain\", work_pool_name=\"k8s\", version=\"2\", description=\"{{ 'x' }}\")
";
    check(
        &[("deployment.py", text)],
        expect![[r#"
            warning deployment.py:1 deployment-file-stays: `deployment.py` stays, since one of its deployments cannot be an entry
              remove what declares the deployments (line 4), or they are declared twice
            error deployment.py:2 converts-differently: `etl/braces` cannot be an entry of prefect.yaml: `{{ x }}` in its description stays as it is here, and prefect.yaml replaces it
              leave it where it is, or change in its file what an entry reads differently
            error deployment.py:3 converts-differently: `etl/variable` cannot be an entry of prefect.yaml: `{{ prefect.variables.v }}` in its tags stays as it is here, and prefect.yaml replaces it
              leave it where it is, or change in its file what an entry reads differently
            info deployment.py:4 converted-deployment: `etl/plain` is an entry of prefect.yaml
            --- /dev/null
            +++ b/prefect.yaml
            @@ -0,0 +1,7 @@
            +deployments:
            +- name: plain
            +  entrypoint: flows/etl.py:etl
            +  description: "{{ 'x' }}"
            +  version: "2"
            +  work_pool:
            +    name: k8s
        "#]],
    );
}

#[test]
fn a_file_with_an_error_is_not_converted() {
    let text = "from flows.etl import etl\nimport requests\netl.deploy(name=requests.get(\"x\").text, work_pool_name=\"k8s\")\n";
    check(&[("deployment.py", text)], expect![[""]]);
}
