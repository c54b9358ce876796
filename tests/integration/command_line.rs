//! `check`, `plan` and `apply` as people run them; what goes wrong before anything is read is in [`misuse`].

mod check;
mod document;
mod environment;
mod explain;
mod interrupted;
mod many;
mod misuse;
mod partial;
mod reading;
mod schedules;
mod turns;
mod variables;

use serde_json::{Value, json};
use world::prefect::Server;
use world::product::run;
use world::proxy::Proxy;

use crate::servers::{three, two};

/// A project folder with one flow; its deployments are named after `name`, so that tests do not meet.
fn project(name: &str, yaml: &str) -> tempfile::TempDir {
    let dir = tempfile::Builder::new().prefix("proj").tempdir().unwrap();
    let flow = format!(
        "from prefect import flow\n\n@flow(name='{name}')\ndef etl(source: str = 'raw', limit: int = 10):\n    print(source)\n"
    );
    std::fs::write(dir.path().join("etl.py"), flow).unwrap();
    std::fs::write(dir.path().join("prefect.yaml"), yaml).unwrap();
    dir
}

fn yaml(fields: &str) -> String {
    format!(
        "deployments:\n- name: daily\n  entrypoint: etl.py:etl\n  work_pool: {{name: pool-a}}\n{fields}"
    )
}

/// An id of its own for each project: tests share a server.
fn bundle(dir: &tempfile::TempDir) -> String {
    dir.path().file_name().unwrap().to_string_lossy().replace('.', "")
}

fn apply(dir: &tempfile::TempDir, api: &str) -> Value {
    let environment =
        [("PREFECT_API_URL", api), ("SYNC_CREATE_POOLS", "true"), ("SYNC_POOL_TYPE", "process")];
    let path = dir.path().to_str().unwrap();
    let output =
        run(&["apply", path, "--bundle", &bundle(dir), "-o", "json"], &environment).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

async fn a_second_pass_sends_no_write(server: &Server) {
    let proxy = Proxy::start(&server.api).await.unwrap();
    let dir = project(
        "no-op",
        &yaml(
            "  tags: [a, b]\n  parameters: {limit: 5}\n  schedules:\n  - {cron: '0 6 * * *', timezone: Europe/Oslo}\n  - {interval: 3600}\n  - {rrule: 'FREQ=WEEKLY;BYDAY=MO'}\n",
        ),
    );
    apply(&dir, &proxy.api);
    assert_ne!(proxy.writes(), [""; 0]);
    let document = apply(&dir, &proxy.api);
    assert_eq!(proxy.writes(), [""; 0], "{document}");
    assert_eq!(document["counts"]["keep"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_pass_sends_no_write_to_3_9() {
    a_second_pass_sends_no_write(three().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_pass_sends_no_write_to_2_20() {
    a_second_pass_sends_no_write(two().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_schedule_keeps_its_pause_and_on_3_9_its_id() {
    let server = three().await;
    let dir = project("paused", &yaml("  schedules: [{cron: '0 6 * * *'}]\n"));
    apply(&dir, &server.api);
    let before = server.deployment("paused", "daily").await.unwrap();
    let (id, schedule) =
        (before["id"].as_str().unwrap(), before["schedules"][0]["id"].as_str().unwrap());
    let path = format!("/deployments/{id}/schedules/{schedule}");
    server.patch(&path, json!({"active": false})).await.unwrap();
    std::fs::write(dir.path().join("prefect.yaml"), yaml("  schedules: [{cron: '0 7 * * *'}]\n"))
        .unwrap();
    apply(&dir, &server.api);
    let after = server.deployment("paused", "daily").await.unwrap();
    let have = &after["schedules"][0];
    assert_eq!(have["schedule"]["cron"], "0 7 * * *");
    assert_eq!((have["active"].as_bool(), have["id"].as_str()), (Some(false), Some(schedule)));
}

#[tokio::test(flavor = "multi_thread")]
async fn on_2_20_a_changed_pull_copies_pause_and_active() {
    let server = two().await;
    let dir = project("paused-2", &yaml("  schedules: [{cron: '0 6 * * *'}]\n"));
    apply(&dir, &server.api);
    let before = server.deployment("paused-2", "daily").await.unwrap();
    let id = before["id"].as_str().unwrap();
    server.patch(&format!("/deployments/{id}"), json!({"paused": true})).await.unwrap();
    let pull = "  pull: [{prefect.deployments.steps.git_clone: {repository: 'https://example.com/r.git'}}]\n  schedules: [{cron: '0 6 * * *'}]\n";
    std::fs::write(dir.path().join("prefect.yaml"), yaml(pull)).unwrap();
    apply(&dir, &server.api);
    let after = server.deployment("paused-2", "daily").await.unwrap();
    assert_eq!(after["id"].as_str(), Some(id));
    assert_eq!(after["paused"], true);
    assert!(after["pull_steps"][0]["prefect.deployments.steps.git_clone"].is_object(), "{after}");
    assert_eq!(after["schedules"][0]["active"], before["schedules"][0]["active"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deployment_of_others_is_refused_until_it_is_adopted() {
    let server = three().await;
    let dir = project("foreign", &yaml(""));
    apply(&dir, &server.api);
    let live = server.deployment("foreign", "daily").await.unwrap();
    let path = format!("/deployments/{}", live["id"].as_str().unwrap());
    server.patch(&path, json!({"tags": ["theirs"], "description": "Theirs"})).await.unwrap();
    let environment = [("PREFECT_API_URL", server.api.as_str())];
    let folder = dir.path().to_str().unwrap();
    let refused = run(&["apply", folder, "--bundle", &bundle(&dir)], &environment).unwrap();
    assert_eq!(refused.status.code(), Some(6));
    let adopted =
        run(&["apply", folder, "--bundle", &bundle(&dir), "--adopt"], &environment).unwrap();
    assert_eq!(adopted.status.code(), Some(0));
    let live = server.deployment("foreign", "daily").await.unwrap();
    assert_eq!(
        (&live["tags"], &live["description"]),
        (&json!([format!("bundle:local/{}", bundle(&dir)), "theirs"]), &json!("Theirs"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn three_faults_in_two_files_are_told_at_once_and_nothing_changes() {
    let server = three().await;
    let proxy = Proxy::start(&server.api).await.unwrap();
    let dir = project("faulty", &yaml("  version: 1.0\n  parameters: {limits: 1}\n"));
    std::fs::create_dir(dir.path().join("b")).unwrap();
    let second = "deployments:\n- name: b\n  entrypoint: gone.py:x\n  work_pool: {name: p}\n";
    std::fs::write(dir.path().join("b/prefect.yaml"), second).unwrap();
    let output = run(
        &["apply", dir.path().to_str().unwrap(), "--bundle", &bundle(&dir)],
        &[("PREFECT_API_URL", proxy.api.as_str())],
    );
    let output = output.unwrap();
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(3), "{text}");
    for place in ["prefect.yaml:5:12", "prefect.yaml:6:16", "b/prefect.yaml:3:15"] {
        assert!(text.contains(place), "{place} in {text}");
    }
    assert_eq!(proxy.writes(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn apply_says_what_it_did_and_where_it_is_seen() {
    let server = three().await;
    let dir = project("told", &yaml(""));
    let (folder, bundle) = (dir.path().to_str().unwrap(), bundle(&dir));
    let apply = || {
        let environment = [("PREFECT_API_URL", server.api.as_str()), ("SYNC_CREATE_POOLS", "true")];
        let output = run(&["apply", folder, "--bundle", &bundle], &environment).unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let text = apply();
    let id = server.deployment("told", "daily").await.unwrap()["id"].clone();
    let page = format!("/deployments/deployment/{}", id.as_str().unwrap());
    let page = server.api.replace("/api", &page);
    assert!(text.contains(&format!("created deployment told/daily: {page}\n")), "{text}");
    assert!(apply().ends_with("\n0 created, 0 updated, 1 unchanged\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_work_pool_is_refused_with_the_list_and_the_near_miss() {
    let server = three().await;
    apply(&project("pool-maker", &yaml("")), &server.api);
    let dir = project("no-pool", &yaml("").replace("pool-a", "pool-aa"));
    let output = run(
        &["plan", dir.path().to_str().unwrap(), "--bundle", &bundle(&dir)],
        &[("PREFECT_API_URL", server.api.as_str())],
    );
    let output = output.unwrap();
    assert_eq!(output.status.code(), Some(6));
    assert!(String::from_utf8_lossy(&output.stdout).contains("did you mean `pool-a`?"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_archive_is_not_applied_since_no_worker_can_pull_from_it() {
    let server = three().await;
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("packed.zip");
    std::fs::write(&path, world::bundles::hello(|yaml| yaml).unwrap()).unwrap();
    let environment = [("PREFECT_API_URL", server.api.as_str()), ("SYNC_CREATE_POOLS", "true")];
    let output = run(&["apply", path.to_str().unwrap()], &environment).unwrap();
    assert_eq!(output.status.code(), Some(3));
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(text.contains("archive-without-store"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deployment_that_is_asked_for_and_not_declared_is_refused() {
    let server = three().await;
    let dir = project("asked", &yaml(""));
    let folder = dir.path().to_str().unwrap();
    let environment = [("PREFECT_API_URL", server.api.as_str()), ("SYNC_CREATE_POOLS", "true")];
    let arguments = ["apply", folder, "--bundle", "asked", "--deployment", "asked/dayly"];
    let output = run(&arguments, &environment).unwrap();
    assert_eq!(output.status.code(), Some(6));
    assert!(String::from_utf8_lossy(&output.stdout).contains("did you mean `asked/daily`?"));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_installations_the_one_that_adopts_last_owns_it_alone() {
    let server = three().await;
    let dir = project("contended", &yaml(""));
    let folder = dir.path().to_str().unwrap();
    let apply = |instance: &str, more: &[&str]| {
        let environment = [
            ("PREFECT_API_URL", server.api.as_str()),
            ("SYNC_CREATE_POOLS", "true"),
            ("SYNC_POOL_TYPE", "process"),
            ("SYNC_INSTANCE", instance),
        ];
        let mut arguments = vec!["apply", folder, "--bundle", "contended"];
        arguments.extend(more);
        let output = run(&arguments, &environment).unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    assert_eq!(apply("one", &[]).0, Some(0));
    let (code, why) = apply("two", &[]);
    let both = "bundle `one/contended` owns it, and bundle `two/contended` declares it too, at prefect.yaml:2";
    assert!(code == Some(6) && why.contains(both), "{why}");
    assert_eq!(apply("two", &["--adopt"]).0, Some(0));
    let live = server.deployment("contended", "daily").await.unwrap();
    assert_eq!(live["tags"], json!(["bundle:two/contended"]));
    assert_eq!(apply("one", &[]).0, Some(6));
}
