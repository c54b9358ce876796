//! Customizations of a Kubernetes job of Prefect 2 on a server of Prefect 3.

use expect_test::{Expect, expect};

use super::agents::of_file;
use super::carried::{carried, of};
use super::*;

#[test]
fn customizations_go_where_the_template_of_the_pool_takes_them() {
    let patch = "{'op': 'add', 'path': '/spec/template/spec/containers/0/resources', 'value':
        {'requests': {'cpu': '2000m', 'memory': '4Gi'}, 'limits': {'memory': '8Gi'}}}";
    let env = "{'op': 'add', 'path': '/spec/template/spec/containers/0/env/-', 'value': {'name': 'A', 'value': 'b'}}";
    let text = format!(
        "infrastructure=KubernetesJob(image='a:1'), infra_overrides={{'customizations': [{patch}, {env}]}}"
    );
    carried(
        &of(&text),
        expect![[r#"
        job_variables: {"image":"a:1","cpu_request":"2000m","memory_request":"4Gi","memory_limit":"8Gi","env":{"A":"b"}}
        work_pool_name: "k8s"
        pull: {"prefect.deployments.steps.set_working_directory":{"directory":"/opt/prefect/flows"}}
    "#]],
    );
}

#[test]
fn customizations_that_no_variable_takes_are_told_with_the_text_to_paste() {
    let patch =
        "{'op': 'add', 'path': '/spec/template/spec/nodeSelector', 'value': {'gpu': 'true'}}";
    let text = format!("infrastructure=KubernetesJob(image='a:1', customizations=[{patch}])");
    carried(
        &of(&text),
        expect![[r#"
        job_variables: {"image":"a:1"}
        work_pool_name: "k8s"
        pull: {"prefect.deployments.steps.set_working_directory":{"directory":"/opt/prefect/flows"}}
        customizations: no job variable of the work pool `k8s` takes these customizations of the job [put this for `job_manifest` into the base job template of the pool: {"apiVersion":"batch/v1","kind":"Job","metadata":{"labels":"{{ labels }}","namespace":"{{ namespace }}","generateName":"{{ name }}-"},"spec":{"backoffLimit":0,"ttlSecondsAfterFinished":"{{ finished_job_ttl }}","template":{"spec":{"parallelism":1,"completions":1,"restartPolicy":"Never","serviceAccountName":"{{ service_account_name }}","containers":[{"name":"prefect-job","env":"{{ env }}","image":"{{ image }}","imagePullPolicy":"{{ image_pull_policy }}","args":"{{ command }}","resources":{"limits":{"cpu":"{{ cpu_limit }}","memory":"{{ memory_limit }}"},"requests":{"cpu":"{{ cpu_request }}","memory":"{{ memory_request }}"}}}],"nodeSelector":{"gpu":"true"}}}}}]
    "#]],
    );
}

#[test]
fn a_job_of_its_own_is_told_with_the_variables_of_the_pool_in_it() {
    let job = "{'apiVersion': 'batch/v1', 'kind': 'Job', 'metadata': {'labels': {}}, 'spec': {'template': {'spec':
        {'hostNetwork': True, 'containers': [{'name': 'prefect-job', 'env': []}, {'name': 'proxy'}]}}}}";
    carried(
        &of(&format!("infrastructure=KubernetesJob(job={job})")),
        expect![[r#"
            job_variables: {}
            work_pool_name: "k8s"
            pull: {"prefect.deployments.steps.set_working_directory":{"directory":"/opt/prefect/flows"}}
            customizations: no job variable of the work pool `k8s` takes these customizations of the job [put this for `job_manifest` into the base job template of the pool: {"apiVersion":"batch/v1","kind":"Job","metadata":{"labels":"{{ labels }}","namespace":"{{ namespace }}","generateName":"{{ name }}-"},"spec":{"template":{"spec":{"hostNetwork":true,"containers":[{"name":"prefect-job","env":"{{ env }}","image":"{{ image }}","imagePullPolicy":"{{ image_pull_policy }}","args":"{{ command }}","resources":{"limits":{"cpu":"{{ cpu_limit }}","memory":"{{ memory_limit }}"},"requests":{"cpu":"{{ cpu_request }}","memory":"{{ memory_request }}"}}},{"name":"proxy"}],"parallelism":1,"completions":1,"restartPolicy":"Never","serviceAccountName":"{{ service_account_name }}"}},"backoffLimit":0,"ttlSecondsAfterFinished":"{{ finished_job_ttl }}"}}]
        "#]],
    );
}

#[test]
fn a_pool_that_takes_the_whole_job_gets_it_as_a_variable() {
    let patch =
        "{'op': 'add', 'path': '/spec/template/spec/nodeSelector', 'value': {'gpu': 'true'}}";
    let text = of(&format!("infrastructure=KubernetesJob(customizations=[{patch}])"));
    let spec = json!({"spec": {"template": {"spec": {}}}});
    let template = json!({"job_configuration": {"job_manifest": "{{ manifest }}"},
        "variables": {"properties": {"manifest": {"type": "object", "default": spec}}}});
    let templates = BTreeMap::from([("k8s".to_owned(), template)]);
    let live = Some(Live { templates, ..Live::default() });
    let out =
        of_file(&text, &Settings { default_pool: Some("k8s".into()), live, ..settings("3.9.1") });
    assert_eq!(
        out.deployments[0].registered[&Field::JobVariables],
        json!({"manifest": {"spec": {"template": {"spec": {"nodeSelector": {"gpu": "true"}}}}}})
    );
}

/// Job variables, and findings with their hints, where no server was asked.
fn offline(arguments: &str, want: Expect) {
    let out = of_file(
        &of(arguments),
        &Settings { default_pool: Some("k8s".into()), ..settings("3.9.1") },
    );
    let mut shown = vec![out.deployments[0].registered[&Field::JobVariables].to_string()];
    shown.extend(out.diagnostics.iter().map(|it| {
        let hint = it.hint.as_deref().map(|it| format!(" [{it}]")).unwrap_or_default();
        format!("{}: {}{hint}", it.code, it.message)
    }));
    want.assert_eq(&(shown.join("\n") + "\n"));
}

#[test]
fn without_a_server_the_pool_is_taken_for_one_as_it_is_made() {
    let memory = "{'op': 'add', 'path': '/spec/template/spec/containers/0/resources', 'value': {'limits': {'memory': '4Gi'}}}";
    let env = "{'op': 'add', 'path': '/spec/template/spec/containers/0/env/-', 'value': {'name': 'A', 'value': '1'}}";
    let ttl = "{'op': 'add', 'path': '/spec/ttlSecondsAfterFinished', 'value': 10}";
    let all = format!(
        "infrastructure=KubernetesJob(), infra_overrides={{'customizations': [{memory}, {env}, {ttl}]}}"
    );
    offline(
        &all,
        expect![[r#"
        {"memory_limit":"4Gi","env":{"A":"1"},"finished_job_ttl":10}
    "#]],
    );
}

#[test]
fn what_is_added_to_a_list_of_a_block_that_is_not_read_is_in_the_text_to_paste() {
    let volume = "{'op': 'add', 'path': '/spec/template/spec/volumes/-', 'value': {'name': 'v', 'emptyDir': {}}}";
    let of = |job: &str| {
        format!("infrastructure={job}, infra_overrides={{'customizations': [{volume}]}}")
    };
    offline(
        &of("KubernetesJob.load('base')"),
        expect![[r#"
            {}
            block-not-read: the block `kubernetes-job/base` is read from the server when this is registered
            customizations: no job variable of the work pool `k8s` takes these customizations of the job [put this for `job_manifest` into the base job template of the pool, and with it what the job of the block has, which was not read: {"apiVersion":"batch/v1","kind":"Job","metadata":{"labels":"{{ labels }}","namespace":"{{ namespace }}","generateName":"{{ name }}-"},"spec":{"backoffLimit":0,"ttlSecondsAfterFinished":"{{ finished_job_ttl }}","template":{"spec":{"parallelism":1,"completions":1,"restartPolicy":"Never","serviceAccountName":"{{ service_account_name }}","containers":[{"name":"prefect-job","env":"{{ env }}","image":"{{ image }}","imagePullPolicy":"{{ image_pull_policy }}","args":"{{ command }}","resources":{"limits":{"cpu":"{{ cpu_limit }}","memory":"{{ memory_limit }}"},"requests":{"cpu":"{{ cpu_request }}","memory":"{{ memory_request }}"}}}],"volumes":[{"name":"v","emptyDir":{}}]}}}}]
        "#]],
    );
    offline(
        &of("KubernetesJob()"),
        expect![[r#"
            {}
            customizations: `customizations`: there is no `/spec/template/spec/volumes/-` in the manifest [add what is above it first, as an agent of Prefect 2 wants it too]
        "#]],
    );
}
