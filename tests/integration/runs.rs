//! No run is lost by a write, on real servers.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};
use world::bundles;
use world::host::Host;
use world::prefect::Server;
use world::process::until;
use world::proxy::{Proxy, is_write};

use crate::servers::{azurite, three, two};
use handler::stores::Condition;

/// When the deployment runs: every minute, longer than the window.
const OFTEN: &str = "interval: 60, anchor_date: '2026-01-01T00:00:00Z'";

/// So many seconds before a run a write is planned: a busy machine takes some for the plan.
const SOON: std::ops::Range<i64> = 25..36;

/// A handler with a deployment that runs often and that nobody works for.
struct Running {
    server: &'static Server,
    proxy: Proxy,
    host: Host,
    name: &'static str,
    /// When it runs.
    schedule: &'static str,
    /// The deployment's.
    id: String,
}

impl Running {
    async fn start(name: &'static str, server: &'static Server, more: &[(&str, &str)]) -> Self {
        Self::start_at(OFTEN, name, server, more).await
    }

    async fn start_at(
        schedule: &'static str,
        name: &'static str,
        server: &'static Server,
        more: &[(&str, &str)],
    ) -> Self {
        let proxy = Proxy::start(&server.api).await.unwrap();
        let settings = [
            ("PREFECT_API_URL", proxy.api.as_str()),
            ("SYNC_CREATE_POOLS", "true"),
            ("SYNC_POOL_TYPE", "process"),
            ("SYNC_CREDENTIALS_COPY", "true"),
            ("SYNC_CREDENTIALS_BLOCK", "sync-runs"),
        ];
        let settings: Vec<_> = settings.iter().chain(more).copied().collect();
        let host = Host::start(azurite().await, &settings).await.unwrap();
        let mut it = Self { server, proxy, host, name, schedule, id: String::new() };
        it.upload("first").await;
        it.host.settled().await.unwrap();
        let live = it.live().await;
        live["id"].as_str().unwrap().clone_into(&mut it.id);
        it
    }

    async fn upload(&self, description: &str) {
        let (name, schedule) = (self.name, self.schedule);
        let yaml = format!(
            "deployments:\n- name: often\n  description: {description}\n  entrypoint: flow.py:main\n  work_pool: {{name: runs}}\n  schedules: [{{{schedule}}}]\n"
        );
        let flow =
            format!("from prefect import flow\n\n@flow(name='{name}')\ndef main():\n    pass\n");
        let bytes = bundles::zip_of(&[("prefect.yaml", &yaml), ("flow.py", &flow)]).unwrap();
        let blob = format!("{name}.zip");
        let written = self.host.stores.bundles.write(&blob, bytes, Condition::Any).await.unwrap();
        self.host.events(&[world::events::blob_created(&blob, &written)]).await.unwrap();
    }

    async fn live(&self) -> Value {
        self.server.deployment(self.name, "often").await.unwrap()
    }

    /// The deployment's runs, the first one first.
    async fn runs(&self) -> Vec<Value> {
        let filter = json!({"flow_runs": {"deployment_id": {"any_": [self.id]}},
            "sort": "EXPECTED_START_TIME_ASC"});
        let found = self.server.post("/flow_runs/filter", filter).await.unwrap();
        found.as_array().unwrap().clone()
    }

    /// The id of a run that is due `SOON`, once there is one.
    async fn soon(&self) -> (String, Timestamp) {
        until("a run that is due soon", Duration::from_secs(90), || async {
            let runs = self.runs().await;
            let (now, due) = (Timestamp::now(), |it: &Value| -> Timestamp {
                it["expected_start_time"].as_str().unwrap().parse().unwrap()
            });
            let soon = runs.iter().find(|it| SOON.contains(&due(it).duration_since(now).as_secs()));
            soon.map(|it| (it["id"].as_str().unwrap().to_owned(), due(it)))
        })
        .await
        .unwrap()
    }

    async fn set(&self, run: &str, state: Value) {
        let state = json!({"state": state, "force": true});
        self.server.post(&format!("/flow_runs/{run}/set_state"), state).await.unwrap();
    }

    async fn has(&self, run: &str) -> bool {
        self.runs().await.iter().any(|it| it["id"] == run)
    }

    /// Ends the deployment: the server is that of all tests, and would mark two late runs a minute for good.
    async fn end(self) {
        self.server.delete(&format!("/deployments/{}", self.id)).await.unwrap();
    }

    /// The receipt that says that nothing was written; a job that `SQLite` declined has none, and comes again.
    async fn put_off(&self) -> Value {
        until("what is put off", Duration::from_mins(2), || async {
            self.host.pump().await.unwrap();
            Some(self.receipt().await).filter(|it| it["outcome"] == "deferred")
        })
        .await
        .unwrap()
    }

    async fn receipt(&self) -> Value {
        let key = format!("{}/receipts/latest.json", self.name);
        let (bytes, _) = self.host.stores.receipts.read(&key, 1 << 20).await.unwrap().unwrap();
        serde_json::from_slice(&bytes).unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_shortly_before_a_run_waits_until_that_has_begun_on_3_9() {
    let long = [("SYNC_WRITE_WINDOW_SECONDS", "40")];
    let it = Running::start("runs-three", three().await, &long).await;
    let (run, due) = it.soon().await;
    it.proxy.take();
    it.upload("second").await;
    it.host.settled().await.unwrap();
    assert!(Timestamp::now() > due, "it waited");
    assert!(it.has(&run).await, "the run was not deleted");
    assert_eq!(it.live().await["description"], "second");
    // SQLite is locked now and then: what it declined is sent again
    let sent = it.proxy.carried_out();
    let sent = sent.iter().filter(|it| is_write(it) && !it.ends_with("/events"));
    assert_eq!(sent.collect::<Vec<_>>(), [&format!("PATCH /api/deployments/{}", it.id)]);
    let told = it.receipt().await["steps"].to_string();
    assert!(told.contains("upcoming runs will be rescheduled"), "{told}");
    assert!(told.contains("waits until its run of"), "{told}");
    it.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_window_that_run_is_lost() {
    let off = [("SYNC_WRITE_WINDOW_SECONDS", "0")];
    let it = Running::start("runs-lost", three().await, &off).await;
    let (run, due) = it.soon().await;
    it.upload("second").await;
    it.host.settled().await.unwrap();
    assert!(Timestamp::now() < due, "it did not wait");
    assert!(!it.has(&run).await, "what the window is for");
    it.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_is_due_and_not_begun_puts_a_write_off_on_2_20() {
    let short = [("SYNC_WRITE_WAIT_SECONDS", "20")];
    let it = Running::start("runs-two", two().await, &short).await;
    let (run, due) = it.soon().await;
    let late = Duration::try_from(due.duration_since(Timestamp::now())).unwrap();
    tokio::time::sleep(late).await;
    it.proxy.take();
    it.upload("second").await;
    let receipt = it.put_off().await;
    assert_eq!(it.proxy.writes(), [""; 0]);
    assert_eq!(it.live().await["description"], "first");
    assert!(receipt.to_string().contains("late and not started yet"), "{receipt}");
    // the job waits in its queue
    assert_eq!(it.host.queue.count().await.unwrap(), 1);
    assert!(it.has(&run).await, "the late run is there");

    // somebody takes what is due
    let taken = async {
        loop {
            for run in it.runs().await {
                let due: Timestamp = run["expected_start_time"].as_str().unwrap().parse().unwrap();
                if run["state_type"] == "SCHEDULED" && due <= Timestamp::now() {
                    it.set(run["id"].as_str().unwrap(), json!({"type": "PENDING"})).await;
                }
            }
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
    };
    tokio::select! {
        () = taken => {}
        settled = it.host.settled() => {
            let log = it.host.log().unwrap();
            assert!(settled.is_ok(), "{settled:?}\n{log}");
        }
    }
    assert!(it.has(&run).await, "it is not deleted either");
    assert_eq!(it.live().await["description"], "second");
    assert_eq!(it.receipt().await["outcome"], "applied");
    assert_eq!(it.host.poisoned().await.unwrap().count().await.unwrap(), 0);
    it.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_waits_for_its_next_attempt_puts_a_write_off_on_2_20() {
    let short = [("SYNC_WRITE_WAIT_SECONDS", "5")];
    let it = Running::start_at("cron: '17 4 * * *'", "runs-retry", two().await, &short).await;
    let run = until("a run", Duration::from_secs(90), || async {
        it.runs().await.first().map(|it| it["id"].as_str().unwrap().to_owned())
    });
    let run = run.await.unwrap();
    for state in ["PENDING", "RUNNING"] {
        it.set(&run, json!({"type": state})).await;
    }
    let again = Timestamp::now() + Duration::from_mins(30);
    let details = json!({"scheduled_time": again.to_string()});
    let waits = json!({"type": "SCHEDULED", "name": "AwaitingRetry", "state_details": details});
    it.set(&run, waits).await;
    it.proxy.take();
    it.upload("second").await;
    let receipt = it.put_off().await;
    assert_eq!(it.proxy.writes(), [""; 0]);
    assert!(receipt.to_string().contains("waits for its next attempt"), "{receipt}");
    assert!(it.has(&run).await, "its engine goes on with it");

    it.set(&run, json!({"type": "RUNNING"})).await;
    it.host.settled().await.unwrap();
    assert_eq!(it.live().await["description"], "second");
    assert!(it.has(&run).await, "it is not deleted either");
    it.end().await;
}
