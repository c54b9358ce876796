//! What is not written, since the wait for its moment would be too long.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::json;
use world::process::until;

use super::Running;
use crate::servers::{three, two};

#[tokio::test(flavor = "multi_thread")]
async fn a_start_that_comes_too_soon_puts_a_write_off_on_3_9() {
    let short = [("SYNC_WRITE_WINDOW_SECONDS", "40"), ("SYNC_WRITE_WAIT_SECONDS", "3")];
    let it = Running::start("runs-short", three().await, &short).await;
    let (run, _) = it.soon().await;
    it.proxy.take();
    it.upload("second").await;
    let receipt = it.put_off().await;
    assert_eq!(it.proxy.writes(), [""; 0]);
    assert!(receipt.to_string().contains("is due too soon"), "{receipt}");
    it.host.settled().await.unwrap();
    assert_eq!(it.live().await["description"], "second", "its job came again");
    assert!(it.has(&run).await, "the run was not deleted");
    it.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_starts_more_often_than_the_window_is_long_is_written_and_the_run_at_risk_is_named() {
    let often = "interval: 12, anchor_date: '2026-01-01T00:00:00Z'";
    let it = Running::start_at(often, "runs-crowded", three().await, &[]).await;
    until("a run", Duration::from_secs(90), || async { it.runs().await.pop() }).await.unwrap();
    it.write("second").await;
    let told = it.plan().await;
    it.event().await;
    it.host.settled().await.unwrap();
    assert_eq!(it.live().await["description"], "second");
    assert!(told.contains("it starts more often than every 15 s"), "{told}");
    let log = it.host.log().unwrap();
    assert!(log.contains("this run may be lost"), "{log}");
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

    it.settled_and_served().await;
    assert!(it.has(&run).await, "it is not deleted either");
    assert_eq!(it.live().await["description"], "second");
    assert_ne!(it.receipt().await["outcome"], "deferred");
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
