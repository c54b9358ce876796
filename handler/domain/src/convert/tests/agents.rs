//! Deployments of agents, from text to text.

use expect_test::expect;

use super::program::{check, check_with, settings};
use crate::declare::Settings;
use crate::dialect::Dialect;

const HEAD: &str = "from flows.etl import etl
from prefect.deployments import Deployment
from prefect.filesystems import GitHub
from prefect.infrastructure import KubernetesJob
";

const RESOURCES: &str = "{'op': 'add', 'path': '/spec/template/spec/containers/0/resources', 'value': {'limits': {'memory': '4Gi'}}}";
const SELECTOR: &str =
    "{'op': 'add', 'path': '/spec/template/spec/nodeSelector', 'value': {'gpu': 'true'}}";

fn one(arguments: &str) -> String {
    format!("{HEAD}Deployment.build_from_flow(etl, 'daily', {arguments}).apply()\n")
}

#[test]
fn customizations_become_job_variables_or_are_told() {
    let text = one(&format!(
        "work_pool_name='k8s', infrastructure=KubernetesJob(image='i', customizations=[{RESOURCES}, {SELECTOR}])"
    ));
    check(
        &[("deployment.py", &text)],
        expect![[r#"
            warning deployment.py:5 customizations: no job variable of the work pool `k8s` takes these customizations of the job
              put this for `job_manifest` into the base job template of the pool: {"apiVersion":"batch/v1","kind":"Job","metadata":{"labels":"{{ labels }}","namespace":"{{ namespace }}","generateName":"{{ name }}-"},"spec":{"backoffLimit":0,"ttlSecondsAfterFinished":"{{ finished_job_ttl }}","template":{"spec":{"parallelism":1,"completions":1,"restartPolicy":"Never","serviceAccountName":"{{ service_account_name }}","containers":[{"name":"prefect-job","env":"{{ env }}","image":"{{ image }}","imagePullPolicy":"{{ image_pull_policy }}","args":"{{ command }}","resources":{"limits":{"cpu":"{{ cpu_limit }}","memory":"{{ memory_limit }}"},"requests":{"cpu":"{{ cpu_request }}","memory":"{{ memory_request }}"}}}],"nodeSelector":{"gpu":"true"}}}}}
            info deployment.py:5 converted-deployment: `etl/daily` is an entry of prefect.yaml
            --- a/deployment.py
            +++ /dev/null
            @@ -1,5 +0,0 @@
            -from flows.etl import etl
            -from prefect.deployments import Deployment
            -from prefect.filesystems import GitHub
            -from prefect.infrastructure import KubernetesJob
            -Deployment.build_from_flow(etl, 'daily', work_pool_name='k8s', infrastructure=KubernetesJob(image='i', customizations=[{'op': 'add', 'path': '/spec/template/spec/containers/0/resources', 'value': {'limits': {'memory': '4Gi'}}}, {'op': 'add', 'path': '/spec/template/spec/nodeSelector', 'value': {'gpu': 'true'}}])).apply()
            --- /dev/null
            +++ b/prefect.yaml
            @@ -0,0 +1,11 @@
            +deployments:
            +- name: daily
            +  entrypoint: flows/etl.py:etl
            +  work_pool:
            +    name: k8s
            +    job_variables:
            +      image: i
            +      memory_limit: "4Gi"
            +  pull:
            +  - prefect.deployments.steps.set_working_directory:
            +      directory: /opt/prefect/flows
        "#]],
    );
}

#[test]
fn a_repository_is_cloned_by_the_entry_too() {
    let text = one(
        "work_pool_name='k8s', storage=GitHub(repository='https://git.example/etl.git', reference='v1')",
    );
    check(
        &[("deployment.py", &text)],
        expect![[r#"
            info deployment.py:5 converted-deployment: `etl/daily` is an entry of prefect.yaml
            --- a/deployment.py
            +++ /dev/null
            @@ -1,5 +0,0 @@
            -from flows.etl import etl
            -from prefect.deployments import Deployment
            -from prefect.filesystems import GitHub
            -from prefect.infrastructure import KubernetesJob
            -Deployment.build_from_flow(etl, 'daily', work_pool_name='k8s', storage=GitHub(repository='https://git.example/etl.git', reference='v1')).apply()
            --- /dev/null
            +++ b/prefect.yaml
            @@ -0,0 +1,9 @@
            +deployments:
            +- name: daily
            +  entrypoint: flows/etl.py:etl
            +  work_pool:
            +    name: k8s
            +  pull:
            +  - prefect.deployments.steps.git_clone:
            +      repository: https://git.example/etl.git
            +      branch: v1
        "#]],
    );
}

#[test]
fn for_prefect_2_the_entry_is_for_workers() {
    let two = Settings { dialect: Dialect::new("2.20.27").unwrap(), ..settings() };
    let text = one(
        "infrastructure=KubernetesJob(image='i'), infra_overrides={'env.A': '1'}, work_queue_name='q'",
    );
    let files = [("deployment.py", text.as_str())];
    check_with(
        &two,
        &files,
        expect![[r#"
        error deployment.py:5 converts-differently: `etl/daily` cannot be an entry of prefect.yaml: the deployment names no work pool
          name one by `work_pool_name`, or for all by SYNC_WORK_POOL
    "#]],
    );
    let pooled = Settings { default_pool: Some("k8s".to_owned()), ..two };
    check_with(
        &pooled,
        &files,
        expect![[r#"
            info deployment.py:5 converted-deployment: `etl/daily` is an entry of prefect.yaml
            --- a/deployment.py
            +++ /dev/null
            @@ -1,5 +0,0 @@
            -from flows.etl import etl
            -from prefect.deployments import Deployment
            -from prefect.filesystems import GitHub
            -from prefect.infrastructure import KubernetesJob
            -Deployment.build_from_flow(etl, 'daily', infrastructure=KubernetesJob(image='i'), infra_overrides={'env.A': '1'}, work_queue_name='q').apply()
            --- /dev/null
            +++ b/prefect.yaml
            @@ -0,0 +1,14 @@
            +deployments:
            +- name: daily
            +  entrypoint: flows/etl.py:etl
            +  version: daf7db467688072b4a1849c5f0f231e8
            +  work_pool:
            +    name: k8s
            +    work_queue_name: q
            +    job_variables:
            +      image: i
            +      env:
            +        A: "1"
            +  pull:
            +  - prefect.deployments.steps.set_working_directory:
            +      directory: /opt/prefect/flows
        "#]],
    );
}

#[test]
fn what_prefect_deployment_build_wrote_stays() {
    let yaml = "name: daily\nflow_name: etl\nentrypoint: flows/etl.py:etl\nwork_pool_name: k8s\n";
    check(
        &[("etl-deployment.yaml", yaml)],
        expect![[r#"
        error etl-deployment.yaml:1 converts-differently: `etl/daily` stays in this file, which is not converted
          it is registered from there; for an entry of prefect.yaml see what `render` shows of it
    "#]],
    );
}
