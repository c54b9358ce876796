//! Deployment files of Prefect 2 on a server of Prefect 2.

use expect_test::{Expect, expect};

use super::*;
use crate::desired::BlockRef;
use crate::dialect::Dialect;
use crate::names::{BundleId, Instance};
use crate::plan::{Adopt, Policy, Pruning, create_body};

const HEAD: &str = "from prefect.deployments import Deployment
from prefect.filesystems import Azure, GitHub
from prefect.infrastructure import DockerContainer, KubernetesJob, Process
from flow import etl
";

pub(super) fn of_file(text: &str, settings: &Settings) -> Desired {
    let file = format!("{HEAD}{text}");
    let flow = "from prefect import flow\n\n@flow\ndef etl(n: int = 1):\n    pass\n";
    let tree = Tree::of_texts([("etl/daily.deployment.py", file.as_str()), ("etl/flow.py", flow)]);
    desired(&tree, settings)
}

pub(super) fn policy(version: &str) -> Policy {
    Policy {
        held: false,
        pruning: Pruning::default(),
        dialect: Dialect::new(version).unwrap(),
        instance: Instance::default(),
        bundle: BundleId::new("team-a/sales").unwrap(),
        adopt: Adopt::Nothing,
        orphans: [].into(),
        create_pools: false,
        pool_type: "kubernetes".into(),
        claims: BTreeMap::new(),
        credentials: Some("creds".into()),
        storage: None,
        state: None,
        only: Vec::new(),
    }
}

/// What decides where the code is and how it runs, of the body that is sent; then the blocks that are made, then the findings.
fn agent(text: &str, change: fn(&mut Settings), want: Expect) {
    let mut settings = settings("2.20.27");
    change(&mut settings);
    let out = of_file(text, &settings);
    let mut shown = Vec::new();
    for it in &out.deployments {
        let body = create_body(it, &policy("2.20.27"));
        for name in [
            "storage_document_id",
            "infrastructure_document_id",
            "path",
            "entrypoint",
            "work_queue_name",
            "job_variables",
            "pull_steps",
        ] {
            if let Some(value) = body.get(name) {
                shown.push(format!("{name}: {value}"));
            }
        }
        for it in &it.inline {
            shown.push(format!("block {}: {}", it.address, json!(it.data)));
        }
    }
    for it in &out.diagnostics {
        shown.push(format!("{}: {}", it.code, it.message));
    }
    want.assert_eq(&(shown.join("\n") + "\n"));
}

const CONVENTION: &str = "Deployment.build_from_flow(flow=etl, name='daily', storage=Azure.load('twentysix'),
    infrastructure=KubernetesJob.load('base'), infra_overrides={'image': 'a:1'}, work_queue_name='kubernetes',
    path='etl/daily/').apply()
";

#[test]
fn an_agent_finds_the_staged_copy_of_the_folder_that_its_file_lies_in() {
    agent(
        CONVENTION,
        |_| {},
        expect![[r#"
        storage_document_id: "azure/store"
        infrastructure_document_id: "kubernetes-job/base"
        path: "team-a/sales/abc/etl"
        entrypoint: "flow.py:etl"
        work_queue_name: "kubernetes"
        job_variables: {"image":"a:1"}
        pull_steps: []
    "#]],
    );
}

#[test]
fn without_a_store_the_code_is_where_it_is() {
    agent(
        CONVENTION,
        |it| it.code = Code::Folder("/srv/sales".into()),
        expect![[r#"
        storage_document_id: null
        infrastructure_document_id: "kubernetes-job/base"
        path: "/srv/sales/etl"
        entrypoint: "flow.py:etl"
        work_queue_name: "kubernetes"
        job_variables: {"image":"a:1"}
        pull_steps: []
    "#]],
    );
}

#[test]
fn what_is_declared_can_be_kept() {
    agent(
        CONVENTION,
        |it| it.pull = PullMode::Declared,
        expect![[r#"
        storage_document_id: "azure/twentysix"
        infrastructure_document_id: "kubernetes-job/base"
        path: "etl/daily/"
        entrypoint: "flow.py:etl"
        work_queue_name: "kubernetes"
        job_variables: {"image":"a:1"}
        pull_steps: []
    "#]],
    );
}

#[test]
fn code_of_a_repository_and_of_an_image_stays_there() {
    let text = "Deployment.build_from_flow(etl, 'a', storage=GitHub.load('repo')).apply()
Deployment.build_from_flow(etl, 'b', infrastructure=DockerContainer(image='a:1', image_pull_policy='ALWAYS')).apply()
";
    agent(
        text,
        |_| {},
        expect![[r#"
        storage_document_id: "github/repo"
        entrypoint: "flow.py:etl"
        work_queue_name: "default"
        job_variables: {}
        pull_steps: []
        infrastructure_document_id: "docker-container of etl/b"
        path: "/opt/prefect/flows"
        entrypoint: "flow.py:etl"
        work_queue_name: "default"
        job_variables: {}
        pull_steps: []
        block docker-container of etl/b: {"env":{},"labels":{},"name":null,"command":null,"type":"docker-container","image":"a:1","image_pull_policy":"ALWAYS"}
    "#]],
    );
}

#[test]
fn overrides_have_a_process_to_override() {
    let text = "Deployment.build_from_flow(etl, 'a', infra_overrides={'env.A': 'b'}).apply()
Deployment.build_from_flow(etl, 'b').apply()
";
    agent(
        text,
        |_| {},
        expect![[r#"
        storage_document_id: "azure/store"
        infrastructure_document_id: "process of etl/a"
        path: "team-a/sales/abc/etl"
        entrypoint: "flow.py:etl"
        work_queue_name: "default"
        job_variables: {"env.A":"b"}
        pull_steps: []
        block process of etl/a: {"env":{},"labels":{},"name":null,"command":null,"type":"process","stream_output":true,"working_dir":null}
        storage_document_id: "azure/store"
        path: "team-a/sales/abc/etl"
        entrypoint: "flow.py:etl"
        work_queue_name: "default"
        job_variables: {}
        pull_steps: []
    "#]],
    );
}

#[test]
fn all_blocks_that_a_file_names_are_told() {
    let text = "from prefect_azure import AzureContainerInstanceCredentials as C, AzureContainerInstanceJob
Deployment.build_from_flow(etl, 'a', storage=Azure.load('s'), infrastructure=AzureContainerInstanceJob(
    aci_credentials=C.load('c')), infra_overrides={'env': {'A': '{{ prefect.blocks.secret.k }}'}}).apply()
";
    let out = of_file(text, &settings("2.20.27"));
    let named = out.blocks.values().flatten().chain(&out.deployments[0].loads);
    assert_eq!(
        named.map(BlockRef::address).collect::<Vec<_>>(),
        ["azure-container-instance-credentials/c", "secret/k", "azure/s"]
    );
}

#[test]
fn what_only_prefect_3_has_is_left_out_with_a_warning() {
    let text = "etl.deploy('a', work_pool_name='p', concurrency_limit=2, schedules=[])\n";
    agent(
        text,
        |_| {},
        expect![[r#"
        path: "."
        entrypoint: "flow.py:etl"
        job_variables: {}
        pull_steps: [{"prefect_azure.deployments.steps.pull_from_azure_blob_storage":{"requires":"prefect-azure[blob_storage]>=0.3,<0.4","container":"code","folder":"team-a/sales/abc/etl/","credentials":"{{ prefect.blocks.azure-blob-storage-credentials.creds }}"}}]
        not-on-this-server: a Prefect 2 server has no `concurrency_limit` of a deployment; it is left out
    "#]],
    );
}
