//! No run is lost by a write, on real servers.

mod put_off;

use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};
use world::bundles;
use world::host::Host;
use world::prefect::Server;
use world::process::until;
use world::proxy::{Proxy, is_write};

use crate::servers::{azurite, three};
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
        self.write(description).await;
        self.event().await;
    }

    /// Uploads it, and nobody is told.
    async fn write(&self, description: &str) {
        let (name, schedule) = (self.name, self.schedule);
        let yaml = format!(
            "deployments:\n- name: often\n  description: {description}\n  entrypoint: flow.py:main\n  work_pool: {{name: runs}}\n  schedules: [{{{schedule}}}]\n"
        );
        let flow =
            format!("from prefect import flow\n\n@flow(name='{name}')\ndef main():\n    pass\n");
        let bytes = bundles::zip_of(&[("prefect.yaml", &yaml), ("flow.py", &flow)]).unwrap();
        let blob = format!("{name}.zip");
        self.host.stores.bundles.write(&blob, bytes, Condition::Any).await.unwrap();
    }

    async fn event(&self) {
        let blob = format!("{}.zip", self.name);
        let written = self.host.stores.bundles.head(&blob).await.unwrap().unwrap().etag;
        self.host.events(&[world::events::blob_created(&blob, &written)]).await.unwrap();
    }

    /// What would be done now. A receipt is that of the last try: what follows a write may have to be done once more.
    async fn plan(&self) -> String {
        let asked = json!({"bundle": self.name, "dry_run": true}).to_string();
        let (status, plan) = self.host.redeploy(&asked).await.unwrap();
        assert_eq!(status, 200, "{plan}");
        plan["steps"].to_string()
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

    /// Somebody takes what is due, for ever.
    async fn served(&self) {
        loop {
            for run in self.runs().await {
                let due: Timestamp = run["expected_start_time"].as_str().unwrap().parse().unwrap();
                if run["state_type"] == "SCHEDULED" && due <= Timestamp::now() {
                    self.set(run["id"].as_str().unwrap(), json!({"type": "PENDING"})).await;
                }
            }
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
    }

    /// Works on what waits while somebody takes what is due.
    async fn settled_and_served(&self) {
        tokio::select! {
            () = self.served() => {}
            settled = self.host.settled() => {
                let log = self.host.log().unwrap();
                assert!(settled.is_ok(), "{settled:?}\n{log}");
            }
        }
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
    it.write("second").await;
    let (run, due) = it.soon().await;
    let told = it.plan().await;
    assert!(told.contains("upcoming runs will be rescheduled"), "{told}");
    assert!(told.contains("waits until its run of"), "{told}");
    it.proxy.take();
    it.event().await;
    it.host.settled().await.unwrap();
    assert!(Timestamp::now() > due, "it waited");
    assert!(it.has(&run).await, "the run was not deleted");
    assert_eq!(it.live().await["description"], "second");
    // SQLite is locked now and then: what it declined is sent again
    let sent = it.proxy.carried_out();
    let sent = sent.iter().filter(|it| is_write(it) && !it.ends_with("/events"));
    assert_eq!(sent.collect::<Vec<_>>(), [&format!("PATCH /api/deployments/{}", it.id)]);
    it.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_person_changes_while_a_write_waits_survives_it() {
    let long = [("SYNC_WRITE_WINDOW_SECONDS", "40")];
    let it = Running::start("runs-edited", three().await, &long).await;
    it.soon().await;
    it.proxy.take();
    it.upload("second\n  tags: [ours]").await;
    let path = format!("/deployments/{}", it.id);
    let edited = async {
        let (seen, waits) = (format!("GET /api{path}"), Duration::from_mins(1));
        until("a write that waits", waits, || async {
            it.proxy.carried_out().contains(&seen).then_some(())
        })
        .await
        .unwrap();
        let mut tags = it.live().await["tags"].clone();
        tags.as_array_mut().unwrap().push("theirs".into());
        it.server.patch(&path, json!({"tags": tags})).await.unwrap();
    };
    let (settled, ()) = tokio::join!(it.host.settled(), edited);
    settled.unwrap();
    let live = it.live().await;
    assert_eq!(live["description"], "second");
    let tags = live["tags"].as_array().unwrap();
    assert!(["ours", "theirs"].iter().all(|it| tags.contains(&json!(it))), "{live}");
    it.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_window_that_run_is_lost() {
    let off = [("SYNC_WRITE_WINDOW_SECONDS", "0")];
    let it = Running::start("runs-lost", three().await, &off).await;
    let mut is_lost = None;
    for description in ["second", "third", "fourth"] {
        let (run, due) = it.soon().await;
        it.upload(description).await;
        it.host.settled().await.unwrap();
        // a busy machine may be late without having waited
        if Timestamp::now() < due {
            is_lost = Some(!it.has(&run).await);
            break;
        }
    }
    assert_eq!(is_lost, Some(true), "what the window is for");
    it.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_schedule_goes_once_what_is_due_has_begun_and_the_rest_is_written_with_it() {
    let long = [("SYNC_WRITE_WINDOW_SECONDS", "40")];
    let both = "interval: 60, anchor_date: '2026-01-01T00:00:00Z'}, {cron: '17 4 * * *'";
    let mut it = Running::start_at(both, "runs-dropped", three().await, &long).await;
    let (run, due) = it.soon().await;
    it.proxy.take();
    it.schedule = OFTEN;
    it.upload("second").await;
    // the deletion of a schedule takes late runs along, which other writes leave
    it.settled_and_served().await;
    assert!(Timestamp::now() > due, "it waited");
    assert!(it.has(&run).await, "the run was not deleted");
    let sent = it.proxy.carried_out().into_iter();
    let sent: Vec<String> = sent.filter(|it| is_write(it) && !it.ends_with("/events")).collect();
    let path = format!("/api/deployments/{}", it.id);
    // the write ends the time without runs that the deletion begins
    assert_eq!(sent.len(), 2, "{sent:?}");
    assert!(sent[0].starts_with(&format!("DELETE {path}/schedules/")), "{sent:?}");
    assert_eq!(sent[1], format!("PATCH {path}"));
    assert_eq!(it.live().await["schedules"].as_array().unwrap().len(), 1);
    it.end().await;
}
