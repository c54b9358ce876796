//! Key Vault's events -> blocks, on real Prefect servers; a stand-in speaks as Key Vault does.

mod canaries;
mod settings;
mod table;

use std::time::Duration;

use serde_json::{Value, json};
use world::prefect::Server;
use world::process::until;
use world::proxy::{Fault, Kind};
use world::vault::{Draft, Operation, Trouble, Vault, Vaults};

use crate::installation::Installation;
use crate::servers::{three, two};

/// What no log, document or event may have.
const CANARY: &str = "canary-7d20be";

/// An installation with a vault of its own.
struct Rotation {
    it: Installation,
    vault: Vault,
    /// That of the vault, and what names begin with.
    name: &'static str,
}

impl Rotation {
    async fn start(name: &'static str, server: &'static Server) -> Self {
        Self::with(name, server, &[]).await
    }

    async fn with(name: &'static str, server: &'static Server, more: &[(&str, &str)]) -> Self {
        let vault = Vaults::start().await.unwrap().vault(name);
        let settings = vault.settings();
        let settings: Vec<_> = settings.iter().map(|(name, it)| (*name, it.as_str())).collect();
        let settings = [settings.as_slice(), more].concat();
        Self { it: Installation::start(name, server, &settings).await, vault, name }
    }

    /// A new version, and its event.
    async fn rotate(&self, secret: &str, draft: Draft) {
        self.vault.put(secret, draft).unwrap();
        self.event(secret, "SecretNewVersionCreated").await;
    }

    async fn event(&self, secret: &str, kind: &str) {
        let event = world::events::of_secret(self.name, secret, kind);
        self.it.host.invoke("VaultEvents", event).await.unwrap();
        self.it.host.settled().await.unwrap();
    }

    async fn data(&self, address: &str) -> Value {
        let (r#type, name) = address.split_once('/').unwrap();
        let path =
            format!("/block_types/slug/{type}/block_documents/name/{name}?include_secrets=true");
        self.it.server.get(&path).await.unwrap()["data"].clone()
    }

    /// What the status says of `secret`.
    async fn row(&self, secret: &str) -> Value {
        let (_, all) = self.it.host.status(json!({})).await.unwrap();
        assert!(!all.to_string().contains(CANARY), "{all}");
        let rows = all["secrets"].as_array().unwrap();
        rows.iter().find(|it| it["secret"] == secret).cloned().unwrap_or_default()
    }

    fn writes(&self) -> Vec<String> {
        let writes = self.it.proxy.writes().into_iter();
        writes.filter(|it| it.contains("block_documents")).collect()
    }

    /// Nothing that the process said or keeps has the canary.
    async fn hides(&self) {
        let log = self.it.host.log().unwrap();
        assert!(!log.contains(CANARY), "the log");
        let receipts = &self.it.host.stores.receipts;
        let items = receipts.list("").await.unwrap();
        assert!(items.iter().any(|it| it.key == ".secrets/state.json"));
        for item in items {
            let found = receipts.read(&item.key, 1 << 20).await.unwrap();
            let text = String::from_utf8(found.unwrap().0).unwrap();
            assert!(!text.contains(CANARY), "{}", item.key);
        }
    }

    /// The names and payloads of our events about `secret`, once there are `count`.
    async fn events(&self, secret: &str, count: usize) -> Vec<Value> {
        let resource = format!("prefect-azure-sync.secret.{}/{secret}", self.name);
        let filter = json!({"filter": {"resource": {"id": [resource]}, "order": "ASC"}});
        until("the events", Duration::from_mins(1), || async {
            let found = self.it.server.post("/events/filter", filter.clone()).await.unwrap();
            let found = found["events"].as_array().unwrap().clone();
            (found.len() >= count).then_some(found)
        })
        .await
        .unwrap()
    }
}

fn draft(value: &str) -> Draft {
    Draft::new(&format!("{CANARY} {value}"))
}

/// For a block of its own name.
fn tagged(value: &str) -> Draft {
    draft(value).tag("prefect-block-type", "secret")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flow_of_a_stock_worker_loads_what_was_rotated_into_the_vault() {
    let it = Rotation::start("rotated", three().await).await;
    it.rotate("rotated-db", tagged("one")).await;
    it.rotate("rotated-db", tagged("two")).await;
    assert_eq!(it.data("secret/rotated-db").await["value"], format!("{CANARY} two"));

    let flow = "from prefect import flow\nfrom prefect.blocks.system import Secret\n\n\n@flow(name=\"rotated\", log_prints=True)\ndef main():\n    \
         print(Secret.load(\"rotated-db\").get())\n";
    let yaml = "deployments:\n- name: daily\n  entrypoint: flow.py:main\n  work_pool:\n    name: rotated\n    job_variables:\n      env: {DB: \"{{ prefect.blocks.secret.rotated-db }}\"}\n";
    it.it.upload("etl", yaml, flow).await;
    let live = it.it.server.deployment("rotated", "daily").await.unwrap();
    it.it.server.run(live["id"].as_str().unwrap(), "rotated", &[]).await.unwrap();
    let printed = it.it.server.logged(&live["id"], CANARY).await.unwrap();
    assert_eq!(printed, format!("{CANARY} two"));

    assert_eq!(it.row("rotated-db").await["used_by"], json!([]), "it came later");
    it.it.timer().await;
    let row = it.row("rotated-db").await;
    assert_eq!(row["used_by"], json!(["rotated/daily"]), "{row}");

    it.rotate("rotated-db", tagged("three")).await;
    let events = it.events("rotated-db", 3).await;
    let last = events.last().unwrap();
    assert_eq!(last["event"], "prefect-azure-sync.secret.rotated");
    assert_eq!(last["payload"]["used_by"], json!(["rotated/daily"]));
    let related = last["related"].to_string();
    assert!(related.contains(live["id"].as_str().unwrap()), "{related}");
    assert!(!json!(events).to_string().contains(CANARY));
}

async fn an_untouched_vault_is_not_read(it: Rotation) {
    // once the times of a change are old enough, they alone tell that nothing happened
    it.vault.pass(-300);
    for index in 0..30 {
        it.vault.put(&format!("{}-{index}", it.name), tagged("one")).unwrap();
    }
    it.vault.set("not-ours", CANARY).unwrap();
    it.it.timer().await;
    assert_eq!(it.vault.count(Operation::Value), 30);
    it.vault.forget();
    it.it.proxy.take();
    it.it.timer().await;
    assert_eq!(it.writes(), [""; 0]);
    let count =
        [Operation::Value, Operation::Versions, Operation::List].map(|of| it.vault.count(of));
    assert_eq!(count, [0, 0, 2], "two pages of the listing, and no value");
    it.vault.pass(5);
    it.vault.forget();
    it.vault.put(&format!("{}-7", it.name), tagged("two")).unwrap();
    it.it.timer().await;
    let read = it.vault.count(Operation::Value);
    assert!(
        (1..=3).contains(&read),
        "{read} of 30: one, and again where SQLite declined the write"
    );
    let value = it.data(&format!("secret/{}-7", it.name)).await["value"].clone();
    assert_eq!(value, format!("{CANARY} two"), "what no event told of");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_timer_finds_what_was_missed_and_reads_no_value_that_it_wrote() {
    an_untouched_vault_is_not_read(Rotation::start("missed", three().await).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_prefect_2_the_timer_finds_what_was_missed_and_reads_no_value_that_it_wrote() {
    an_untouched_vault_is_not_read(Rotation::start("missed-2", two().await).await).await;
}

/// Each state of a secret, by the event that comes with it, and what the block is then.
async fn states(it: Rotation) -> Rotation {
    it.rotate("state", tagged("one")).await;
    let now = jiff::Timestamp::now().as_second();
    let day = 86_400;
    let cases: [(&str, &str, Draft); 4] = [
        ("disabled", "SecretNewVersionCreated", Draft { disabled: true, ..tagged("no") }),
        (
            "not-yet-valid",
            "SecretNewVersionCreated",
            Draft { not_before: Some(now + day), ..tagged("no") },
        ),
        ("expired", "SecretExpired", Draft { expires: Some(now - day), ..tagged("no") }),
        ("current", "SecretNearExpiry", Draft { expires: Some(now + day), ..tagged("near") }),
    ];
    for (state, event, draft) in cases {
        it.vault.put("state", draft).unwrap();
        it.event("state", event).await;
        let row = it.row("state").await;
        assert_eq!(row["state"], state, "{row}");
        let want = if state == "current" { "near" } else { "one" };
        assert_eq!(it.data("secret/state").await["value"], format!("{CANARY} {want}"), "{state}");
    }
    assert!(it.row("state").await["expires"].is_string());
    it.vault.delete("state").unwrap();
    it.vault.settle();
    it.it.timer().await;
    assert_eq!(it.row("state").await["state"], "deleted");
    it.vault.recover("state").unwrap();
    it.vault.settle();
    it.it.proxy.take();
    it.it.timer().await;
    assert_eq!(it.row("state").await["state"], "current");
    assert_eq!(it.writes(), [""; 0], "it is the version that was written");
    it.vault.delete("state").unwrap();
    it.vault.settle();
    it.vault.purge("state").unwrap();
    it.vault.settle();
    // what was deleted just now is looked up the second time
    it.it.timer().await;
    it.it.timer().await;
    assert_eq!(it.row("state").await["state"], "purged");
    assert_eq!(it.data("secret/state").await["value"], format!("{CANARY} near"), "it stays");
    it
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_that_is_not_to_be_used_leaves_its_block_as_it_is() {
    let it = Rotation::start("states", three().await).await;
    let it = states(it).await;
    // the first version, the one that expires soon, and that; the one that expired
    let events = it.events("state", 4).await;
    let names: Vec<&str> = events.iter().map(|it| it["event"].as_str().unwrap()).collect();
    for name in ["expired", "near-expiry"] {
        let name = format!("prefect-azure-sync.secret.{name}");
        assert_eq!(names.iter().filter(|it| **it == name).count(), 1, "{names:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn on_prefect_2_a_secret_that_is_not_to_be_used_leaves_its_block_as_it_is() {
    states(Rotation::start("states-2", two().await).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vault_that_fails_changes_nothing_and_shows_nothing() {
    let it = Rotation::start("failing", three().await).await;
    it.rotate("failing-a", tagged("one")).await;
    let row = it.row("failing-a").await;
    for operation in [Operation::Versions, Operation::Value] {
        it.vault.put("failing-a", tagged("two")).unwrap();
        it.vault.fail(operation, Trouble::Denied, 100);
        it.event("failing-a", "SecretNewVersionCreated").await;
        assert_eq!(it.data("secret/failing-a").await["value"], format!("{CANARY} one"));
        it.vault.forget();
    }
    it.it.timer().await;
    assert_ne!(it.row("failing-a").await["version"], row["version"]);
    assert_eq!(it.data("secret/failing-a").await["value"], format!("{CANARY} two"));
    it.hides().await;
}

/// A field of a block that holds another block, which a person made.
async fn a_block_in_the_block_stays(it: Rotation) {
    let (server, name) = (it.it.server, it.name);
    let inner =
        server.block("azure-blob-storage-credentials", name, json!({"account_url": "https://a.b"}));
    let inner = inner.await.unwrap();
    let data = json!({"container_name": "kept", "base_folder": "old",
        "credentials": {"$ref": {"block_document_id": inner}}});
    server.block("azure-blob-storage-container", name, data).await.unwrap();
    let folder = |value: &str| {
        let draft = draft(value).tag("prefect-block-type", "azure-blob-storage-container");
        draft.tag("prefect-block", name).tag("prefect-block-field", "base_folder")
    };
    for value in ["one", "two"] {
        it.rotate(name, folder(value)).await;
        let data = it.data(&format!("azure-blob-storage-container/{name}")).await;
        assert_eq!(data["base_folder"], format!("{CANARY} {value}"));
        assert_eq!(data["container_name"], "kept");
        assert_eq!(data["credentials"]["account_url"], "https://a.b", "{data}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_block_in_the_block_stays_on_3_9() {
    let adopt = [("SYNC_ADOPT", "true")];
    a_block_in_the_block_stays(Rotation::with("inner-3", three().await, &adopt).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_block_in_the_block_stays_on_2_20() {
    let adopt = [("SYNC_ADOPT", "true")];
    a_block_in_the_block_stays(Rotation::with("inner-2", two().await, &adopt).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_block_whose_creation_got_no_answer_is_ours_all_the_same() {
    for (name, server) in [("unanswered-3", three().await), ("unanswered-2", two().await)] {
        let it = Rotation::start(name, server).await;
        it.it.proxy.set(Some(Fault::write(Kind::CutAfter, 1)));
        it.rotate(name, tagged("one")).await;
        assert!(it.it.proxy.was_reached());
        it.it.proxy.set(None);
        assert_eq!(it.writes()[0], "POST /api/block_documents/");
        it.rotate(name, tagged("two")).await;
        assert_eq!(it.data(&format!("secret/{name}")).await["value"], format!("{CANARY} two"));
        assert_eq!(it.row(name).await["problem"], Value::Null);
    }
}
