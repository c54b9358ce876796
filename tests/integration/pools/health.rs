//! What the status tells of pools and queues.

use std::time::Duration;

use serde_json::{Value, json};
use world::prefect::Server;

use crate::installation::{Installation, flow};
use crate::servers::{three, two};

impl Installation {
    /// What is wrong with pools and queues, as the timer saw it now.
    async fn problems(&self) -> Vec<String> {
        self.timer().await;
        let status = self.host.status(json!({})).await.unwrap().1;
        let problems = status["health"]["problems"].as_array().unwrap().iter();
        problems.map(|it| it.as_str().unwrap().to_owned()).collect()
    }
}

/// What a worker of `pool` does all the time.
async fn polls(server: &Server, pool: &str) {
    loop {
        let path = format!("/work_pools/{pool}/get_scheduled_flow_runs");
        server.post(&path, json!({})).await.unwrap();
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

async fn a_pool_that_nobody_serves_is_told(name: &'static str, server: &'static Server) {
    let it = Installation::start(name, server, &[]).await;
    let yaml = format!(
        "deployments:\n- {{name: daily, entrypoint: flow.py:main, work_pool: {{name: {name}}}}}\n"
    );
    it.upload("sales", &yaml, &flow(name)).await;
    assert_eq!(it.problems().await, [format!("work pool `{name}` has no online worker")]);

    it.server.heartbeat(name, "w").await.unwrap();
    let told = it.problems().await;
    assert_eq!(told, [format!("nobody polls work queue `{name}/default` (never)")]);

    let id = it.server.deployment(name, "daily").await.unwrap()["id"].clone();
    let id = id.as_str().unwrap();
    let late = json!({"state": {"type": "SCHEDULED", "name": "Late",
        "state_details": {"scheduled_time": "2026-01-01T00:00:00Z"}}});
    it.server.post(&format!("/deployments/{id}/create_flow_run"), late).await.unwrap();
    it.server.patch(&format!("/work_pools/{name}"), json!({"is_paused": true})).await.unwrap();
    let told = tokio::select! {
        told = it.problems() => told,
        () = polls(it.server, name) => panic!("a worker polls on"),
    };
    let due = "1 late runs, the oldest was due at 2026-01-01T00:00:00Z";
    assert_eq!(
        told,
        [format!("work pool `{name}` is paused"), format!("work pool `{name}`: {due}")]
    );
    let health: Value = it.host.status(json!({})).await.unwrap().1["health"].clone();
    let pool = &health["pools"][0];
    assert_eq!(
        (&pool["name"], &pool["workers"], &pool["deployments"]),
        (&json!(name), &json!(1), &json!(1))
    );
    assert!(pool["queues"][0]["last_polled"].is_string(), "{health}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pool_that_nobody_serves_is_told_on_3_9() {
    a_pool_that_nobody_serves_is_told("health-three", three().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pool_that_nobody_serves_is_told_on_2_20() {
    a_pool_that_nobody_serves_is_told("health-two", two().await).await;
}

async fn a_pool_that_was_deleted_is_told(name: &'static str, server: &'static Server) {
    let it = Installation::start(name, server, &[("SYNC_DRIFT", "report")]).await;
    let yaml = format!(
        "deployments:\n- {{name: daily, entrypoint: flow.py:main, work_pool: {{name: {name}}}}}\n"
    );
    it.upload("sales", &yaml, &flow(name)).await;
    it.server.delete(&format!("/work_pools/{name}")).await.unwrap();
    let told = it.problems().await;
    assert_eq!(told, ["1 deployments have no work pool any more: theirs was deleted"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pool_that_was_deleted_is_told_on_3_9() {
    a_pool_that_was_deleted_is_told("health-gone-three", three().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pool_that_was_deleted_is_told_on_2_20() {
    a_pool_that_was_deleted_is_told("health-gone-two", two().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_queue_that_no_agent_polls_is_told() {
    let it = Installation::start("health-agents", two().await, &[]).await;
    let file = "from prefect.deployments import Deployment\nfrom flow import main\nDeployment.build_from_flow(main, 'daily', work_queue_name='health-agents').apply()\n";
    let flow = flow("health-agents");
    it.upload_files("sales", &[("x.deployment.py", file), ("flow.py", &flow)]).await;
    let told = it.problems().await;
    assert_eq!(told, ["nobody polls work queue `default-agent-pool/health-agents` (never)"]);
}
