//! Jobs that the host itself gave up, since the process died of them: somebody has to say so.

use serde_json::{Value, json};
use world::proxy::{Fault, Kind};

use crate::installation::{Installation, flow};
use crate::servers::three;

const BUNDLE: &str = "etl";

fn yaml(description: &str) -> String {
    format!(
        "deployments:\n- name: daily\n  description: {description}\n  entrypoint: flow.py:main\n  work_pool: {{name: poison}}\n"
    )
}

impl Installation {
    async fn told(&self) -> Value {
        self.document(BUNDLE, "receipts/latest.json").await
    }

    /// The timer fires; its jobs wait.
    async fn only_timer(&self) {
        self.host.invoke("Reconcile", json!({"IsPastDue": false})).await.unwrap();
    }

    /// The receipts of requests, by their names.
    async fn requests(&self) -> Vec<String> {
        let prefix = format!("{BUNDLE}/.requests/");
        let items = self.host.stores.receipts.list(&prefix).await.unwrap();
        items.into_iter().map(|it| it.key.trim_start_matches(&prefix).to_owned()).collect()
    }
}

/// Works on what is queued while the process dies of each job, until the host has given it up.
async fn dies(it: &Installation) {
    let fault = Fault::all(Kind::HoldBefore);
    it.proxy.set(Some(fault));
    let kills = async {
        loop {
            it.proxy.reached().await;
            it.proxy.set(Some(fault));
            it.host.end_lease(BUNDLE).await.unwrap();
            it.host.restart().await.unwrap();
        }
    };
    tokio::select! {
        pumped = it.host.pump() => drop(pumped.unwrap()),
        () = kills => {}
    }
    it.proxy.set(None);
    // the last restart may be left half done
    it.host.restart().await.unwrap();
}

fn message(request: &str) -> String {
    use base64::Engine as _;
    let job =
        json!({"v": 1, "scope": "bundle", "id": BUNDLE, "cause": "upload", "request": request});
    base64::engine::general_purpose::STANDARD.encode(job.to_string())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_kills_the_process_has_a_receipt_once_the_timer_comes() {
    let rest = ("AzureFunctionsJobHost__extensions__queues__visibilityTimeout", "00:00:00");
    let it = Installation::start("poisoned", three().await, &[rest]).await;
    it.put(BUNDLE, &yaml("one"), &flow(it.name)).await;
    dies(&it).await;
    let poison = it.host.poisoned().await.unwrap();
    assert_eq!(poison.count().await.unwrap(), 1);
    assert_eq!(it.told().await, Value::Null, "nobody was left who could tell");
    it.only_timer().await;
    let receipt = it.told().await;
    assert_eq!(receipt["outcome"], "failed", "{receipt}");
    assert!(receipt["diagnostics"][0]["message"].as_str().unwrap().starts_with("given up: "));
    assert!(receipt["etag"].is_string(), "CI looks for its own: {receipt}");
    let requests = it.requests().await;
    assert_eq!(requests, [format!("{}.json", receipt["request"].as_str().unwrap())]);
    let (_, all) = it.host.status(json!({})).await.unwrap();
    assert_eq!(all["poison"][0]["request"], receipt["request"], "{all}");
    // told once
    it.only_timer().await;
    assert_eq!(it.told().await["finished"], receipt["finished"]);
    // and what comes later counts
    it.host.settled().await.unwrap();
    let applied = it.told().await;
    // the timer came twice
    assert_eq!(applied["outcome"], "unchanged", "{applied}");
    assert!(it.server.deployment(it.name, "daily").await.is_ok());
    it.only_timer().await;
    assert_eq!(it.told().await, applied);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_receipt_of_what_is_there_is_not_hidden_by_a_job_that_was_given_up() {
    let it = Installation::start("poisoned-late", three().await, &[]).await;
    it.upload(BUNDLE, &yaml("one"), &flow(it.name)).await;
    let applied = it.told().await;
    assert_eq!(applied["outcome"], "applied", "{applied}");
    let poison = it.host.poisoned().await.unwrap();
    for text in [message("late"), message("../../late"), "no job".to_owned()] {
        poison.put(&text).await.unwrap();
    }
    it.only_timer().await;
    assert_eq!(it.told().await, applied);
    assert_eq!(it.requests().await, ["late.json"]);
    // an upload that nobody has worked on is another matter
    it.write(BUNDLE, &yaml("two"), &flow(it.name)).await;
    poison.put(&message("lost")).await.unwrap();
    it.only_timer().await;
    let receipt = it.told().await;
    assert_eq!((&receipt["outcome"], &receipt["request"]), (&json!("failed"), &json!("lost")));
    assert_ne!(receipt["etag"], applied["etag"]);
    assert_eq!(it.requests().await, ["late.json", "lost.json"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn more_given_up_jobs_than_the_queue_shows_are_counted() {
    let it = Installation::start("poisoned-many", three().await, &[]).await;
    let poison = it.host.poisoned().await.unwrap();
    for at in 0..35 {
        poison.put(&message(&format!("lost-{at}"))).await.unwrap();
    }
    let (_, all) = it.host.status(json!({})).await.unwrap();
    assert_eq!(all["poison"].as_array().unwrap().len(), 32);
    assert_eq!(all["poisonCount"], 35);
}
