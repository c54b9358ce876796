//! Deployment files of Prefect 2 on a server of Prefect 3.

use expect_test::{Expect, expect};
use serde_json::Value;

use super::agents::{of_file, policy};
use super::*;
use crate::desired::BlockRef;
use crate::plan::create_body;

fn live() -> Live {
    let base = json!({"type": "kubernetes-job", "image": "base:1", "env": {"A": "a"}, "labels": {},
        "command": ["python", "-m", "prefect"], "namespace": null, "job": null, "customizations": []});
    let block = |name: &str| BlockRef { r#type: "kubernetes-job".into(), name: name.into() };
    let secret = json!({"env": {"KEY": "********"}});
    let old = BlockRef { r#type: "github".into(), name: "old".into() };
    let repository = json!({"repository": "https://git.example/etl.git", "reference": null});
    let templates: Value = serde_json::from_str(include_str!("templates.json")).unwrap();
    Live {
        blocks: [(block("base"), base), (block("keyed"), secret), (old, repository)]
            .map(|(block, data)| (block, data.as_object().unwrap().clone()))
            .into(),
        templates: BTreeMap::from([("k8s".to_owned(), templates)]),
    }
}

/// The job variables and the rest that differs from Prefect 2, then the findings.
pub(super) fn carried(text: &str, want: Expect) {
    let settings =
        Settings { default_pool: Some("k8s".into()), live: Some(live()), ..settings("3.9.1") };
    let out = of_file(text, &settings);
    let mut shown = Vec::new();
    for it in &out.deployments {
        let body = create_body(it, &policy("3.9.1"));
        let names = ["job_variables", "work_pool_name", "work_queue_name", "path"];
        for name in names.into_iter().filter(|it| !body[*it].is_null()) {
            shown.push(format!("{name}: {}", body[name]));
        }
        for step in body["pull_steps"].as_array().unwrap() {
            shown.push(format!("pull: {step}"));
        }
    }
    for it in &out.diagnostics {
        let hint = it.hint.as_deref().map(|it| format!(" [{it}]")).unwrap_or_default();
        shown.push(format!("{}: {}{hint}", it.code, it.message));
    }
    want.assert_eq(&(shown.join("\n") + "\n"));
}

pub(super) fn of(arguments: &str) -> String {
    format!("Deployment.build_from_flow(etl, 'daily', {arguments}).apply()\n")
}

#[test]
fn a_saved_block_and_its_overrides_become_job_variables() {
    let text = "storage=Azure.load('s'), infrastructure=KubernetesJob.load('base'), work_queue_name='kubernetes',
    infra_overrides={'image': 'a:1', 'env.B': 'b', 'namespace': 'flows'}";
    carried(
        &of(text),
        expect![[r#"
        job_variables: {"image":"a:1","env":{"A":"a","B":"b"},"command":"python -m prefect","namespace":"flows"}
        work_pool_name: "k8s"
        work_queue_name: "kubernetes"
        pull: {"prefect_azure.deployments.steps.pull_from_azure_blob_storage":{"requires":"prefect-azure[blob_storage]>=0.4","container":"code","folder":"team-a/sales/abc/etl/","credentials":"{{ prefect.blocks.azure-blob-storage-credentials.creds }}"}}
    "#]],
    );
}

#[test]
fn a_block_in_the_file_becomes_job_variables() {
    let text = "infrastructure=DockerContainer(image='a:1', command=['echo', 'a b'], image_pull_policy='IF_NOT_PRESENT',
    volumes=['/a:/b'], image_registry={'username': 'u'}), path='/app', work_queue_name='default'";
    carried(
        &of(text),
        expect![[r#"
        job_variables: {"command":"echo 'a b'","image":"a:1","image_pull_policy":"IfNotPresent","volumes":["/a:/b"]}
        work_pool_name: "k8s"
        pull: {"prefect.deployments.steps.set_working_directory":{"directory":"/app"}}
        infrastructure-field: `image_registry` of the `docker-container` block has no job variable [write it into the base job template of the work pool]
        job-variable: the work pool `k8s` has no job variable `volumes` [add it to the base job template of the pool, or choose a pool of the kind of the infrastructure by SYNC_WORK_POOL]
    "#]],
    );
}

#[test]
fn a_block_that_the_server_does_not_have_is_told_with_the_variables_to_write() {
    carried(
        &of("infrastructure=KubernetesJob.load('bas')"),
        expect![[r#"
        job_variables: {}
        work_pool_name: "k8s"
        pull: {"prefect.deployments.steps.set_working_directory":{"directory":"/opt/prefect/flows"}}
        infrastructure-block: this server has no block `kubernetes-job/bas`; did you mean `base`?; what it says of the infrastructure is not taken over [write it as job variables, by `infra_overrides` or in the base job template of the work pool: image, namespace, service_account_name, image_pull_policy, finished_job_ttl, job_watch_timeout_seconds, pod_watch_timeout_seconds, cluster_config, env, labels, name, command, stream_output]
    "#]],
    );
}

#[test]
fn a_secret_that_cannot_be_read_is_an_error() {
    carried(
        &of("infrastructure=KubernetesJob.load('keyed')"),
        expect![[r#"
        job_variables: {}
        work_pool_name: "k8s"
        pull: {"prefect.deployments.steps.set_working_directory":{"directory":"/opt/prefect/flows"}}
        masked-secret: the block `kubernetes-job/keyed` holds a secret, which cannot be read and carried over [write its fields as job variables, the secret as `{{ prefect.blocks.secret.NAME }}`]
    "#]],
    );
}

#[test]
fn without_its_block_code_of_a_repository_is_that_of_the_bundle() {
    carried(
        &of("storage=GitHub.load('repo')"),
        expect![[r#"
        job_variables: {}
        work_pool_name: "k8s"
        pull: {"prefect_azure.deployments.steps.pull_from_azure_blob_storage":{"requires":"prefect-azure[blob_storage]>=0.4","container":"code","folder":"team-a/sales/abc/etl/","credentials":"{{ prefect.blocks.azure-blob-storage-credentials.creds }}"}}
        storage-replaced: Prefect 3 has no `github` storage, and this server no block `github/repo`; the code of this bundle is pulled instead [for code of a repository deploy with `flow.from_source(…).deploy(…)`, or a `git_clone` step]
    "#]],
    );
}

#[test]
fn code_of_a_repository_is_cloned_as_its_block_says() {
    carried(
        &of("storage=GitHub.load('old'), path='sub'"),
        expect![[r#"
        job_variables: {}
        work_pool_name: "k8s"
        pull: {"prefect.deployments.steps.git_clone":{"repository":"{{ prefect.blocks.github.old.repository }}","branch":"{{ prefect.blocks.github.old.reference }}"}}
    "#]],
    );
    carried(
        &of("storage=GitHub(repository='https://git.example/etl.git', reference='v1')"),
        expect![[r#"
            job_variables: {}
            work_pool_name: "k8s"
            pull: {"prefect.deployments.steps.git_clone":{"repository":"https://git.example/etl.git","branch":"v1"}}
        "#]],
    );
    carried(
        &of("storage=GitHub(repository='https://git.example/etl.git', access_token='t')"),
        expect![[r#"
            job_variables: {}
            work_pool_name: "k8s"
            pull: {"prefect_azure.deployments.steps.pull_from_azure_blob_storage":{"requires":"prefect-azure[blob_storage]>=0.4","container":"code","folder":"team-a/sales/abc/etl/","credentials":"{{ prefect.blocks.azure-blob-storage-credentials.creds }}"}}
            storage-replaced: Prefect 3 has no `github` storage; the code of this bundle is pulled instead [for code of a repository deploy with `flow.from_source(…).deploy(…)`, or a `git_clone` step]
        "#]],
    );
}

#[test]
fn code_that_neither_the_bundle_nor_a_repository_has_is_an_error() {
    let of = |storage: &str| {
        let text = format!(
            "Deployment(name='a', flow_name='f', entrypoint='elsewhere/flow.py:main'{storage}).apply()\n"
        );
        let out =
            of_file(&text, &Settings { default_pool: Some("k8s".into()), ..settings("3.9.1") });
        out.diagnostics.iter().map(|it| it.code).collect::<Vec<_>>()
    };
    assert_eq!(of(""), ["entrypoint-file"]);
    assert_eq!(of(", storage=Azure.load('s')"), ["entrypoint-file"]);
    assert_eq!(
        of(", storage=GitHub(repository='https://git.example/etl.git')"),
        Vec::<&str>::new()
    );
    assert_eq!(of(", storage=GitHub.load('repo')"), ["block-not-read"]);
}

#[test]
fn a_block_that_a_variable_names_has_to_exist() {
    let text = "from prefect_azure import AzureContainerInstanceCredentials as C, AzureContainerInstanceJob\n".to_owned()
        + &of("infrastructure=AzureContainerInstanceJob(aci_credentials=C.load('c'), cpu=1)");
    let out = of_file(&text, &Settings { default_pool: Some("k8s".into()), ..settings("3.9.1") });
    let named = out.blocks.values().flatten().map(BlockRef::address);
    assert_eq!(named.collect::<Vec<_>>(), ["azure-container-instance-credentials/c"]);
}

#[test]
fn without_a_server_a_saved_block_is_read_when_the_deployment_is_registered() {
    let text = of("infrastructure=KubernetesJob.load('base')");
    let out = of_file(&text, &Settings { default_pool: Some("k8s".into()), ..settings("3.9.1") });
    assert_eq!(out.diagnostics.iter().map(|it| it.code).collect::<Vec<_>>(), ["block-not-read"]);
}

#[test]
fn tasks_of_other_clouds_become_variables_of_their_pools() {
    let head = "from prefect_aws.ecs import ECSTask\nfrom prefect_gcp.aiplatform import VertexAICustomTrainingJob as V\n\
                from prefect_gcp.cloud_run import CloudRunJob\nfrom datetime import timedelta\n";
    let of = |block: &str| {
        let text = format!("{head}{}", of(&format!("infrastructure={block}")));
        let out = of_file(&text, &Settings { default_pool: Some("p".into()), ..settings("3.9.1") });
        let found: Vec<&str> = out.diagnostics.iter().map(|it| it.message.as_str()).collect();
        format!("{} {found:?}", out.deployments[0].registered[&Field::JobVariables])
    };
    expect![[r#"{"cluster":"c","command":"a b","cpu":256,"image":"i","memory":512,"task_role_arn":"r","vpc_id":"v"} ["`task_definition` of the `ecs-task` block has no job variable"]"#]].assert_eq(&of("ECSTask(image='i', cpu=256, memory=512, cluster='c', task_role_arn='r', vpc_id='v', command=['a', 'b'], task_definition={'family': 'f'})"));
    expect![[r#"{"cpu":"2000m","image":"i","memory":"512Mi","region":"r"} ["`max_retries` of the `cloud-run-job` block has no job variable"]"#]].assert_eq(&of(
        "CloudRunJob(image='i', region='r', cpu=2, memory=512, memory_unit='Mi', max_retries=1)",
    ));
    expect![[
        r#"{"image":"i","maximum_run_time_hours":24,"region":"r","service_account_name":"s"} []"#
    ]]
    .assert_eq(&of(
        "V(image='i', region='r', service_account='s', maximum_run_time=timedelta(days=1))",
    ));
}

#[test]
fn code_that_only_the_declared_storage_has_is_kept_there_on_demand() {
    let of = |version: &str, storage: &str| {
        let text = format!(
            "from prefect.filesystems import S3\nfrom prefect_azure import AzureBlobStorageContainer\nDeployment(name='a', flow_name='f', entrypoint='elsewhere/flow.py:main'{storage}).apply()\n"
        );
        let settings = Settings { default_pool: Some("k8s".into()), ..settings(version) };
        let found = of_file(&text, &settings).diagnostics;
        let kept = of_file(&text, &Settings { pull: PullMode::Declared, ..settings }).diagnostics;
        let told = |it: &Diagnostic| it.hint.as_ref().is_some_and(|it| it.contains("SYNC_PULL"));
        let missing = kept.iter().any(|it| it.code == "entrypoint-file");
        (found.iter().any(told), missing)
    };
    assert_eq!(of("2.20.27", ", storage=S3.load('s')"), (true, false));
    assert_eq!(of("2.20.27", ""), (false, true));
    assert_eq!(of("3.9.1", ", storage=AzureBlobStorageContainer.load('s')"), (true, false));
    // workers of Prefect 3 have no such storage
    assert_eq!(of("3.9.1", ", storage=Azure.load('s')"), (false, true));
}

#[test]
fn numbers_for_texts_are_written_as_prefect_2_writes_them_on_either_server() {
    let text = "from flow import etl\nDeployment.build_from_flow(etl, 'a', version=1, tags=[1, 'b'], work_queue_name=2).apply()\n";
    for version in ["2.20.27", "3.9.1"] {
        let settings = Settings { default_pool: Some("k8s".into()), ..settings(version) };
        let out = of_file(text, &settings);
        let fields = &out.deployments[0].fields;
        assert_eq!(fields[&Field::Version], "1");
        assert_eq!(fields[&Field::Tags], json!(["1", "b"]));
        assert_eq!(fields[&Field::WorkQueue], "2");
    }
}
