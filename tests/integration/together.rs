//! Several at once, and nothing to work with: one handler after the other, the newest last, no job given up.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::job::{Cause, Job, Scope};
use domain::names::BundleId;
use futures::future::join_all;
use serde_json::json;
use tokio::time::Instant;
use world::hasty::Hasty;
use world::process::until;
use world::proxy::{Fault, Kind, is_write};
use world::storage::Account;

use crate::installation::{Installation, flow};
use crate::servers::{azurite, three};

/// Two instances of one function app: a queue and containers for both, and a proxy to Prefect for each.
struct Pair {
    a: Installation,
    b: Installation,
}

async fn pair(name: &'static str) -> Pair {
    let hasty = Hasty::start(&azurite().await.queue).await.unwrap();
    pair_at(name, &hasty.queue).await
}

async fn pair_at(name: &'static str, service: &str) -> Pair {
    let azurite = azurite().await;
    let signature = Account::of(azurite).unwrap().shared_access().unwrap();
    let queue = format!("jobs-{}", uuid::Uuid::new_v4());
    let settings = [
        ("SyncStorage", &*signature.replace(&azurite.queue, service)),
        ("SYNC_JOBS_QUEUE", &queue),
        ("SYNC_CREDENTIALS_COPY", "false"),
        ("SYNC_WRITE_WINDOW_SECONDS", "0"),
        // what is held is let go when the client asks again
        ("SYNC_PREFECT_TIMEOUT_SECONDS", "4"),
        ("AzureFunctionsJobHost__extensions__queues__visibilityTimeout", "00:00:00"),
    ];
    let server = three().await;
    let a = Installation::start(name, server, &settings).await;
    Pair { a, b: Installation::start(name, server, &settings).await }
}

impl Pair {
    /// Uploads two deployments with that description, without a word to anybody.
    async fn write(&self, description: &str) {
        self.write_as("sales", description).await;
    }

    async fn write_as(&self, bundle: &str, description: &str) {
        let one = |it: &str| {
            json!({"name": it, "entrypoint": "flow.py:main", "description": description,
                "work_pool": {"name": "together"}})
        };
        let yaml = json!({"deployments": [one("a"), one("b")]}).to_string();
        let flow = flow(self.a.name);
        let files = [("prefect.yaml", yaml.as_str()), ("flow.py", &flow)];
        let bytes = world::bundles::zip_of(&files).unwrap();
        let bundles = &self.a.host.stores.bundles;
        let key = format!("{bundle}.zip");
        bundles.write(&key, bytes, handler::stores::Condition::Any).await.unwrap();
    }

    fn event(&self) -> serde_json::Value {
        self.event_of("sales")
    }

    fn event_of(&self, bundle: &str) -> serde_json::Value {
        let container = self.a.host.stores.bundles.name();
        let subject = format!("/blobServices/default/containers/{container}/blobs/{bundle}.zip");
        json!({"id": uuid::Uuid::new_v4().to_string(), "topic": "t", "subject": subject,
            "eventType": "Microsoft.Storage.BlobCreated", "data": {"api": "PutBlob"}})
    }

    async fn settled(&self) {
        let (a, b) = tokio::join!(self.a.host.settled(), self.b.host.settled());
        a.and(b).map_err(|it| format!("{it:#}\n{}", self.a.host.log().unwrap())).unwrap();
        assert_eq!(self.a.host.poisoned().await.unwrap().count().await.unwrap(), 0);
    }

    async fn descriptions(&self) -> Vec<String> {
        let found = join_all(["a", "b"].map(|it| self.a.server.deployment(self.a.name, it))).await;
        found
            .into_iter()
            .map(|it| it.unwrap()["description"].as_str().unwrap().to_owned())
            .collect()
    }
}

/// The writes that were carried out, but for events.
fn written(it: &Installation) -> Vec<String> {
    let all = it.proxy.carried_out().into_iter();
    all.filter(|it| is_write(it) && !it.ends_with("/events")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_deliveries_to_two_handlers_are_one_apply() {
    let it = pair("together-hundred").await;
    it.write("first").await;
    let events = vec![it.event(); 50];
    let (a, b) = tokio::join!(it.a.host.events(&events), it.b.host.events(&events));
    a.and(b).unwrap();
    it.settled().await;
    let sent = [written(&it.a), written(&it.b)].concat();
    let count = |request: &str| sent.iter().filter(|it| *it == request).count();
    assert_eq!(count("POST /api/deployments/"), 2, "{sent:#?}");
    assert_eq!(count("POST /api/flows/"), 1, "{sent:#?}");
    assert!(!sent.iter().any(|it| it.starts_with("PATCH")), "{sent:#?}");
    assert_eq!(it.descriptions().await, ["first", "first"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_bundles_that_declare_one_new_deployment_at_once_one_registers_it() {
    let it = pair("together-rivals").await;
    it.b.proxy.exchanges();
    it.a.proxy.set(Some(Fault::write(Kind::HoldBefore, 1)));
    it.write_as("sales", "of sales").await;
    it.a.host.events(&[it.event()]).await.unwrap();
    let rival = async {
        it.a.proxy.reached().await;
        it.write_as("rival", "of the rival").await;
        let scope = Scope::Bundle(BundleId::new("rival").unwrap());
        let job = Job::new(scope, Cause::Upload, "r").to_message();
        it.b.host.invoke("SyncJob", json!(json!(job).to_string())).await.unwrap();
    };
    let (pumped, ()) = tokio::join!(it.a.host.pump(), rival);
    pumped.unwrap();
    assert!(it.b.host.log().unwrap().contains("bundle `sales` registers"));
    it.settled().await;
    let sent = it.b.proxy.exchanges();
    assert!(!sent.iter().any(|it| it.sent["description"] == "of the rival"), "{sent:#?}");
    assert_eq!(it.descriptions().await, ["of sales", "of sales"]);
    let receipt = it.a.document("rival", "receipts/latest.json").await;
    assert_eq!(receipt["outcome"], "refused");
    assert!(receipt["steps"].to_string().contains("sales"), "{receipt}");
    let notes = it.a.host.stores.receipts.list(".making/").await.unwrap();
    assert!(notes.is_empty(), "{notes:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_comes_while_an_older_one_is_read_is_the_only_one_that_is_written() {
    let it = pair("together-read").await;
    it.a.proxy.exchanges();
    it.a.proxy.set(Some(Fault::request(Kind::HoldBefore, 2)));
    it.write("older").await;
    it.a.host.events(&[it.event()]).await.unwrap();
    let newer = async {
        it.a.proxy.reached().await;
        it.write("newer").await;
    };
    let (pumped, ()) = tokio::join!(it.a.host.pump(), newer);
    pumped.unwrap();
    it.settled().await;
    let sent = it.a.proxy.exchanges();
    assert!(!sent.iter().any(|it| it.sent["description"] == "older"), "{sent:#?}");
    assert_eq!(it.descriptions().await, ["newer", "newer"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_comes_while_an_older_one_is_written_is_written_last() {
    let it = pair("together-written").await;
    it.a.proxy.set(Some(Fault::write(Kind::HoldBefore, 1)));
    it.write("older").await;
    it.a.host.events(&[it.event()]).await.unwrap();
    let newer = async {
        it.a.proxy.reached().await;
        it.write("newer").await;
        it.b.host.events(&[it.event()]).await.unwrap();
        it.b.host.pump().await.unwrap();
    };
    let (pumped, ()) = tokio::join!(it.a.host.pump(), newer);
    pumped.unwrap();
    it.settled().await;
    assert_eq!(it.descriptions().await, ["newer", "newer"]);
    assert_eq!(written(&it.b), [""; 0], "whoever met the lease left it to its holder");
    it.a.host.events(&[it.event(), it.event()]).await.unwrap();
    written(&it.a);
    it.settled().await;
    assert_eq!([written(&it.a), written(&it.b)].concat(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_loses_the_lease_writes_no_more() {
    let it = pair("together-lost").await;
    // every write from the third on is held, and asked for again each 4 s
    let held = Fault { kind: Kind::HoldBefore, writes: true, first: 3, last: usize::MAX };
    it.a.proxy.set(Some(held));
    it.write("first").await;
    it.a.host.events(&[it.event()]).await.unwrap();
    let other = async {
        it.a.proxy.reached().await;
        it.a.host.end_lease("sales").await.unwrap();
        it.b.host.events(&[it.event()]).await.unwrap();
        it.b.host.pump().await.unwrap();
        assert_eq!(it.descriptions().await, ["first", "first"]);
        // by now its renewal has failed, and what it waited for is not sent again
        tokio::time::sleep(Duration::from_secs(14)).await;
        it.a.proxy.set(None);
        it.a.proxy.take();
    };
    let (pumped, ()) = tokio::join!(it.a.host.pump(), other);
    pumped.unwrap();
    it.settled().await;
    assert_eq!(written(&it.a), [""; 0]);
    assert_eq!(it.descriptions().await, ["first", "first"]);
}

/// Minutes that a test waits in truth, when it is asked to (`OUTAGE_MINUTES=60`, `LEASE_MINUTES=10`); the suite does not.
fn minutes(name: &str) -> Option<Duration> {
    std::env::var_os(name)?.to_str()?.parse().ok().map(Duration::from_mins)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lease_that_is_held_for_long_gives_no_job_up_and_the_timer_ends_it() {
    let it = pair("together-long").await;
    let lease = it.a.host.stores.receipts.acquire("sales/lease", 60).await.unwrap().unwrap();
    it.write("first").await;
    it.a.host.events(&vec![it.event(); 3]).await.unwrap();
    it.settled().await;
    let end = Instant::now() + minutes("LEASE_MINUTES").unwrap_or_default();
    while Instant::now() < end {
        it.a.host.stores.receipts.renew(&lease).await.unwrap();
        it.a.timer().await;
        tokio::time::sleep(Duration::from_secs(10)).await;
    }
    assert_eq!(written(&it.a), [""; 0]);
    it.a.host.stores.receipts.release(lease).await.unwrap();
    it.a.timer().await;
    assert_eq!(it.descriptions().await, ["first", "first"]);
}

async fn an_hour_without_prefect(name: &'static str, kind: Kind) {
    match minutes("OUTAGE_MINUTES") {
        None => its_last_minutes(pair(name).await, kind).await,
        Some(time) => {
            let it = pair_at(name, &azurite().await.queue).await;
            all_of_it(&it, kind, time).await;
        }
    }
}

/// With every wait as long as it is, and the timer each five minutes.
async fn all_of_it(it: &Pair, kind: Kind, time: Duration) {
    for one in [&it.a, &it.b] {
        one.proxy.set(Some(Fault::all(kind)));
    }
    it.write("first").await;
    it.a.host.events(&[it.event()]).await.unwrap();
    let (start, mut tick) = (Instant::now(), Duration::ZERO);
    while start.elapsed() < time {
        if start.elapsed() >= tick {
            tick += Duration::from_mins(5);
            it.a.host.invoke("Reconcile", json!({"IsPastDue": false})).await.unwrap();
        }
        let (a, b) = tokio::join!(it.a.host.pump(), it.b.host.pump());
        a.and(b).unwrap();
        tokio::time::sleep(Duration::from_secs(2)).await;
    }
    assert_eq!(it.a.host.poisoned().await.unwrap().count().await.unwrap(), 0);
    it.a.proxy.set(None);
    it.b.proxy.set(None);
    it.a.host.invoke("Reconcile", json!({"IsPastDue": false})).await.unwrap();
    let empty = || async {
        it.a.host.pump().await.ok()?;
        (it.a.host.queue.count().await.ok()? == 0).then_some(())
    };
    until("the end of the jobs", Duration::from_mins(40), empty).await.unwrap();
    it.settled().await;
    assert_eq!(it.descriptions().await, ["first", "first"]);
}

async fn its_last_minutes(it: Pair, kind: Kind) {
    for one in [&it.a, &it.b] {
        one.proxy.set(Some(Fault::all(kind)));
    }
    it.write("first").await;
    // the job as it is near the end of its hour: each try takes a minute, and nobody waits for them all here
    let scope = Scope::Bundle(BundleId::new("sales").unwrap());
    let job = Job { attempt: 6, ..Job::new(scope, Cause::Upload, "r") };
    it.a.host.queue.put(&STANDARD.encode(job.to_message())).await.unwrap();
    let again = || async {
        let logs = format!("{}{}", it.a.host.log().unwrap(), it.b.host.log().unwrap());
        logs.contains("not done, sent again").then_some(())
    };
    let over = async {
        until("the end of a try", Duration::from_mins(2), again).await.unwrap();
        it.a.proxy.set(None);
        it.b.proxy.set(None);
    };
    tokio::join!(it.settled(), over);
    assert_eq!(it.descriptions().await, ["first", "first"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_hour_in_which_prefect_is_unavailable_gives_no_job_up() {
    an_hour_without_prefect("together-unavailable", Kind::Answer(503)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_hour_in_which_prefect_cannot_be_reached_gives_no_job_up() {
    an_hour_without_prefect("together-unreachable", Kind::CutBefore).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_of_the_timer_is_left_to_the_next_pass_and_never_given_up() {
    let it = pair("together-timer").await;
    for one in [&it.a, &it.b] {
        one.proxy.set(Some(Fault::all(Kind::Answer(503))));
    }
    it.write("first").await;
    let scope = Scope::Bundle(BundleId::new("sales").unwrap());
    let job = Job { attempt: 7, ..Job::new(scope, Cause::Timer, "r") };
    it.a.host.queue.put(&STANDARD.encode(job.to_message())).await.unwrap();
    it.settled().await;
    assert!(it.a.host.log().unwrap().contains("left to the next pass"));
}
