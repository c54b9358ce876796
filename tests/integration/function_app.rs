//! The packaged function app under the host simulator, with real Azurite and real Prefect.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use world::bundles;
use world::events::blob_created;
use world::host::Host;
use world::proxy::Proxy;

use crate::servers::{azurite, three, two};
use handler::stores::Condition;

fn settings(api: &str) -> Vec<(&str, &str)> {
    vec![
        ("PREFECT_API_URL", api),
        ("SYNC_CREATE_POOLS", "true"),
        ("SYNC_POOL_TYPE", "process"),
        ("SYNC_CREDENTIALS_COPY", "true"),
        ("SYNC_CREDENTIALS_BLOCK", "sync-test"),
    ]
}

/// `event` in the schema of `CloudEvents`.
fn cloud(event: &Value) -> Value {
    json!({
        "id": event["id"],
        "source": event["topic"],
        "specversion": "1.0",
        "type": event["eventType"],
        "subject": event["subject"],
        "data": event["data"],
    })
}

/// Uploads the example with deployments `name` and `name-too`; gives the event that Azure sends.
async fn upload(host: &Host, blob: &str, name: &str) -> Value {
    let bundle = bundles::hello(|yaml| {
        yaml.replace("name: daily", &format!("name: {name}"))
            .replace("name: on-demand", &format!("name: {name}-too"))
    })
    .unwrap();
    let etag = host.stores.bundles.write(blob, bundle, Condition::Any).await.unwrap();
    blob_created(blob, &etag)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_is_registered_and_a_stock_worker_runs_it() {
    let (server, azurite) = (three().await, azurite().await);
    let proxy = Proxy::start(&server.api).await.unwrap();
    let host = Host::start(azurite, &settings(&proxy.api)).await.unwrap();
    let event = upload(&host, "run/hello.zip", "run").await;
    host.events(std::slice::from_ref(&event)).await.unwrap();
    assert!(host.settled().await.unwrap() >= 1);
    let live = server.deployment("hello", "run").await.unwrap();
    assert_eq!(live["entrypoint"], "flows/hello.py:hello");
    assert_eq!(live["schedules"][0]["schedule"]["timezone"], "Europe/Oslo");
    assert_eq!(live["parameters"], json!({"who": "world"}));
    let step =
        &live["pull_steps"][0]["prefect_azure.deployments.steps.pull_from_azure_blob_storage"];
    assert!(step["folder"].as_str().unwrap().starts_with("run/hello/"), "{step}");
    // the same event again: nothing is written
    proxy.take();
    host.events(&[cloud(&event)]).await.unwrap();
    assert!(host.settled().await.unwrap() >= 1);
    assert_eq!(proxy.writes(), [""; 0]);
    let state = server.run(live["id"].as_str().unwrap(), "demo", &[]).await.unwrap();
    assert_eq!(state, "Completed");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_is_registered_in_2_20() {
    let (server, azurite) = (two().await, azurite().await);
    let host = Host::start(azurite, &settings(&server.api)).await.unwrap();
    let event = upload(&host, "two/hello.zip", "two").await;
    host.events(&[cloud(&event)]).await.unwrap();
    host.settled().await.unwrap();
    let live = server.deployment("hello", "two").await.unwrap();
    let step =
        &live["pull_steps"][0]["prefect_azure.deployments.steps.pull_from_azure_blob_storage"];
    assert_eq!(step["requires"], "prefect-azure[blob_storage]>=0.3,<0.4");
    assert_eq!(live["schedules"][0]["schedule"]["cron"], "0 6 * * *");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_timer_queues_one_job_per_bundle() {
    let (server, azurite) = (three().await, azurite().await);
    let host = Host::start(azurite, &settings(&server.api)).await.unwrap();
    upload(&host, "timer/hello.zip", "timer").await;
    let outputs = host
        .invoke("Reconcile", json!({"Schedule": {"AdjustForDST": true}, "IsPastDue": false}))
        .await
        .unwrap();
    let jobs: Vec<Value> = outputs["jobs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| serde_json::from_str(it.as_str().unwrap()).unwrap())
        .collect();
    assert!(jobs.iter().any(|it| it["id"] == "timer/hello" && it["cause"] == "timer"), "{jobs:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn redeploy_answers_202_400_and_404_and_logs_no_key() {
    let (server, azurite) = (three().await, azurite().await);
    let host = Host::start(azurite, &settings(&server.api)).await.unwrap();
    upload(&host, "again/hello.zip", "again").await;
    assert_eq!(host.redeploy(r#"{"bundle":"again/hello"}"#).await.unwrap().0, 202);
    assert_eq!(host.redeploy(r#"{"bundle":"gone"}"#).await.unwrap().0, 404);
    assert_eq!(host.redeploy("").await.unwrap().0, 400);
    let log = host.log().unwrap();
    assert!(!log.contains("canary-function-key"), "{log}");
    assert!(!log.contains("AccountKey"), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_held_bundle_changes_nothing_and_its_receipt_says_why() {
    let (server, azurite) = (three().await, azurite().await);
    let host = Host::start(azurite, &settings(&server.api)).await.unwrap();
    let event = upload(&host, "held/hello.zip", "held").await;
    host.events(&[event]).await.unwrap();
    host.settled().await.unwrap();
    let before = server.deployment("hello", "held").await.unwrap();
    let faulty =
        bundles::hello(|yaml| yaml.replace("name: daily", "name: held\n  version: 1.0")).unwrap();
    let written = host.stores.bundles.write("held/hello.zip", faulty, Condition::Any).await;
    host.events(&[blob_created("held/hello.zip", &written.unwrap())]).await.unwrap();
    host.settled().await.unwrap();
    assert_eq!(server.deployment("hello", "held").await.unwrap()["updated"], before["updated"]);
    let (receipt, _) = host
        .stores
        .receipts
        .read("held/hello/receipts/latest.json", 1 << 20)
        .await
        .unwrap()
        .unwrap();
    let receipt: Value = serde_json::from_slice(&receipt).unwrap();
    assert_eq!(receipt["outcome"], "held");
    assert_eq!(receipt["diagnostics"][0]["code"], "field-type");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redeploy_of_all_becomes_one_job_per_bundle_with_its_cause() {
    let (server, azurite) = (three().await, azurite().await);
    let container = format!("all-{}", uuid::Uuid::new_v4());
    let mut settings = settings(&server.api);
    settings.push(("SYNC_BUNDLES_CONTAINER", &container));
    let host = Host::start(azurite, &settings).await.unwrap();
    for name in ["one", "two"] {
        upload(&host, &format!("all/{name}.zip"), &format!("all-{name}")).await;
    }
    assert_eq!(host.redeploy(r#"{"all":true}"#).await.unwrap().0, 202);
    assert!(host.settled().await.unwrap() >= 3, "one for all, one for each bundle");
    for name in ["all-one", "all-two"] {
        server.deployment("hello", name).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_failed_for_an_hour_becomes_poison_as_it_was() {
    let azurite = azurite().await;
    let mut settings = settings("http://127.0.0.1:9/api");
    settings.push(("AzureFunctionsJobHost__extensions__queues__visibilityTimeout", "00:00:00"));
    // so that the client does not go on trying
    settings.push(("SYNC_PREFECT_MAX_REQUESTS", "1"));
    let host = Host::start(azurite, &settings).await.unwrap();
    upload(&host, "later/hello.zip", "later").await;
    // its last delay is over, so that the host's own tries decide
    let job = json!({"v": 1, "scope": "bundle", "id": "later/hello", "cause": "upload", "request": "r", "attempt": 7});
    host.queue.put(&STANDARD.encode(job.to_string())).await.unwrap();
    host.pump().await.unwrap();
    let poison = host.poisoned().await.unwrap().get(1, Duration::from_mins(1)).await.unwrap();
    let text = STANDARD.decode(&poison[0].text).unwrap();
    assert_eq!(serde_json::from_slice::<Value>(&text).unwrap(), job);
    assert_eq!(host.queue.count().await.unwrap(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_answers_with_the_plan_and_writes_nothing() {
    let (server, azurite) = (three().await, azurite().await);
    let proxy = Proxy::start(&server.api).await.unwrap();
    let host = Host::start(azurite, &settings(&proxy.api)).await.unwrap();
    upload(&host, "dry/hello.zip", "dry").await;
    let (status, plan) = host.redeploy(r#"{"bundle":"dry/hello","dry_run":true}"#).await.unwrap();
    assert_eq!(status, 200, "{plan}");
    let steps = plan["steps"].as_array().unwrap();
    assert!(steps.iter().any(|it| it["name"] == "hello/dry" && it["action"] == "create"), "{plan}");
    assert_eq!(proxy.writes(), [""; 0]);
    assert_eq!(host.queue.count().await.unwrap(), 0);
    assert!(host.stores.receipts.list("dry/").await.unwrap().is_empty());
    assert!(host.stores.code.list("dry/").await.unwrap().is_empty());
    assert_eq!(host.redeploy(r#"{"bundle":"dry/gone","dry_run":true}"#).await.unwrap().0, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_installation_needs_no_container_but_that_of_the_bundles() {
    let (server, azurite) = (three().await, azurite().await);
    let id = uuid::Uuid::new_v4().to_string();
    let (code, receipts) = (format!("code-{id}"), format!("receipts-{id}"));
    let mut settings = settings(&server.api);
    settings.extend([
        ("SYNC_CODE_CONTAINER", code.as_str()),
        ("SYNC_RECEIPTS_CONTAINER", receipts.as_str()),
    ]);
    let host = Host::start(azurite, &settings).await.unwrap();
    for container in [&code, &receipts] {
        host.account.delete_container(container).await.unwrap();
    }
    let event = upload(&host, "fresh/hello.zip", "fresh").await;
    host.events(&[event]).await.unwrap();
    host.settled().await.unwrap();
    server.deployment("hello", "fresh").await.unwrap();
}
