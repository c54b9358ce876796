//! `apply` has no memory: a schedule that others may have added stays as it is.

use serde_json::{Value, json};
use world::prefect::Server;

use super::{apply, project, yaml};
use crate::servers::{three, two};

/// Each schedule of the deployment of `flow`, in the order of their timings.
async fn live(server: &Server, flow: &str) -> Vec<(String, bool)> {
    let record = server.deployment(flow, "daily").await.unwrap();
    let one = |it: &Value| {
        (it["schedule"]["cron"].as_str().unwrap().to_owned(), it["active"].as_bool().unwrap())
    };
    let mut all: Vec<_> = record["schedules"].as_array().unwrap().iter().map(one).collect();
    all.sort();
    all
}

/// Applies `0 6`, whereupon a person adds `0 22` and pauses ours, then `0 7`.
async fn changed_beside_one_that_a_person_added(server: &Server, flow: &str) {
    let dir = project(flow, &yaml("  schedules: [{cron: '0 6 * * *'}]\n"));
    apply(&dir, &server.api);
    let before = server.deployment(flow, "daily").await.unwrap();
    let path = format!("/deployments/{}/schedules", before["id"].as_str().unwrap());
    let added = json!([{"active": true, "schedule": {"cron": "0 22 * * *"}}]);
    server.post(&path, added).await.unwrap();
    let ours = before["schedules"][0]["id"].as_str().unwrap();
    server.patch(&format!("{path}/{ours}"), json!({"active": false})).await.unwrap();
    let file = yaml("  schedules: [{cron: '0 7 * * *'}]\n");
    std::fs::write(dir.path().join("prefect.yaml"), file).unwrap();
    apply(&dir, &server.api);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_person_added_survives_a_changed_schedule_on_3_9() {
    changed_beside_one_that_a_person_added(three().await, "beside-3").await;
    let ours = ("0 7 * * *".to_owned(), false);
    assert_eq!(live(three().await, "beside-3").await, [("0 22 * * *".to_owned(), true), ours]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_person_added_survives_a_changed_schedule_on_2_20() {
    changed_beside_one_that_a_person_added(two().await, "beside-2").await;
    let new = ("0 7 * * *".to_owned(), true);
    // nobody can tell which of the two was ours
    let kept = [("0 22 * * *".to_owned(), true), ("0 6 * * *".to_owned(), false)];
    let [theirs, old] = kept;
    assert_eq!(live(two().await, "beside-2").await, [theirs, old, new]);
}
