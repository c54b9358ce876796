//! No value of the vault, key or password is in anything that is said, kept, queued or told, whatever fails.

mod planted;
mod sought;

use serde_json::json;
use world::proxy::{Fault, Kind};
use world::vault::{Operation, Trouble};

use planted::{Planted, SHAPES};

/// Those that are written; the others are faulty.
const GOOD: [&str; 5] = ["plain", "lines", "json", "connection", "object"];

impl Planted {
    fn put_all(&self, version: usize) {
        for shape in SHAPES {
            self.put(shape.0, version);
        }
    }

    async fn are_written(&self, version: usize) {
        for shape in GOOD {
            self.is_written(shape, version).await;
        }
    }
}

/// Whether the process may not write a core, nor be allowed to.
fn leaves_no_core(id: &str) -> bool {
    let limits = std::fs::read_to_string(format!("/proc/{id}/limits")).unwrap();
    let core = limits.lines().find(|it| it.starts_with("Max core file size")).unwrap();
    core.split_whitespace().skip(4).take(2).eq(["0", "0"])
}

#[tokio::test(flavor = "multi_thread")]
async fn no_secret_is_in_what_is_said_kept_queued_or_told() {
    let it = Planted::start("canaries", &[]).await;
    let host = &it.rotation.it.host;
    it.put_all(1);
    host.invoke("Reconcile", json!({"IsPastDue": false})).await.unwrap();
    assert_eq!(it.messages(&host.queue).await, 2, "for the secrets, and for the rest");
    host.settled().await.unwrap();
    it.are_written(1).await;

    let yaml = format!(
        "deployments:\n- name: daily\n  entrypoint: flow.py:main\n  work_pool:\n    name: canaries\n    job_variables:\n      env: {{DB: \"{{{{ prefect.blocks.secret.{} }}}}\"}}\n",
        it.name("plain")
    );
    it.rotation.it.upload("etl", &yaml, &crate::installation::flow("canaries")).await;
    it.put_all(2);
    for shape in SHAPES {
        let event =
            world::events::of_secret("canaries", &it.name(shape.0), "SecretNewVersionCreated");
        host.invoke("VaultEvents", event).await.unwrap();
    }
    assert_eq!(it.messages(&host.queue).await, SHAPES.len());
    host.settled().await.unwrap();
    it.are_written(2).await;
    let events = it.rotation.events(&it.name("plain"), 2).await;
    assert_eq!(events[1]["payload"]["used_by"], json!(["canaries/daily"]));

    it.put_all(3);
    for output in ["text", "json"] {
        for command in [["secrets", "--dry-run"].as_slice(), &["secrets"], &["status"]] {
            let said = it.command(&[command, &["-o", output]].concat());
            assert!(said.contains(&it.name("no-field")), "{command:?}: {said}");
        }
    }
    it.are_written(3).await;
    it.hides().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pass_that_fails_at_any_request_is_completed_by_the_next_and_shows_nothing() {
    let it = Planted::start("canaries-cut", &[]).await;
    let proxy = &it.rotation.it.proxy;
    it.put_all(1);
    it.timer().await;
    it.put("lines", 2);
    proxy.take();
    it.event("lines").await;
    let requests = proxy.carried_out().len();
    assert!(requests >= 8, "types, blocks, schemas, write, time, two of users, event: {requests}");
    let mut version = 2;
    for request in 1..=requests {
        for kind in [Kind::CutAfter, Kind::Echo(500)] {
            version += 1;
            it.put("lines", version);
            proxy.set(Some(Fault::request(kind, request)));
            it.event("lines").await;
            assert!(proxy.was_reached(), "{kind:?} at {request}");
            proxy.set(None);
            it.keeps_none().await;
            it.timer().await;
            it.is_written("lines", version).await;
        }
    }
    it.hides().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vault_that_fails_at_any_operation_shows_nothing() {
    let it = Planted::start("canaries-vault", &[]).await;
    let vault = &it.rotation.vault;
    it.put_all(1);
    it.timer().await;
    vault.delete(&it.name("json")).unwrap();
    vault.settle();
    it.timer().await;
    let said = it.canary("plain");
    let troubles = [
        Trouble::Denied,
        Trouble::Answer(400, json!({"error": {"code": "Oops", "message": said}}).to_string()),
        Trouble::Answer(200, json!({"value": said, "id": 5}).to_string()),
        Trouble::Link(format!("https://{said}.vault.azure.net/secrets")),
    ];
    let mut version = 1;
    for operation in [Operation::List, Operation::Versions, Operation::Value, Operation::Deleted] {
        for trouble in &troubles {
            version += 1;
            it.put("plain", version);
            vault.fail(operation, trouble.clone(), 100);
            it.timer().await;
            assert!(vault.count(operation) > 0, "{operation:?}");
            vault.forget();
            it.keeps_none().await;
            it.timer().await;
            it.is_written("plain", version).await;
        }
    }
    it.hides().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_is_killed_amid_a_write_shows_nothing() {
    let given_up = ("AzureFunctionsJobHost__extensions__queues__maxDequeueCount", "1");
    let it = Planted::start("canaries-killed", &[given_up]).await;
    let (host, proxy) = (&it.rotation.it.host, &it.rotation.it.proxy);
    it.put_all(1);
    it.timer().await;
    for (version, crashes, signal) in [(2, 1, "KILL"), (3, 2, "ABRT")] {
        it.put("lines", version);
        proxy.set(Some(Fault::write(Kind::HoldBefore, 1)));
        let killed = async {
            proxy.reached().await;
            let id = host.id().await.to_string();
            assert!(leaves_no_core(&id), "its environment and the value would be in it");
            let kill = std::process::Command::new("kill").args(["-s", signal, &id]).status();
            assert!(kill.unwrap().success());
        };
        tokio::join!(it.event("lines"), killed);
        proxy.set(None);
        host.restart().await.unwrap();
        host.end_lease(".secrets").await.unwrap();
        let poison = host.poisoned().await.unwrap();
        assert_eq!(poison.count().await.unwrap(), crashes, "the job was given up");
        it.timer().await;
        it.is_written("lines", version).await;
    }
    let poison = it.rotation.it.host.poisoned().await.unwrap();
    assert_eq!(it.messages(&poison).await, 2);
    it.hides().await;
}
