//! Whatever happens to one request, the next pass ends where an undisturbed one ends.

use futures::StreamExt as _;
use serde_json::Value;
use world::prefect::Server;
use world::proxy::{Fault, Kind, is_write};

use crate::servers::{azurite, three, two};
use crate::trial::Trial;

/// Trials at once: each is a handler of its own.
const AT_ONCE: usize = 4;

/// What an undisturbed trial leaves after the first and the second upload, and what it sends.
struct Undisturbed {
    states: [Value; 2],
    /// Writes to Prefect.
    prefect: [usize; 2],
    /// Writes to Blob.
    blob: [usize; 2],
    /// Requests to Prefect for the first upload.
    requests: usize,
}

async fn undisturbed(server: &'static Server, name: &str) -> Undisturbed {
    let trial = Trial::start(name, server, azurite().await).await;
    let mut want = Undisturbed {
        states: [Value::Null, Value::Null],
        prefect: [0; 2],
        blob: [0; 2],
        requests: 0,
    };
    for (at, second) in [false, true].into_iter().enumerate() {
        trial.prefect.carried_out();
        trial.blob.carried_out();
        trial.upload(second).await;
        trial.host.settled().await.unwrap();
        let sent = trial.prefect.carried_out();
        want.prefect[at] = sent.iter().filter(|it| is_write(it)).count();
        want.requests = want.requests.max(sent.len());
        want.blob[at] = trial.blob.carried_out().iter().filter(|it| is_write(it)).count();
        want.states[at] = trial.state().await;
        trial.rests().await;
    }
    assert_eq!(want.states[0]["deployments"][0]["schedules"].as_array().unwrap().len(), 2);
    assert!(want.prefect[0] >= 5, "a pool, a block, a flow, two deployments: {:?}", want.prefect);
    want
}

/// Both uploads, each killed at its `n`-th write (the last one when there are fewer) to Blob or to Prefect.
async fn kill(trial: Trial, want: &Undisturbed, kind: Kind, n: usize, to_blob: bool) {
    let (proxy, writes) =
        if to_blob { (&trial.blob, want.blob) } else { (&trial.prefect, want.prefect) };
    for (at, second) in [false, true].into_iter().enumerate() {
        trial.upload(second).await;
        trial.killed(proxy, kind, n.min(writes[at])).await;
        assert_eq!(trial.state().await, want.states[at], "{}, upload {at}", trial.name);
        trial.rests().await;
    }
}

async fn killed_at_every_write(server: &'static Server, prefix: &str) {
    let want = &undisturbed(server, &format!("{prefix}-whole")).await;
    let most = |writes: [usize; 2]| writes[0].max(writes[1]);
    let prefect = (1..=most(want.prefect)).map(|n| (n, false));
    let blob = (1..=most(want.blob)).map(|n| (n, true));
    let both = [(Kind::HoldBefore, "before"), (Kind::HoldAfter, "after")];
    let trials = prefect.chain(blob).flat_map(|it| both.map(|kind| (it, kind)));
    let trials = trials.map(|((n, to_blob), (kind, text))| async move {
        let name = format!("{prefix}-{text}-{n}{}", if to_blob { "-blob" } else { "" });
        let trial = Trial::start(&name, server, azurite().await).await;
        kill(trial, want, kind, n, to_blob).await;
    });
    futures::stream::iter(trials).buffer_unordered(AT_ONCE).collect::<Vec<()>>().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_before_or_after_any_write_the_next_try_ends_the_same_on_3_9() {
    killed_at_every_write(three().await, "kill-three").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_before_or_after_any_write_the_next_try_ends_the_same_on_2_20() {
    killed_at_every_write(two().await, "kill-two").await;
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
    let trials = (1..=want.requests).flat_map(|n| {
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
