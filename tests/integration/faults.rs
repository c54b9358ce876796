//! Whatever happens to one request, the next pass ends where an undisturbed one ends.

use futures::StreamExt as _;
use serde_json::{Value, json};
use world::prefect::Server;
use world::proxy::{Fault, Kind, Proxy, is_write};

use crate::installation::{Installation, flow};
use crate::servers::{azurite, three, two};
use crate::trial::Trial;

/// Trials at once: each is a handler of its own.
const AT_ONCE: usize = 4;

/// What an undisturbed trial sends to one server for the first and for the second upload.
#[derive(Default)]
struct Sent {
    requests: [usize; 2],
    writes: [usize; 2],
}

impl Sent {
    fn note(&mut self, at: usize, proxy: &Proxy) {
        let sent = proxy.carried_out();
        self.requests[at] = sent.len();
        self.writes[at] = sent.iter().filter(|it| is_write(it)).count();
    }

    /// A fault before each request, and one after each write: what is only read leaves nothing.
    fn faults(&self) -> impl Iterator<Item = (&'static str, Fault)> {
        let most = |sent: [usize; 2]| 1..=sent[0].max(sent[1]);
        let before = most(self.requests).map(|n| ("before", Fault::request(Kind::HoldBefore, n)));
        before.chain(most(self.writes).map(|n| ("after", Fault::write(Kind::HoldAfter, n))))
    }

    /// `fault`, at the last request of the upload when it has fewer.
    fn within(&self, fault: Fault, at: usize) -> Fault {
        let n = fault.first.min(if fault.writes { self.writes[at] } else { self.requests[at] });
        Fault { first: n, last: n, ..fault }
    }
}

/// What an undisturbed trial leaves after the first and the second upload, and what it sends.
struct Undisturbed {
    states: [Value; 2],
    prefect: Sent,
    blob: Sent,
}

async fn undisturbed(server: &'static Server, name: &str) -> Undisturbed {
    let trial = Trial::start(name, server, azurite().await).await;
    let states = [Value::Null, Value::Null];
    let mut want = Undisturbed { states, prefect: Sent::default(), blob: Sent::default() };
    for (at, second) in [false, true].into_iter().enumerate() {
        trial.prefect.carried_out();
        trial.blob.carried_out();
        trial.upload(second).await;
        trial.host.settled().await.unwrap();
        want.prefect.note(at, &trial.prefect);
        want.blob.note(at, &trial.blob);
        want.states[at] = trial.state().await;
        trial.rests().await;
    }
    assert_eq!(want.states[0]["deployments"][0]["schedules"].as_array().unwrap().len(), 2);
    let writes = want.prefect.writes;
    assert!(writes[0] >= 5, "a pool, a block, a flow, two deployments: {writes:?}");
    want
}

/// Both uploads, each killed at `fault`, of Blob or of Prefect.
async fn kill(trial: Trial, want: &Undisturbed, fault: Fault, to_blob: bool) {
    let (proxy, sent) =
        if to_blob { (&trial.blob, &want.blob) } else { (&trial.prefect, &want.prefect) };
    for (at, second) in [false, true].into_iter().enumerate() {
        trial.upload(second).await;
        trial.killed(proxy, sent.within(fault, at)).await;
        assert_eq!(trial.state().await, want.states[at], "{}, upload {at}", trial.name);
        trial.rests().await;
    }
}

async fn killed_at_every_request(server: &'static Server, prefix: &str) {
    let want = &undisturbed(server, &format!("{prefix}-whole")).await;
    let prefect = want.prefect.faults().map(|it| (it, false));
    let blob = want.blob.faults().map(|it| (it, true));
    let trials = prefect.chain(blob).map(|((text, fault), to_blob)| async move {
        let n = fault.first;
        let name = format!("{prefix}-{text}-{n}{}", if to_blob { "-blob" } else { "" });
        let trial = Trial::start(&name, server, azurite().await).await;
        kill(trial, want, fault, to_blob).await;
    });
    futures::stream::iter(trials).buffer_unordered(AT_ONCE).collect::<Vec<()>>().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_any_request_the_next_try_ends_the_same_on_3_9() {
    killed_at_every_request(three().await, "kill-three").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_any_request_the_next_try_ends_the_same_on_2_20() {
    killed_at_every_request(two().await, "kill-two").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_meets_the_lease_of_a_killed_handler_comes_back_after_it() {
    let trial = Trial::start("lease", three().await, azurite().await).await;
    trial.prefect.set(Some(Fault::write(Kind::HoldAfter, 3)));
    trial.upload(false).await;
    let kill = async {
        trial.prefect.reached().await;
        trial.host.kill().await;
    };
    let (pumped, ()) = tokio::join!(trial.host.pump(), kill);
    pumped.unwrap();
    trial.host.settled().await.unwrap();
    trial.state().await;
    trial.rests().await;
}

/// One upload with passing trouble at its `n`-th request to Prefect.
async fn troubled(trial: Trial, want: &Undisturbed, kind: Kind, n: usize) {
    trial.prefect.set(Some(Fault::request(kind, n)));
    trial.upload(false).await;
    trial.host.settled().await.unwrap();
    assert!(trial.prefect.was_reached(), "{}", trial.name);
    assert_eq!(trial.state().await, want.states[0], "{}", trial.name);
    trial.rests().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn passing_trouble_with_any_request_to_prefect_changes_nothing_of_the_end() {
    let server = three().await;
    let want = &undisturbed(server, "trouble-whole").await;
    // an answer and a cut for each, in turn: one place in the client deals with them all
    let odd = [(Kind::Answer(503), "503"), (Kind::CutAfter, "cut-after")];
    let even = [(Kind::Answer(429), "429"), (Kind::CutBefore, "cut-before")];
    let trials = (1..=want.prefect.requests[0]).flat_map(|n| {
        let kinds = if n % 2 == 1 { odd } else { even };
        kinds.map(|kind| (n, kind))
    });
    let trials = trials.map(|(n, (kind, text))| async move {
        let name = format!("trouble-{text}-{n}");
        let trial = Trial::start(&name, server, azurite().await).await;
        troubled(trial, want, kind, n).await;
    });
    futures::stream::iter(trials).buffer_unordered(AT_ONCE).collect::<Vec<()>>().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_burst_of_too_many_requests_slows_and_never_fails() {
    let server = three().await;
    let want = undisturbed(server, "burst-whole").await;
    let trial = Trial::start("burst", server, azurite().await).await;
    let burst = Fault { kind: Kind::Answer(429), writes: false, first: 3, last: 42 };
    trial.prefect.set(Some(burst));
    trial.upload(false).await;
    trial.host.pump().await.unwrap();
    assert!(trial.prefect.was_reached());
    assert_eq!(trial.state().await, want.states[0]);
    trial.rests().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_whose_time_is_up_ends_between_two_writes_and_its_next_try_does_the_rest() {
    let short = [("SYNC_FUNCTION_TIMEOUT_SECONDS", "120")];
    let it = Installation::start("faults-deadline", three().await, &short).await;
    let one = |at: usize| json!({"name": format!("d{at}"), "entrypoint": "flow.py:main", "work_pool": {"name": "faults-deadline"}});
    let yaml = json!({"deployments": (0..30).map(one).collect::<Vec<_>>()}).to_string();
    // a minute is kept for the host: there is time for less than half of them
    let slow = Fault { kind: Kind::Late(5), writes: true, first: 1, last: usize::MAX };
    it.proxy.set(Some(slow));
    it.put("sales", &yaml, &flow(it.name)).await;
    it.host.pump().await.unwrap();
    let first = it.writes().len();
    assert!((1..25).contains(&first), "{first} writes");
    assert!(it.host.log().unwrap().contains("not done, sent again"));
    it.proxy.set(None);
    it.host.settled().await.unwrap();
    let made = it.writes().into_iter().filter(|it| it == "POST /api/deployments/").count();
    assert!((1..30).contains(&made), "{made} of 30 were left");
    let filter = json!({"flows": {"name": {"any_": [it.name]}}});
    let live = it.server.post("/deployments/filter", filter).await.unwrap();
    assert_eq!(live.as_array().unwrap().len(), 30);
    assert_eq!(it.host.poisoned().await.unwrap().count().await.unwrap(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn refused_credentials_are_tried_once_and_told_to_a_person() {
    let trial = Trial::start("denied", three().await, azurite().await).await;
    let denied = |first| Fault { kind: Kind::Answer(401), writes: true, first, last: usize::MAX };
    for fault in [Fault { writes: false, ..denied(1) }, denied(1), denied(3)] {
        trial.prefect.set(Some(fault));
        trial.upload(false).await;
        trial.host.pump().await.unwrap();
        assert!(trial.prefect.was_reached());
        assert_eq!(trial.host.queue.count().await.unwrap(), 0);
        assert_eq!(trial.host.poisoned().await.unwrap().count().await.unwrap(), 0);
        let receipt = trial.document("receipts/latest.json").await;
        assert_eq!(receipt["outcome"], "failed", "{receipt}");
        assert!(receipt["etag"].is_string(), "{receipt}");
        assert!(receipt.to_string().contains("401"), "{receipt}");
    }
    let log = trial.host.log().unwrap();
    let errors: Vec<&str> = log.lines().filter(|it| it.contains(r#""level":"ERROR""#)).collect();
    assert_eq!(errors.len(), 3, "{log}");
    assert!(
        errors.iter().all(|it| it.contains("a person must look") && it.contains("401")),
        "{log}"
    );
    trial.prefect.set(None);
    trial.event().await;
    trial.host.settled().await.unwrap();
    trial.state().await;
    trial.rests().await;
}
