//! The manifests that blocks and pools have when nobody changes them.

use serde_json::{Map, Value, json};

/// `own`, with the variables that `usual` has where `own` says nothing.
pub(super) fn with_variables(own: &Value, usual: &Value) -> Value {
    match (own, usual) {
        (Value::Object(own), Value::Object(usual)) => {
            let mut out = own.clone();
            for (name, usual) in usual {
                let said = own.get(name).map(|it| with_variables(it, usual));
                out.insert(name.clone(), said.unwrap_or_else(|| usual.clone()));
            }
            out.into()
        }
        (Value::Array(own), Value::Array(usual)) => {
            let one = |(at, it): (usize, &Value)| match usual.get(at) {
                Some(usual) => with_variables(it, usual),
                None => it.clone(),
            };
            own.iter().enumerate().map(one).collect()
        }
        (Value::Array(own), usual) if own.is_empty() => usual.clone(),
        (Value::Object(own), usual) if own.is_empty() => usual.clone(),
        (Value::Null, usual) => usual.clone(),
        (own, _) => own.clone(),
    }
}

/// Whether `job` is what every block has. Source: `KubernetesJob.base_job_manifest` of 2.20.
pub(super) fn is_usual(job: &Value) -> bool {
    let none = job.as_object().is_some_and(Map::is_empty);
    none || *job
        == json!({
            "apiVersion": "batch/v1",
            "kind": "Job",
            "metadata": {"labels": {}},
            "spec": {"template": {"spec": {
                "parallelism": 1,
                "completions": 1,
                "restartPolicy": "Never",
                "containers": [{"name": "prefect-job", "env": []}],
            }}},
        })
}

/// What a Kubernetes pool has when it is made. Source: `aggregate-worker-metadata.json` of 3.9.
pub(super) fn usual_manifest() -> Value {
    json!({
        "apiVersion": "batch/v1",
        "kind": "Job",
        "metadata": {
            "labels": "{{ labels }}",
            "namespace": "{{ namespace }}",
            "generateName": "{{ name }}-",
        },
        "spec": {
            "backoffLimit": 0,
            "ttlSecondsAfterFinished": "{{ finished_job_ttl }}",
            "template": {"spec": {
                "parallelism": 1,
                "completions": 1,
                "restartPolicy": "Never",
                "serviceAccountName": "{{ service_account_name }}",
                "containers": [{
                    "name": "prefect-job",
                    "env": "{{ env }}",
                    "image": "{{ image }}",
                    "imagePullPolicy": "{{ image_pull_policy }}",
                    "args": "{{ command }}",
                    "resources": {
                        "limits": {"cpu": "{{ cpu_limit }}", "memory": "{{ memory_limit }}"},
                        "requests": {"cpu": "{{ cpu_request }}", "memory": "{{ memory_request }}"},
                    },
                }],
            }},
        },
    })
}
