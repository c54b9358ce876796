//! A bundle with errors whose sound deployments are registered all the same.

use std::path::Path;

use serde_json::{Value, json};
use world::bundles;
use world::product::run;

use super::{bundle, project};
use crate::servers::three;

fn two(daily: &str, other: &str) -> String {
    let one = |name: &str, more: &str| {
        format!("- name: {name}\n  entrypoint: etl.py:etl\n  work_pool: {{name: pool-a}}\n{more}")
    };
    format!("deployments:\n{}{}", one("daily", daily), one("other", other))
}

fn document(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn apply_leaves_what_is_in_error_as_it_is_when_asked_to_be_partial() {
    let server = three().await;
    let dir = project("partly", &two("", "  tags: [old]\n"));
    super::apply(&dir, &server.api);
    let before = server.deployment("partly", "other").await.unwrap();
    let broken = two("  tags: [new]\n", "  tags: [new]\n  version: 1.0\n");
    std::fs::write(dir.path().join("prefect.yaml"), broken).unwrap();
    let (id, path) = (bundle(&dir), dir.path().to_str().unwrap());
    let arguments = ["apply", path, "--bundle", &id];
    let settings = [("PREFECT_API_URL", server.api.as_str())];
    assert_eq!(run(&arguments, &settings).unwrap().status.code(), Some(3));
    let partial = [&arguments[..], &["--partial", "-o", "json"]].concat();
    let output = run(&partial, &settings).unwrap();
    assert_eq!(output.status.code(), Some(5));
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    let held = "held: a declaration is in error; it is kept as it is";
    let steps = document["steps"].as_array().unwrap();
    assert!(
        steps.iter().any(|it| it["name"] == "partly/other" && it["reason"] == held),
        "{document}"
    );
    let daily = server.deployment("partly", "daily").await.unwrap();
    assert!(daily["tags"].as_array().unwrap().contains(&json!("new")), "{daily}");
    assert_eq!(server.deployment("partly", "other").await.unwrap(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_says_partial_and_keeps_what_is_in_error_in_its_inventory() {
    let server = three().await;
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("bundles")).unwrap();
    let settings = [
        ("PREFECT_API_URL", server.api.as_str()),
        ("SYNC_INSTANCE", "partial"),
        ("SYNC_CREATE_POOLS", "true"),
        ("SYNC_POOL_TYPE", "process"),
        ("SYNC_PARTIAL", "true"),
    ];
    let pass = |daily: &str, other: &str| {
        let zip = bundles::hello(|yaml| {
            yaml.replace("name: daily", daily).replace("name: on-demand", other)
        });
        std::fs::write(dir.path().join("bundles/half.zip"), zip.unwrap()).unwrap();
        run(&["serve", "--once", "--local", dir.path().to_str().unwrap()], &settings).unwrap();
        document(&dir.path().join("receipts/half/receipts/latest.json"))
    };
    assert_eq!(pass("name: half", "name: half-too")["outcome"], "applied");
    let before = server.deployment("hello", "half-too").await.unwrap();
    let receipt = pass("name: half\n  version: two", "name: half-too\n  version: 2.0");
    assert_eq!(receipt["outcome"], "partial", "{receipt}");
    assert_eq!(receipt["diagnostics"][0]["code"], "field-type", "{receipt}");
    assert_eq!(server.deployment("hello", "half").await.unwrap()["version"], "two");
    assert_eq!(server.deployment("hello", "half-too").await.unwrap(), before);
    let state = document(&dir.path().join("receipts/half/state.json"));
    assert!(state["deployments"]["hello/half-too"].is_object(), "{state}");
}
