//! What the operator's settings say of secrets.

use std::io::Write as _;

use serde_json::{Value, json};
use world::vault::{Draft, Operation};

use super::{CANARY, Rotation, draft, tagged};
use crate::installation::flow;
use crate::servers::{three, two};

/// The ids and names of the blocks of that type whose names begin so.
async fn blocks(it: &Rotation, r#type: &str, start: &str) -> Vec<(Value, String)> {
    let path = format!("/block_types/slug/{type}/block_documents");
    let all = it.it.server.get(&path).await.unwrap();
    let of = |it: &Value| (it["id"].clone(), it["name"].as_str().unwrap().to_owned());
    let found = all.as_array().unwrap().iter().map(of);
    found.filter(|it| it.1.starts_with(start)).collect()
}

async fn names(it: &Rotation) -> Vec<String> {
    let found = blocks(it, "secret", it.name).await;
    found.into_iter().map(|it| it.1).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn all_secrets_count_or_those_whose_names_begin_so() {
    for (name, selection, want) in [
        ("chosen-tagged", "tagged", &["chosen-tagged-c"][..]),
        (
            "chosen-start",
            "chosen-start-b*",
            &["chosen-start-b", "chosen-start-b2", "chosen-start-c"],
        ),
        ("chosen-all", "all", &["chosen-all-a", "chosen-all-b", "chosen-all-b2", "chosen-all-c"]),
    ] {
        let it = Rotation::with(name, three().await, &[("SYNC_SECRETS", selection)]).await;
        for secret in ["a", "b", "b2"] {
            it.vault.put(&format!("{name}-{secret}"), draft("one")).unwrap();
        }
        it.vault.put(&format!("{name}-c"), tagged("one")).unwrap();
        it.it.timer().await;
        assert_eq!(names(&it).await, want, "{selection}");
        let read = it.vault.asked(Operation::Value);
        assert!(read.len() >= want.len() && !read.is_empty(), "{read:?}");
        let asks = |secret: &str| read.contains(&format!("{name}-{secret}"));
        assert_eq!(asks("a"), selection == "all", "a value that does not count is not read");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_says_where_secrets_go_that_nobody_may_tag() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    let table = "[listed-db]\nblock = \"listed-warehouse\"\n[listed-key]\nblock = \"listed\"\n\
         type = \"azure-blob-storage-credentials\"\nfield = \"connection_string\"\n[listed-kee]\n";
    file.write_all(table.as_bytes()).unwrap();
    let setting = [("SYNC_SECRETS_FILE", file.path().to_str().unwrap())];
    let it = Rotation::with("listed", three().await, &setting).await;
    // its word counts instead of tags
    it.vault.put("listed-db", tagged("one").tag("prefect-block", "listed-elsewhere")).unwrap();
    it.vault.put("listed-key", draft("key")).unwrap();
    it.vault.put("listed-not", draft("no")).unwrap();
    it.it.timer().await;
    assert_eq!(names(&it).await, ["listed-warehouse"]);
    assert_eq!(it.data("secret/listed-warehouse").await["value"], format!("{CANARY} one"));
    let credentials = it.data("azure-blob-storage-credentials/listed").await;
    assert_eq!(credentials["connection_string"], format!("{CANARY} key"));
    let slip = it.row("listed-kee").await["problem"].to_string();
    assert!(slip.contains("no such secret; did you mean `listed-key`?"), "{slip}");

    it.rotate("listed-db", draft("two")).await;
    assert_eq!(it.data("secret/listed-warehouse").await["value"], format!("{CANARY} two"));
    it.hides().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_block_goes_with_its_secret_where_a_setting_names_it_and_nothing_uses_it() {
    for (name, server) in [("over-3", three().await), ("over-2", two().await)] {
        let of = |it: &str| format!("{name}-{it}");
        let named = format!("secret/{},secret/{}", of("named"), of("used"));
        let it = Rotation::with(name, server, &[("SYNC_SECRETS_DELETE", &named)]).await;
        for secret in ["named", "used", "other"] {
            it.vault.put(&of(secret), tagged("one")).unwrap();
        }
        it.it.timer().await;
        let yaml = format!(
            "deployments:\n- name: daily\n  entrypoint: flow.py:main\n  work_pool:\n    name: over\n    job_variables:\n      \
             env: {{DB: \"{{{{ prefect.blocks.secret.{name}-used }}}}\"}}\n"
        );
        it.it.upload("etl", &yaml, &flow(name)).await;
        for secret in ["named", "used", "other"] {
            it.vault.delete(&of(secret)).unwrap();
        }
        it.vault.settle();
        it.it.timer().await;
        assert_eq!(names(&it).await.len(), 3, "not at first sight");
        it.it.timer().await;
        assert_eq!(names(&it).await, [of("other"), of("used")]);
        assert_eq!(it.row(&of("named")).await, Value::Null);
        let why = it.row(&of("used")).await;
        assert!(why.to_string().contains(&format!("{name}/daily")), "{why}");
    }
}

/// The storage block has `key`, which `secret` brought, and its other field is as it was.
async fn holds(it: &Rotation, secret: &str, key: &str) {
    let data = it.data("azure/storage-2-flows").await;
    let row = it.row(secret).await;
    assert_eq!(data["azure_storage_connection_string"], key, "{row}");
    assert_eq!(data["bucket_path"], "code/flows", "only the mapped field changes");
}

#[tokio::test(flavor = "multi_thread")]
async fn on_prefect_2_a_secret_is_the_key_of_a_storage_block() {
    let it = Rotation::start("storage-2", two().await).await;
    let to = |draft: Draft| {
        draft.tag("prefect-block-type", "azure").tag("prefect-block", "storage-2-flows")
    };
    let fields = |key: &str| {
        let value = json!({"bucket_path": "code/flows", "azure_storage_connection_string": key});
        Draft {
            content_type: Some("application/json".to_owned()),
            ..Draft::new(&value.to_string())
        }
    };
    let key = |value: &str| format!("AccountName=one;AccountKey={CANARY}{value}");
    it.rotate("storage-2-made", to(fields(&key("MQ==")))).await;
    holds(&it, "storage-2-made", &key("MQ==")).await;

    // one field of it, of another secret
    it.vault.update("storage-2-made", |it| it.disabled = true).unwrap();
    it.vault.delete("storage-2-made").unwrap();
    it.vault.settle();
    it.it.timer().await;
    let one =
        to(Draft::new(&key("Mg=="))).tag("prefect-block-field", "azure_storage_connection_string");
    it.rotate("storage-2-key", one).await;
    holds(&it, "storage-2-key", &key("Mg==")).await;
    let load = "import json, sys\nfrom prefect.filesystems import Azure\n\
        block = Azure.load(sys.argv[1])\n\
        print(json.dumps([block.bucket_path, block.azure_storage_connection_string.get_secret_value()]))";
    let loaded = it.it.server.script(load, &["storage-2-flows"]).unwrap();
    assert_eq!(loaded, json!(["code/flows", key("Mg==")]), "as an agent does");
    it.hides().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_block_that_a_person_made_in_the_place_of_ours_is_theirs() {
    for (name, server) in [("anew-3", three().await), ("anew-2", two().await)] {
        let it = Rotation::start(name, server).await;
        it.rotate(name, tagged("one")).await;
        let (id, _) = blocks(&it, "secret", name).await.remove(0);
        server.delete(&format!("/block_documents/{}", id.as_str().unwrap())).await.unwrap();
        server.block("secret", name, json!({"value": "theirs"})).await.unwrap();
        it.rotate(name, tagged("two")).await;
        it.it.timer().await;
        assert_eq!(it.data(&format!("secret/{name}")).await["value"], "theirs");
        let why = it.row(name).await["problem"].to_string();
        assert!(why.contains("made anew by somebody else"), "{why}");

        let all = json!({"all": true, "adopt": true});
        it.it.host.redeploy(&all.to_string()).await.unwrap();
        it.it.host.settled().await.unwrap();
        assert_eq!(it.data(&format!("secret/{name}")).await["value"], format!("{CANARY} two"));
        it.it.proxy.take();
        it.it.timer().await;
        assert_eq!(it.writes(), [""; 0], "it is ours again");
    }
}
