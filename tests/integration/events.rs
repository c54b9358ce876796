//! What Prefect's own event feed tells, what becomes of drift, and which code stays.

use std::time::Duration;

use serde_json::{Value, json};
use world::prefect::Server;
use world::process::until;
use world::proxy::{Fault, Kind};

use crate::installation::{Installation, flow};
use crate::servers::{three, two};

/// An installation with one bundle.
struct Told(Installation);

impl std::ops::Deref for Told {
    type Target = Installation;

    fn deref(&self) -> &Installation {
        &self.0
    }
}

const BUNDLE: &str = "etl";

impl Told {
    async fn start(name: &'static str, server: &'static Server, more: &[(&str, &str)]) -> Self {
        Self(Installation::start(name, server, more).await)
    }

    async fn upload(&self, description: &str) {
        self.0.upload(BUNDLE, &several(description, &["daily"]), &flow(self.name)).await;
    }

    async fn live(&self) -> Value {
        self.server.deployment(self.name, "daily").await.unwrap()
    }

    async fn told(&self) -> Value {
        self.status(BUNDLE).await
    }

    /// The names of our events about the bundle, the first one first, once there are `count`.
    async fn events(&self, count: usize) -> Vec<Value> {
        let resource = format!("prefect-azure-sync.bundle.{}/{BUNDLE}", self.name);
        let filter = json!({"filter": {"resource": {"id": [resource]}, "order": "ASC"}});
        until("the events", Duration::from_mins(2), || async {
            let found = self.server.post("/events/filter", filter.clone()).await.unwrap();
            let found = found["events"].as_array().unwrap().clone();
            (found.len() >= count).then_some(found)
        })
        .await
        .unwrap()
    }
}

/// A prefect.yaml with these deployments, each with that description.
fn several(description: &str, names: &[&str]) -> String {
    let one = |name: &&str| {
        format!(
            "- {{name: {name}, description: {description}, entrypoint: flow.py:main, work_pool: {{name: told}}}}\n"
        )
    };
    format!("deployments:\n{}", names.iter().map(one).collect::<String>())
}

fn names(events: &[Value]) -> Vec<&str> {
    events
        .iter()
        .map(|it| it["event"].as_str().unwrap().trim_start_matches("prefect-azure-sync.bundle."))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changed_and_what_failed_is_in_prefects_event_feed() {
    let it = Told::start("told-three", three().await, &[]).await;
    it.upload("one").await;
    it.upload("one").await;
    it.timer().await;
    // a person changes what is declared, and what is not
    let id = it.live().await["id"].as_str().unwrap().to_owned();
    let theirs = json!({"description": "by hand", "paused": true});
    it.server.patch(&format!("/deployments/{id}"), theirs).await.unwrap();
    it.timer().await;
    let live = it.live().await;
    assert_eq!((&live["description"], &live["paused"]), (&json!("one"), &json!(true)));
    it.upload("[no, text]").await;
    it.timer().await;
    it.timer().await;
    let events = it.events(3).await;
    assert_eq!(names(&events), ["applied", "drift-repaired", "failed"]);
    let related = events[1]["related"].as_array().unwrap();
    let deployment = format!("prefect.deployment.{id}");
    assert!(related.iter().any(|it| it["prefect.resource.id"] == deployment), "{events:?}");
    assert_eq!(events[1]["payload"]["counts"]["update"], 1);
    assert!(events[2]["payload"]["errors"][0].as_str().unwrap().contains("prefect.yaml:2"));
    // and in that of the deployment
    let filter = json!({"filter": {"any_resource": {"id": [deployment]},
        "event": {"prefix": ["prefect-azure-sync."]}}});
    let found = it.server.post("/events/filter", filter).await.unwrap();
    assert_eq!(found["events"].as_array().unwrap().len(), 2, "{found}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_events_is_not_told_and_nothing_fails() {
    let it = Told::start("told-two", two().await, &[]).await;
    it.upload("one").await;
    assert_eq!(it.told().await["receipt"]["outcome"], "applied");
    assert_eq!(it.live().await["description"], "one");
}

#[tokio::test(flavor = "multi_thread")]
async fn drift_is_only_reported_where_that_is_wanted_and_an_upload_is_applied_all_the_same() {
    let it = Told::start("told-drift", three().await, &[("SYNC_DRIFT", "report")]).await;
    it.upload("one").await;
    let id = it.live().await["id"].as_str().unwrap().to_owned();
    it.server
        .patch(&format!("/deployments/{id}"), json!({"description": "by hand"}))
        .await
        .unwrap();
    it.proxy.take();
    it.timer().await;
    it.timer().await;
    assert_eq!(it.proxy.writes(), ["POST /api/events"], "told once");
    let receipt = it.told().await["receipt"].clone();
    assert_eq!(receipt["outcome"], "drifted");
    let told = receipt["steps"].to_string();
    assert!(told.contains("by hand") && told.contains("only reported"), "{told}");
    it.host.redeploy(&json!({"bundle": BUNDLE}).to_string()).await.unwrap();
    it.host.settled().await.unwrap();
    assert_eq!(it.live().await["description"], "one", "a redeploy repairs it");
    it.upload("two").await;
    assert_eq!(it.live().await["description"], "two");
    assert_eq!(names(&it.events(4).await), ["applied", "drifted", "applied", "applied"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wanted_anew_of_the_same_files_is_no_drift() {
    let it = Told::start("told-anew", three().await, &[("SYNC_DRIFT", "report")]).await;
    let variable = json!({"name": "told_anew", "value": "one"});
    let made = it.server.post("/variables/", variable).await.unwrap();
    let path = format!("/variables/{}", made["id"].as_str().unwrap());
    it.upload("'{{ prefect.variables.told_anew }}'").await;
    assert_eq!(it.live().await["description"], "one");
    it.server.patch(&path, json!({"value": "two"})).await.unwrap();
    it.timer().await;
    assert_eq!(it.told().await["receipt"]["outcome"], "applied");
    assert_eq!(it.live().await["description"], "two");
    it.proxy.take();
    it.timer().await;
    assert_eq!(it.proxy.writes(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn old_code_goes_unless_an_unfinished_run_began_with_it() {
    let it = Told::start("told-retained", three().await, &[("SYNC_KEEP_DIGESTS", "2")]).await;
    let staged = || async { it.told().await["digests"].as_array().unwrap().len() };
    for version in ["one", "two", "three"] {
        it.upload(version).await;
        // the age of code is told in seconds
        tokio::time::sleep(Duration::from_millis(1100)).await;
    }
    assert_eq!(staged().await, 2);
    let id = it.live().await["id"].as_str().unwrap().to_owned();
    let path = format!("/deployments/{id}/create_flow_run");
    let state = json!({"state": {"type": "RUNNING"}});
    let run = it.server.post(&path, state).await.unwrap();
    let run = format!("/flow_runs/{}/set_state", run["id"].as_str().unwrap());
    let running = json!({"state": {"type": "RUNNING"}, "force": true});
    it.server.post(&run, running).await.unwrap();
    for version in ["four", "five"] {
        tokio::time::sleep(Duration::from_millis(1100)).await;
        it.upload(version).await;
    }
    assert_eq!(staged().await, 3, "that of the run, and the two newest");
    let done = json!({"state": {"type": "COMPLETED"}, "force": true});
    it.server.post(&run, done).await.unwrap();
    it.timer().await;
    assert_eq!(staged().await, 2);
    let listed = it.host.stores.code.list(&format!("{BUNDLE}/")).await.unwrap();
    assert_eq!(listed.len(), 2 * 3, "two files and a manifest each");
}

#[tokio::test(flavor = "multi_thread")]
async fn old_code_goes_also_where_drift_is_only_reported() {
    let settings = [("SYNC_KEEP_DIGESTS", "1"), ("SYNC_DRIFT", "report")];
    let it = Told::start("told-old", three().await, &settings).await;
    let staged = || async { it.told().await["digests"].as_array().unwrap().len() };
    let begun = async || {
        let id = it.live().await["id"].as_str().unwrap().to_owned();
        let path = format!("/deployments/{id}/create_flow_run");
        let run = it.server.post(&path, json!({"state": {"type": "RUNNING"}})).await.unwrap();
        let run = format!("/flow_runs/{}/set_state", run["id"].as_str().unwrap());
        let running = json!({"state": {"type": "RUNNING"}, "force": true});
        it.server.post(&run, running).await.unwrap();
        (format!("/deployments/{id}"), run)
    };
    let done = json!({"state": {"type": "COMPLETED"}, "force": true});
    it.upload("one").await;
    let (deployment, run) = begun().await;
    tokio::time::sleep(Duration::from_millis(1100)).await;
    it.upload("two").await;
    assert_eq!(staged().await, 2, "a run began with the first one");
    it.server.patch(&deployment, json!({"description": "by hand"})).await.unwrap();
    it.server.post(&run, done.clone()).await.unwrap();
    it.timer().await;
    assert_eq!(it.told().await["receipt"]["outcome"], "drifted");
    assert_eq!(staged().await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn old_code_goes_also_where_a_person_has_to_look_and_what_is_kept_keeps_its_own() {
    let settings = [
        ("SYNC_KEEP_DIGESTS", "1"),
        ("SYNC_PRUNE", "delete"),
        ("SYNC_PRUNE_MAX", "0"),
        ("SYNC_PRUNE_MAX_PERCENT", "0"),
    ];
    let it = Told::start("told-looked", three().await, &settings).await;
    it.0.upload(BUNDLE, &several("one", &["daily", "weekly"]), &flow(it.name)).await;
    for description in ["two", "three"] {
        // the age of code is told in seconds
        tokio::time::sleep(Duration::from_millis(1100)).await;
        it.0.upload(BUNDLE, &several(description, &["daily"]), &flow(it.name)).await;
    }
    // a pass that cannot ask for runs now leaves it to the next one
    let told = until("the end of the second one", Duration::from_mins(2), || async {
        it.timer().await;
        let told = it.told().await;
        (told["digests"].as_array().unwrap().len() == 2).then_some(told)
    });
    let told = told.await.unwrap();
    assert_eq!(told["receipt"]["outcome"], "partial", "{told}");
    let weekly = it.server.deployment(it.name, "weekly").await.unwrap().to_string();
    let digests: Vec<&str> =
        told["digests"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
    assert!(
        digests.iter().any(|it| weekly.contains(it)),
        "what a guard keeps keeps its code: {digests:?} {weekly}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_beside_a_step_that_is_put_off_is_told_with_it() {
    let settings = [("SYNC_PRUNE", "delete"), ("SYNC_WRITE_WAIT_SECONDS", "3")];
    let it = Told::start("told-put-off", three().await, &settings).await;
    it.0.upload(BUNDLE, &several("one", &["daily", "weekly"]), &flow(it.name)).await;
    // its engine comes back to it, so that it is not deleted yet
    let weekly = it.server.deployment(it.name, "weekly").await.unwrap();
    let path = format!("/deployments/{}/create_flow_run", weekly["id"].as_str().unwrap());
    let run = it.server.post(&path, json!({})).await.unwrap();
    let run = format!("/flow_runs/{}/set_state", run["id"].as_str().unwrap());
    let set = async |state: Value| {
        it.server.post(&run, json!({"state": state, "force": true})).await.unwrap();
    };
    let again = jiff::Timestamp::now() + Duration::from_mins(30);
    set(json!({"type": "SCHEDULED", "name": "AwaitingRetry",
        "state_details": {"scheduled_time": again.to_string()}}))
    .await;
    it.put(BUNDLE, &several("two", &["daily"]), &flow(it.name)).await;
    until("what is put off", Duration::from_mins(2), || async {
        it.host.pump().await.unwrap();
        let receipt = it.told().await["receipt"].clone();
        (receipt["outcome"] == "deferred").then_some(())
    })
    .await
    .unwrap();
    let events = it.events(2).await;
    assert_eq!(names(&events), ["applied", "applied"]);
    assert_eq!(events[1]["payload"]["partial"], true, "{events:#?}");
    assert_eq!(events[1]["payload"]["failed"][0]["name"], "told-put-off/weekly", "{events:#?}");
    set(json!({"type": "COMPLETED"})).await;
    it.host.settled().await.unwrap();
    let events = it.events(3).await;
    assert_eq!(names(&events), ["applied"; 3]);
    assert_eq!(events[2]["payload"]["counts"]["delete"], 1, "{events:#?}");
    assert_eq!(events[2]["payload"]["partial"], false, "{events:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_carried_out_in_part_is_told_with_what_was_not() {
    let none = [("SYNC_PRUNE", "delete"), ("SYNC_PRUNE_MAX", "0"), ("SYNC_PRUNE_MAX_PERCENT", "0")];
    let it = Told::start("told-partly", three().await, &none).await;
    let upload = async |description: &str, names: &[&str]| {
        it.0.upload(BUNDLE, &several(description, names), &flow(it.name)).await;
    };
    upload("one", &["daily", "weekly"]).await;
    // a guard keeps one
    upload("two", &["daily"]).await;
    // the server refuses one
    let refused = Fault { kind: Kind::Answer(400), writes: true, first: 2, last: 2 };
    it.proxy.set(Some(refused));
    upload("three", &["daily", "weekly"]).await;
    it.proxy.set(None);
    let events = it.events(3).await;
    assert_eq!(names(&events), ["applied", "applied", "failed"]);
    let payload = |at: usize| &events[at]["payload"];
    assert_eq!((&payload(0)["partial"], &payload(0)["failed"]), (&json!(false), &json!([])));
    for at in [1, 2] {
        assert_eq!(payload(at)["partial"], true, "{events:#?}");
        let failed = payload(at)["failed"].as_array().unwrap();
        assert_eq!(failed.len(), 1, "{failed:?}");
        assert_eq!(failed[0]["kind"], "deployment");
    }
    assert_eq!(payload(1)["failed"][0]["name"], "told-partly/weekly");
    // both are written at once: which one comes second is not said
    let either = ["told-partly/daily", "told-partly/weekly"].map(Value::from);
    assert!(either.contains(&payload(2)["failed"][0]["name"]), "{events:#?}");
    assert!(payload(1)["failed"][0]["why"].as_str().unwrap().contains("would go"), "{events:#?}");
    assert!(payload(2)["failed"][0]["why"].as_str().unwrap().contains("400"), "{events:#?}");
}
