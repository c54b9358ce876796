//! Copies of our connection string in blocks of workers and agents follow the account's key.

use serde_json::{Value, json};
use world::prefect::Server;

use crate::installation::Installation;
use crate::servers::{azurite, three, two};

/// The account's key before it was rotated.
const OLD: &str = "b2xkLWNhbmFyeS1rZXk=";
/// Of workers, and of agents.
const COPIES: [(&str, &str); 2] = [
    ("azure-blob-storage-credentials", "connection_string"),
    ("azure", "azure_storage_connection_string"),
];
/// Prefect 3 has no agents, and no storage blocks of theirs.
const THREE: &[(&str, &str)] = COPIES.split_at(1).0;

/// Saves the block `name` with `text` in `field`.
async fn save(server: &Server, (r#type, field): (&str, &str), name: &str, text: &str) {
    let known = server.get(&format!("/block_types/slug/{type}")).await.unwrap();
    let of = json!({"block_schemas": {"block_type_id": {"any_": [known["id"]]}}});
    let schema = server.post("/block_schemas/filter", of).await.unwrap()[0]["id"].clone();
    let data = json!({(field): text, "bucket_path": "kept"});
    let body = json!({"name": name, "data": data, "block_type_id": known["id"], "block_schema_id": schema});
    server.post("/block_documents/", body).await.unwrap();
}

async fn data(server: &Server, r#type: &str, name: &str) -> Value {
    let path = format!("/block_types/slug/{type}/block_documents/name/{name}?include_secrets=true");
    server.get(&path).await.unwrap()["data"].clone()
}

async fn copies_follow(name: &'static str, server: &'static Server, copies: &[(&str, &str)]) {
    let ours = &azurite().await.connection;
    let key = ours.split(';').find_map(|it| it.strip_prefix("AccountKey=")).unwrap();
    let old = ours.replace(key, OLD);
    let theirs = "AccountName=somebodys;AccountKey=b2xkLWNhbmFyeS1rZXk=";
    let (rotated, foreign) = (format!("{name}-rotated"), format!("{name}-foreign"));
    for &copy in copies {
        save(server, copy, &rotated, &old).await;
        save(server, copy, &foreign, theirs).await;
    }
    for (block, want) in [(&rotated, ours.as_str()), (&foreign, theirs)] {
        let settings =
            [("SYNC_CREDENTIALS_BLOCK", block.as_str()), ("SYNC_STORAGE_BLOCK", block.as_str())];
        let it = Installation::start(name, server, &settings).await;
        it.timer().await;
        for (r#type, field) in copies {
            let data = data(server, r#type, block).await;
            assert_eq!(data, json!({(*field): want, "bucket_path": "kept"}), "{type}/{block}");
        }
        it.proxy.take();
        it.timer().await;
        assert_eq!(it.writes(), [""; 0], "they are up to date, or somebody's own");
        let log = it.host.log().unwrap();
        assert!(!log.contains(OLD) && !log.contains(key), "{log}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rotated_key_of_the_account_reaches_the_blocks_that_hold_a_copy_on_3_9() {
    copies_follow("copies-three", three().await, THREE).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rotated_key_of_the_account_reaches_the_blocks_that_hold_a_copy_on_2_20() {
    copies_follow("copies-two", two().await, &COPIES).await;
}
