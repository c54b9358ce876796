//! What an environment has differently.

use serde_json::json;

use crate::installation::{Installation, flow};
use crate::servers::three;

const OVERLAY: &str = "default: {add_tags: [prod]}
deployments:
  daily:
    image: 'etl:prod'
    work_pool: pools-overlay-prod
    work_queue: high
    parameters: {limit: 5}
    schedules: [{cron: '0 7 * * *', timezone: UTC}]
";

fn project() -> String {
    "deployments:\n- name: daily\n  entrypoint: flow.py:main\n  tags: [a]\n  schedules: [{interval: 3600}]\n  work_pool: {name: pools-overlay-dev, job_variables: {env: {A: '1'}}}\n".to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_overlay_changes_what_is_registered_and_is_a_revision_of_its_own() {
    // any job variable
    let more = [("SYNC_OVERLAY", "prod"), ("SYNC_POOL_TYPE", "docker")];
    let it = Installation::start("pools-overlay", three().await, &more).await;
    let (yaml, flow) = (project(), flow("pools-overlay"));
    let with = |overlay: &'static str| {
        [
            ("prefect.yaml", yaml.as_str()),
            ("flow.py", flow.as_str()),
            ("overlays/prod.yaml", overlay),
        ]
    };
    let first = it.upload_files("sales", &with(OVERLAY)).await;
    assert_eq!(first["outcome"], "applied", "{first}");
    let made = it.server.deployment("pools-overlay", "daily").await.unwrap();
    assert_eq!(made["work_pool_name"], "pools-overlay-prod");
    assert_eq!(made["work_queue_name"], "high");
    assert_eq!(made["job_variables"], json!({"env": {"A": "1"}, "image": "etl:prod"}));
    assert_eq!(made["parameters"], json!({"limit": 5}));
    assert_eq!(made["tags"], json!(["a", "bundle:pools-overlay/sales", "prod"]));
    assert_eq!(made["schedules"].as_array().unwrap().len(), 1);
    assert_eq!(made["schedules"][0]["schedule"]["cron"], "0 7 * * *");
    it.proxy.take();
    it.timer().await;
    assert_eq!(it.writes(), [""; 0]);

    let second = it.upload_files("sales", &with("default: {paused: true}\n")).await;
    assert_ne!(first["digest"], second["digest"]);
    let now = it.server.deployment("pools-overlay", "daily").await.unwrap();
    assert_eq!((&now["id"], &now["paused"]), (&made["id"], &json!(true)));
    assert_eq!(now["work_pool_name"], "pools-overlay-dev");
    assert_eq!(now["parameters"], json!({}));

    it.proxy.take();
    let held = it.upload_files("sales", &with("deployments: {daly: {paused: true}}\n")).await;
    assert_eq!(held["outcome"], "held");
    let found = &held["diagnostics"][0];
    assert_eq!(
        (&found["code"], &found["file"]),
        (&json!("overlay-name"), &json!("overlays/prod.yaml"))
    );
    assert_eq!(it.writes(), [""; 0]);
}
