//! Two `apply` of one folder.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};
use world::product;
use world::proxy::Proxy;

use super::{bundle, project, yaml};
use crate::servers::three;

fn command(dir: &tempfile::TempDir, api: &str) -> Command {
    let settings =
        [("PREFECT_API_URL", api), ("SYNC_CREATE_POOLS", "true"), ("SYNC_POOL_TYPE", "process")];
    let mut command = product::command(&settings).unwrap();
    let path = dir.path().to_str().unwrap();
    command.args(["apply", path, "--bundle", &bundle(dir), "-o", "json"]);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// What became of the deployment: `create` or `keep`.
fn action(started: Child) -> String {
    let ended = started.wait_with_output().unwrap();
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    let document: Value = serde_json::from_slice(&ended.stdout).unwrap();
    let steps = document["steps"].as_array().unwrap();
    let of_it = steps.iter().find(|it| it["kind"] == "deployment").unwrap();
    of_it["action"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_apply_waits_for_the_first() {
    let proxy = Proxy::start(&three().await.api).await.unwrap();
    let dir = project("waits", &yaml(""));
    let first = File::open(dir.path()).unwrap();
    first.lock().unwrap();
    let mut second = command(&dir, &proxy.api).spawn().unwrap();
    let mut told = String::new();
    let mut stderr = BufReader::new(second.stderr.take().unwrap());
    tokio::task::block_in_place(|| stderr.read_line(&mut told)).unwrap();
    assert!(told.contains("another `apply` of") && told.contains("waiting for its end"), "{told}");
    assert_eq!(proxy.take(), [""; 0]);
    first.unlock().unwrap();
    assert_eq!(tokio::task::block_in_place(|| action(second)), "create");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_at_once_one_registers_and_the_other_finds_it_done() {
    let server = three().await;
    let triggers = "  triggers:\n  - {type: event, enabled: true, name: at-once, expect: [x.y]}\n";
    let dir = project("at-once", &yaml(triggers));
    let both = [0, 1].map(|_| command(&dir, &server.api).spawn().unwrap());
    let mut actions = tokio::task::block_in_place(|| both.map(action));
    actions.sort();
    assert_eq!(actions, ["create", "keep"]);
    let filter = json!({"automations": {"name": {"any_": ["at-once"]}}});
    let made = server.post("/automations/filter", filter).await.unwrap();
    assert_eq!(made.as_array().unwrap().len(), 1, "{made}");
}
