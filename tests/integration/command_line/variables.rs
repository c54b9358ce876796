//! Job variables that a work pool would not take: what the server refuses is refused before anything is written.

use serde_json::{Value, json};
use world::prefect::Server;
use world::product::run;
use world::proxy::Proxy;

use super::{apply, bundle, project};
use crate::servers::{three, two};

fn two_of(variables: &str) -> String {
    let one = |name: &str, more: &str| {
        format!(
            "- name: {name}\n  entrypoint: etl.py:etl\n  work_pool: {{name: pool-variables{more}}}\n"
        )
    };
    format!(
        "deployments:\n{}{}",
        one("daily", ""),
        one("wrong", &format!(", job_variables: {variables}"))
    )
}

async fn nothing_is_written(server: &Server, name: &str) {
    let proxy = Proxy::start(&server.api).await.unwrap();
    // the pool is there
    apply(&project(&format!("{name}-before"), &two_of("{working_dir: /srv}")), &server.api);
    let dir = project(name, &two_of("{stream_output: loud, working_dri: /srv}"));
    let arguments =
        ["apply", dir.path().to_str().unwrap(), "--bundle", &bundle(&dir), "-o", "json"];
    let output = run(&arguments, &[("PREFECT_API_URL", proxy.api.as_str())]).unwrap();
    assert_eq!(output.status.code(), Some(6));
    assert_eq!(proxy.writes(), [""; 0]);
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    let steps = document["steps"].as_array().unwrap();
    let step = steps.iter().find(|it| it["name"] == format!("{name}/wrong")).unwrap();
    let why = step["reason"].as_str().unwrap();
    assert!(why.contains("job variable `stream_output` "), "{why}");
    assert!(why.contains("prefect.yaml:7"), "{why}");

    // the server would have refused it, with half of the bundle registered
    let flow = server.post("/flows/", json!({"name": name})).await.unwrap();
    let body = json!({"name": "wrong", "flow_id": flow["id"], "work_pool_name": "pool-variables",
        "job_variables": {"stream_output": "loud"}});
    let refused = server.post("/deployments/", body).await.unwrap_err().to_string();
    assert!(refused.contains("422"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_variable_that_does_not_fit_is_refused_before_any_write_on_3_9() {
    nothing_is_written(three().await, "misfits-three").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_variable_that_does_not_fit_is_refused_before_any_write_on_2_20() {
    nothing_is_written(two().await, "misfits-two").await;
}
