//! The pull steps of a deployment.

use serde_json::Value;

use super::*;

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

fn steps(pull: &str, mode: PullMode) -> Desired {
    let yaml = with(&format!("  pull: {pull}\n"));
    let tree = Tree::of_texts([("prefect.yaml", yaml.as_str()), ("flows/etl.py", FLOW)]);
    desired(&tree, &Settings { pull: mode, ..settings("3.9.1") })
}

#[test]
fn an_empty_mapping_is_no_pull_of_its_own() {
    let yaml = format!("pull: {CLONE}\n{}", with("  pull: {}\n"));
    let out = read(&yaml, "3.9.1");
    let want = json!([{"prefect.deployments.steps.git_clone": {"repository": "r"}}]);
    assert_eq!(json!(out.deployments[0].pull), want);
}

#[test]
fn an_empty_list_is_no_pull_to_prefect_3_and_that_of_the_file_to_prefect_2() {
    let yaml = format!("pull: {CLONE}\n{}", with("  pull: []\n"));
    let pull = |version| read(&yaml, version).deployments[0].pull.clone();
    assert_eq!(json!(pull("3.9.1")), json!([]));
    assert_eq!(
        json!(pull("2.20.27")),
        json!([{"prefect.deployments.steps.git_clone": {"repository": "r"}}])
    );
}

const CLONE: &str = "[{prefect.deployments.steps.git_clone: {repository: r}}]";
const FOLDER: &str = "[{prefect.deployments.steps.set_working_directory: {directory: /me}}]";

#[test]
fn a_setting_keeps_or_replaces_every_declared_pull() {
    let name = |out: Desired| {
        let step = out.deployments[0].pull[0].as_object().unwrap().keys().next().unwrap().clone();
        step.rsplit('.').next().unwrap().to_owned()
    };
    assert_eq!(name(steps(CLONE, PullMode::Auto)), "git_clone");
    assert_eq!(name(steps(CLONE, PullMode::Staged)), "pull_from_azure_blob_storage");
    assert_eq!(name(steps(FOLDER, PullMode::Declared)), "set_working_directory");
    assert_eq!(name(steps(FOLDER, PullMode::Auto)), "pull_from_azure_blob_storage");
}

#[test]
fn an_empty_build_of_a_deployment_hides_the_one_of_the_file() {
    let yaml = |build: &str| {
        format!("build: [{{x.build: {{}}}}]\n{}", with(&format!("  pull: {FOLDER}\n{build}")))
    };
    let kept = read(&yaml(""), "3.9.1").deployments[0].pull.clone();
    let replaced = read(&yaml("  build: []\n"), "3.9.1").deployments[0].pull.clone();
    assert_ne!(kept, replaced);
}

#[test]
fn requirements_are_installed_only_when_a_setting_says_so() {
    let yaml = with("");
    let files =
        [("prefect.yaml", yaml.as_str()), ("flows/etl.py", FLOW), ("requirements.txt", "pandas")];
    let tree = Tree::of_texts(files);
    let plain = desired(&tree, &settings("3.9.1"));
    assert_eq!(plain.diagnostics[0].code, "requirements-not-installed");
    let installing = Settings { pip_install: true, ..settings("3.9.1") };
    assert_eq!(
        desired(&tree, &installing).deployments[0].pull[1],
        json!({"prefect.deployments.steps.pip_install_requirements":
            {"requirements_file": "requirements.txt", "stream_output": false}})
    );
}

#[test]
fn what_is_wrong_with_the_pull_of_all_deployments_is_said_once() {
    let one = |name: &str| {
        format!("- {{name: {name}, entrypoint: 'flows/etl.py:etl', work_pool: {{name: p}}}}\n")
    };
    let pull = "pull: [{git_clone: {repository: '{{ $HOST }}/{{ $NAME }}'}}]\n";
    let found = findings(&format!("{pull}deployments:\n{}{}", one("a"), one("b")));
    assert_eq!(found.lines().count(), 2, "{found}");
}

/// Folder of the pull or path, and entrypoint, of the only deployment of `deploy/etl.deployment.py`.
fn placed(text: &str, settings: &Settings) -> [Value; 3] {
    let files =
        [("deploy/etl.deployment.py", text), ("flows/etl.py", FLOW), ("deploy/own/etl.py", FLOW)];
    let out = desired(&Tree::of_texts(files), settings);
    let [it] = out.deployments.as_slice() else { panic!("{:?}", out.diagnostics) };
    let step = it.pull.first().and_then(|it| it.as_object()?.values().next());
    let folder = step.map(|it| it.get("folder").unwrap_or(&it["directory"]).clone());
    let value = |field| it.registered.get(&field).or(it.fields.get(&field)).cloned();
    assert_eq!(it.fields[&Field::Entrypoint], it.entrypoint);
    [folder, value(Field::Path), value(Field::Entrypoint)].map(Option::unwrap_or_default)
}

#[test]
fn a_flow_beside_the_folder_of_its_deployment_is_pulled_with_it() {
    let head = "import sys\nsys.path.insert(0, '..')\n";
    let beside = format!("{head}from flows.etl import etl\n");
    let deploy = "etl.deploy(name='a', work_pool_name='p')\n";
    let of = |text: &str| placed(text, &settings("3.9.1"));
    let root = "team-a/sales/abc/";
    assert_eq!(
        of(&format!("{beside}{deploy}")),
        [json!(root), json!("."), json!("flows/etl.py:etl")]
    );
    let own = format!("from own.etl import etl\n{deploy}");
    assert_eq!(of(&own), [json!("team-a/sales/abc/deploy/"), json!("."), json!("own/etl.py:etl")]);
    let module = "from prefect.deployments.runner import EntrypointType\netl.deploy(name='a', work_pool_name='p', entrypoint_type=EntrypointType.MODULE_PATH)\n";
    assert_eq!(
        of(&format!("{beside}{module}")),
        [json!(root), Value::Null, json!("flows.etl.etl")]
    );
    let legacy = "from prefect.deployments import Deployment\nDeployment.build_from_flow(etl, 'a', work_pool_name='p').apply()\n";
    let legacy = format!("{beside}{legacy}");
    assert_eq!(of(&legacy), [json!(root), Value::Null, json!("flows/etl.py:etl")]);
    let two = placed(&legacy, &settings("2.20.27"));
    assert_eq!(two, [Value::Null, json!("team-a/sales/abc"), json!("flows/etl.py:etl")]);
}

#[test]
fn a_folder_on_this_machine_is_whole() {
    let text = "import sys\nsys.path.insert(0, '..')\nfrom flows.etl import etl\netl.deploy(name='a', work_pool_name='p')\n";
    let here = Settings { code: Code::Folder("/srv".to_owned()), ..settings("3.9.1") };
    assert_eq!(
        placed(text, &here),
        [json!("/srv/deploy"), json!("."), json!("../flows/etl.py:etl")]
    );
}
