//! Redeploys, rollbacks, suspended bundles and their status, on a real server.

use domain::names::BundleId;
use handler::reconcile::notes::{self, Suspended};
use serde_json::{Value, json};
use world::product;

use crate::installation::{Installation, containers, flow};
use crate::servers::{azurite, three};

/// An installation with the bundle `team/<name>`.
struct Bundle(Installation);

impl std::ops::Deref for Bundle {
    type Target = Installation;

    fn deref(&self) -> &Installation {
        &self.0
    }
}

impl Bundle {
    async fn start(name: &'static str) -> Self {
        Self(Installation::start(name, three().await, &[]).await)
    }

    fn id(&self) -> String {
        format!("team/{}", self.name)
    }

    /// Uploads a version whose deployment has that description; gives its digest, 12 digits, unless it is suspended.
    async fn upload(&self, version: &str) -> String {
        self.0.upload(&self.id(), &yaml(version), &flow(self.name)).await;
        let latest = self.latest().await;
        latest["digest"].as_str().unwrap_or_default().chars().take(12).collect()
    }

    async fn latest(&self) -> Value {
        self.status(&self.id()).await["receipt"].clone()
    }

    async fn redeploy(&self, more: Value) -> (u16, Value) {
        let mut body = json!({"bundle": self.id()});
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let answer = self.host.redeploy(&body.to_string()).await.unwrap();
        self.host.settled().await.unwrap();
        answer
    }

    /// The description and the folder of the code that are registered.
    async fn live(&self) -> (String, String) {
        let live = self.server.deployment(self.name, "daily").await.unwrap();
        let pull = live["pull_steps"][0].as_object().unwrap().values().next().unwrap();
        let text = |it: &Value| it.as_str().unwrap().to_owned();
        (text(&live["description"]), text(&pull["folder"]))
    }
}

/// A deployment with that description.
fn yaml(version: &str) -> String {
    format!(
        "deployments:\n- name: daily\n  description: {version}\n  entrypoint: flow.py:main\n  work_pool: {{name: redeploy}}\n"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rollback_counts_until_the_next_upload() {
    let it = Bundle::start("rolled-back").await;
    let first = it.upload("one").await;
    let second = it.upload("two").await;
    let code = |digest: &str| format!("team/rolled-back/{digest}/");

    let (status, plan) = it.redeploy(json!({"digest": first, "dry_run": true})).await;
    assert_eq!(status, 200, "{plan}");
    assert!(plan["digest"].as_str().unwrap().starts_with(&first), "{plan}");
    assert_eq!(it.live().await, ("two".to_owned(), code(&second)), "a dry run writes nothing");

    assert_eq!(it.redeploy(json!({"digest": first})).await.0, 202);
    assert_eq!(it.live().await, ("one".to_owned(), code(&first)));
    assert_eq!(it.latest().await["pinned"], true);
    it.proxy.take();
    it.timer().await;
    assert_eq!(it.writes(), [""; 0], "the timer keeps it");
    let status = it.status(&it.id()).await;
    assert!(status["pinned"]["digest"].as_str().unwrap().starts_with(&first), "{status}");
    let digests: Vec<&str> =
        status["digests"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
    assert!(digests.contains(&&*first) && digests.contains(&&*second), "{status}");

    let third = it.upload("three").await;
    assert_eq!(it.live().await, ("three".to_owned(), code(&third)));
    let status = it.status(&it.id()).await;
    assert_eq!(status["pinned"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn unpinned_the_upload_counts_again() {
    let it = Bundle::start("unpinned").await;
    let first = it.upload("one").await;
    it.upload("two").await;
    it.redeploy(json!({"digest": first})).await;
    assert_eq!(it.live().await.0, "one");
    it.redeploy(json!({"unpin": true})).await;
    assert_eq!(it.live().await.0, "two");
    assert_eq!(it.latest().await["pinned"], Value::Null);
    let (status, answer) = it.redeploy(json!({"digest": "0123456789ab"})).await;
    assert_eq!(status, 404);
    assert!(answer["error"].as_str().unwrap().contains(&first), "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redeploy_starts_a_run_and_asked_again_it_is_the_same_one() {
    let it = Bundle::start("run-now").await;
    it.upload("one").await;
    let wish = json!({"deployments": ["daily"], "run": true, "request": "ci-7"});
    let (status, accepted) = it.redeploy(wish.clone()).await;
    assert_eq!(status, 202);
    assert_eq!(accepted["status"], "/api/status?bundle=team/run-now&request=ci-7");
    let query = json!({"bundle": it.id(), "request": "ci-7"});
    let (status, receipt) = it.host.status(query).await.unwrap();
    assert_eq!((status, &receipt["request"]), (200, &json!("ci-7")));
    let run = &receipt["runs"][0];
    assert_eq!(run["deployment"], "run-now/daily");
    let id = run["id"].as_str().unwrap();
    assert!(run["url"].as_str().unwrap().ends_with(&format!("/runs/flow-run/{id}")), "{run}");
    let live = it.server.get(&format!("/flow_runs/{id}")).await.unwrap();
    assert_eq!(live["state_type"], "SCHEDULED");

    it.proxy.take();
    let (status, again) = it.redeploy(wish).await;
    assert_eq!((status, &again["runs"][0]["id"]), (200, &json!(id)));
    assert_eq!(it.writes(), [""; 0]);
    // a job that is delivered twice
    let job = json!({"v": 1, "scope": "bundle", "id": it.id(), "cause": "redeploy", "request": "ci-7",
        "options": {"deployments": ["daily"], "run": true}});
    it.host.queue.put(&base64(&job)).await.unwrap();
    it.host.settled().await.unwrap();
    let filter = json!({"flow_runs": {"deployment_id": {"any_": [live["deployment_id"]]}}});
    let runs = it.server.post("/flow_runs/filter", filter).await.unwrap();
    assert_eq!(runs.as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_told_from_when_it_is_accepted_and_one_that_nobody_made_is_not_found() {
    let it = Bundle::start("asked-for").await;
    it.upload("one").await;
    let of_one = json!({"bundle": it.id(), "request": "r-1"});
    let of_all = json!({"request": "r-2"});
    for (query, wish) in
        [(of_one.clone(), of_one), (of_all, json!({"all": true, "request": "r-2"}))]
    {
        let status = || async { it.host.status(query.clone()).await.unwrap() };
        let (code, unknown) = status().await;
        assert_eq!(code, 404, "{unknown}");
        assert!(unknown["error"].as_str().unwrap().contains("request `r-"), "{unknown}");
        assert_eq!(it.host.redeploy(&wish.to_string()).await.unwrap().0, 202);
        let (code, accepted) = status().await;
        assert_eq!((code, &accepted["request"]), (202, &wish["request"]));
        it.host.settled().await.unwrap();
        let (code, done) = status().await;
        assert_eq!((code, &done["request"]), (200, &wish["request"]), "{done}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_of_what_is_not_there_is_told() {
    let it = Bundle::start("no-such-run").await;
    let digest = it.upload("one").await;
    let wish = json!({"digest": digest, "deployments": ["dayly"], "run": true, "request": "typo"});
    assert_eq!(it.redeploy(wish).await.0, 202);
    let (_, receipt) = it.host.status(json!({"bundle": it.id(), "request": "typo"})).await.unwrap();
    assert_eq!(receipt["runs"], Value::Null);
    let told = receipt["diagnostics"].to_string();
    assert!(told.contains("the bundle has no deployment `dayly`"), "{receipt}");
    assert!(told.contains("there are: no-such-run/daily"), "{receipt}");
}

fn base64(job: &Value) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(job.to_string())
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_is_answered_with_the_receipt() {
    let it = Bundle::start("waited").await;
    it.upload("one").await;
    let body = json!({"bundle": it.id(), "wait": true, "request": "patient"}).to_string();
    let (answer, pumped) = tokio::join!(it.host.redeploy(&body), async {
        // the job is in the queue before the answer
        while it.host.queue.count().await.unwrap() == 0 {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        it.host.settled().await
    });
    pumped.unwrap();
    let (status, receipt) = answer.unwrap();
    assert_eq!((status, &receipt["outcome"]), (200, &json!("unchanged")), "{receipt}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_written_for_a_suspended_bundle_whoever_asks() {
    let it = Bundle::start("suspended").await;
    it.upload("one").await;
    let azurite = azurite().await;
    let containers = containers(it.name);
    let containers = containers.iter().map(|(setting, it)| (*setting, it.as_str()));
    let settings = [
        ("SyncStorage", azurite.connection.as_str()),
        ("SYNC_JOBS_QUEUE", it.host.queue.name.as_str()),
    ];
    let settings: Vec<_> = settings.into_iter().chain(containers).collect();
    let ours = |arguments: &[&str]| {
        let output = product::run(arguments, &settings).unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let id = it.id();
    let told = ours(&["suspend", &id, "--reason", "month end"]);
    assert!(told.ends_with("until it is resumed\n"), "{told}");
    let slip = ours(&["suspend", &format!("{id}s")]);
    assert!(
        slip.contains(&format!("no archive of that bundle yet; did you mean `{id}`?")),
        "{slip}"
    );
    it.proxy.take();
    it.upload("two").await;
    it.timer().await;
    let (status, answer) = it.redeploy(json!({})).await;
    assert_eq!(status, 409);
    assert!(answer["error"].as_str().unwrap().contains("month end"), "{answer}");
    assert_eq!(it.writes(), [""; 0]);
    assert_eq!(it.live().await.0, "one");
    assert_eq!(it.latest().await["outcome"], "suspended");
    let line = ours(&["status"]);
    let line = line.lines().find(|it| it.starts_with(&id)).unwrap().to_owned();
    assert!(line.contains("suspended"), "{line}");

    assert!(ours(&["resume", &id]).contains("is resumed"));
    it.host.settled().await.unwrap();
    assert_eq!(it.live().await.0, "two");
    let (status, all) = it.host.status(json!({})).await.unwrap();
    let ids = all["bundles"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap());
    assert!(status == 200 && ids.into_iter().any(|it| it == id), "{all}");
    assert_eq!(it.host.status(json!({"bundle": "team/none"})).await.unwrap().0, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_suspended_bundle_owns_stays_its_own_though_its_archive_goes() {
    let it = Bundle::start("suspended-owner").await;
    it.upload("one").await;
    let (receipts, id) = (&it.host.stores.receipts, BundleId::new(it.id()).unwrap());
    let note = Suspended { v: 1, since: "2026-01-01T00:00:00Z".to_owned(), reason: None };
    notes::suspend(receipts, &id, &note).await.unwrap();
    it.remove(&it.id()).await;
    it.0.upload("heir", &yaml("two"), &flow(it.name)).await;
    it.timer().await;
    let receipt = it.document("heir", "receipts/latest.json").await;
    assert_eq!(receipt["outcome"], "refused", "{receipt}");
    assert_eq!(it.live().await.0, "one");

    notes::resume(receipts, &id).await.unwrap();
    it.timer().await;
    it.timer().await;
    assert_eq!(it.live().await.0, "two");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_was_given_up_has_a_receipt_with_its_cause_and_can_be_replayed() {
    let more = [
        ("PREFECT_API_URL", "http://127.0.0.1:9/api"),
        // so that the client does not go on trying
        ("SYNC_PREFECT_MAX_REQUESTS", "1"),
        ("AzureFunctionsJobHost__extensions__queues__visibilityTimeout", "00:00:00"),
    ];
    let it = Bundle(Installation::start("given-up", three().await, &more).await);
    // without an event: its job would hold the lease
    it.write(&it.id(), "deployments: []", &flow("given-up")).await;
    // the last of its tries
    let job = json!({"v": 1, "scope": "bundle", "id": it.id(), "cause": "upload", "request": "r-9",
        "attempt": 7});
    it.host.queue.put(&base64(&job)).await.unwrap();
    it.host.pump().await.unwrap();
    let latest = it.latest().await;
    assert_eq!(latest["outcome"], "failed", "{latest}");
    assert!(latest["diagnostics"][0]["message"].as_str().unwrap().contains("given up"), "{latest}");
    let (_, all) = it.host.status(json!({})).await.unwrap();
    assert_eq!(all["poison"][0]["request"], "r-9", "{all}");

    let azurite = azurite().await;
    let settings = [
        ("SyncStorage", azurite.connection.as_str()),
        ("SYNC_JOBS_QUEUE", it.host.queue.name.as_str()),
    ];
    let output = product::run(&["replay"], &settings).unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "queued again: 1\n");
    assert_eq!(it.host.poisoned().await.unwrap().count().await.unwrap(), 0);
    let waiting = it.host.queue.get(32, std::time::Duration::from_secs(1)).await.unwrap();
    let again = |text: &str| {
        let job: Value = serde_json::from_slice(&from_base64(text)).unwrap();
        (job["request"] == "r-9").then(|| (job["cause"].clone(), job.get("attempt").cloned()))
    };
    let again = waiting.iter().find_map(|it| again(&it.text)).unwrap();
    assert_eq!(again, (json!("replay"), None), "with all its tries");
}

fn from_base64(text: &str) -> Vec<u8> {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.decode(text).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_asked_for_before_something_newer_is_not_carried_out() {
    let it = Bundle::start("overtaken").await;
    let first = it.upload("one").await;
    let second = it.upload("two").await;
    it.upload("three").await;
    let old = json!({"v": 1, "scope": "bundle", "id": it.id(), "cause": "redeploy", "request": "old",
        "accepted": "2026-01-01T00:00:00Z", "options": {"digest": first}});
    // it is done, and delivered again after a newer one
    it.redeploy(json!({"digest": first, "request": "old"})).await;
    assert_eq!(it.live().await.0, "one");
    it.redeploy(json!({"digest": second})).await;
    it.host.queue.put(&base64(&old)).await.unwrap();
    it.host.settled().await.unwrap();
    assert_eq!(it.live().await.0, "two");
    // one that was never done is too old
    let mut late = old.clone();
    late["request"] = json!("late");
    it.host.queue.put(&base64(&late)).await.unwrap();
    it.host.settled().await.unwrap();
    assert_eq!(it.live().await.0, "two");
    let (_, receipt) = it.host.status(json!({"bundle": it.id(), "request": "late"})).await.unwrap();
    assert_eq!(receipt["outcome"], "stale", "{receipt}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_has_any_name_and_a_run_that_cannot_start_is_told_with_what_was_done() {
    let it = Bundle::start("named").await;
    let yaml =
        "deployments:\n- {name: daily, entrypoint: flow.py:main, work_pool: {name: redeploy}}\n";
    let needs =
        "from prefect import flow\n\n@flow(name='named')\ndef main(limit: int):\n    pass\n";
    it.0.upload(&it.id(), yaml, needs).await;
    for request in ["state", "tombstone"] {
        assert_eq!(it.redeploy(json!({"request": request})).await.0, 202);
    }
    it.timer().await;
    let (_, all) = it.host.status(json!({})).await.unwrap();
    assert_eq!(all["bundles"].as_array().unwrap().len(), 1, "{all}");
    let wish = json!({"deployments": ["daily"], "run": true, "request": "run"});
    it.redeploy(wish).await;
    let (status, receipt) =
        it.host.status(json!({"bundle": it.id(), "request": "run"})).await.unwrap();
    assert_eq!(status, 200);
    assert_eq!(receipt["steps"][0]["kind"], "deployment", "{receipt}");
    let told = receipt["diagnostics"][0]["message"].as_str().unwrap();
    assert!(told.contains("no run of `named/daily` was started"), "{told}");
    assert_eq!(it.host.queue.count().await.unwrap(), 0, "it is not tried again");
    // the name of a request is no path
    let odd = json!({"bundle": it.id(), "request": "../state"});
    assert_eq!(it.host.status(odd).await.unwrap().0, 400);
}
