//! Secrets -> blocks, on real servers.

use serde_json::{Value, json};
use tempfile::TempDir;
use world::prefect::Server;
use world::product;
use world::proxy::Proxy;

use crate::servers::{three, two};

/// What no output may have.
const CANARY: &str = "canary-3f9a1c";

/// A folder with a file of secrets, and a server behind a proxy.
struct Folder {
    dir: TempDir,
    server: &'static Server,
    proxy: Proxy,
}

impl Folder {
    async fn start(server: &'static Server) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let proxy = Proxy::start(&server.api).await.unwrap();
        Self { dir, server, proxy }
    }

    fn write(&self, toml: &str) {
        std::fs::write(self.dir.path().join("secrets.toml"), toml).unwrap();
    }

    /// Exit code and document of `secrets` with `more`; the canary is in neither stream.
    fn run(&self, more: &[&str]) -> (i32, Value) {
        let settings = [("PREFECT_API_URL", self.proxy.api.as_str())];
        let dir = self.dir.path().to_str().unwrap();
        let arguments = [&["secrets", "--local", dir, "-o", "json"], more].concat();
        let output = product::run(&arguments, &settings).unwrap();
        let texts = [&output.stdout, &output.stderr].map(|it| String::from_utf8_lossy(it));
        assert!(!texts.iter().any(|it| it.contains(CANARY)), "{texts:?}");
        let document = serde_json::from_str(&texts[0]).ok();
        assert!(document.is_some(), "{texts:?}");
        let code = output.status.code().unwrap();
        (code, document.unwrap_or_default())
    }

    /// How the steps ended: `action name: outcome`.
    fn ended(&self, more: &[&str]) -> Vec<String> {
        let (_, document) = self.run(more);
        let line = |it: &Value| {
            let text = |name: &str| it[name].as_str().unwrap_or_default().to_owned();
            let outcome = it["outcome"]["result"].as_str().unwrap_or("planned");
            format!("{} {}: {outcome}", text("action"), text("name"))
        };
        document["steps"].as_array().unwrap().iter().map(line).collect()
    }

    fn writes(&self) -> Vec<String> {
        self.proxy.writes()
    }

    async fn block(&self, address: &str) -> Value {
        let (r#type, name) = address.split_once('/').unwrap();
        let path =
            format!("/block_types/slug/{type}/block_documents/name/{name}?include_secrets=true");
        self.server.get(&path).await.unwrap()
    }

    async fn data(&self, address: &str) -> Value {
        self.block(address).await["data"].clone()
    }

    fn status(&self) -> Value {
        let settings = [("PREFECT_API_URL", self.proxy.api.as_str())];
        let dir = self.dir.path().to_str().unwrap();
        let output = product::run(&["status", "--local", dir, "-o", "json"], &settings).unwrap();
        serde_json::from_slice::<Value>(&output.stdout).unwrap()["secrets"].clone()
    }
}

/// A secret with a canary in its value, for the block `name`.
fn tagged(name: &str, value: &str) -> String {
    format!("[{name}]\nvalue = \"{CANARY} {value}\"\ntags = {{ prefect-block = \"{name}\" }}\n")
}

async fn a_secret_is_written_once(server: &'static Server, name: &str) {
    let it = Folder::start(server).await;
    it.write(&tagged(name, "one"));
    let planned = it.ended(&["--dry-run"]);
    assert_eq!(planned, [format!("create secret/{name}.value: planned")]);
    assert_eq!(it.writes(), [""; 0], "a plan writes nothing");

    assert_eq!(it.ended(&[]), [format!("create secret/{name}.value: done")]);
    let data = it.data(&format!("secret/{name}")).await;
    assert_eq!(data, json!({"value": format!("{CANARY} one")}));
    it.proxy.take();
    assert_eq!(it.ended(&[]), [format!("keep secret/{name}.value: unchanged")]);
    assert_eq!(it.writes(), [""; 0], "nothing differs");

    it.write(&tagged(name, "two"));
    assert_eq!(it.ended(&[]), [format!("update secret/{name}.value: done")]);
    let data = it.data(&format!("secret/{name}")).await;
    assert_eq!(data, json!({"value": format!("{CANARY} two")}));
    let writes = it.writes();
    assert_eq!(writes.iter().filter(|it| it.contains("block_documents")).count(), 1, "{writes:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_is_written_once_and_again_when_it_is_rotated() {
    a_secret_is_written_once(three().await, "written-once").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_prefect_2_a_secret_is_written_once_and_again_when_it_is_rotated() {
    a_secret_is_written_once(two().await, "written-once").await;
}

async fn saved(server: &Server, r#type: &str, name: &str, data: Value) -> String {
    let known = server.get(&format!("/block_types/slug/{type}")).await.unwrap();
    let of = json!({"block_schemas": {"block_type_id": {"any_": [known["id"]]}}});
    let schema = server.post("/block_schemas/filter", of).await.unwrap()[0]["id"].clone();
    let body = json!({"name": name, "data": data, "block_type_id": known["id"], "block_schema_id": schema});
    server.post("/block_documents/", body).await.unwrap()["id"].as_str().unwrap().to_owned()
}

async fn only_the_mapped_field_changes(server: &'static Server) {
    let it = Folder::start(server).await;
    let (r#type, name) = ("azure-blob-storage-container", "one-field");
    let data = json!({"container_name": "kept", "base_folder": "old"});
    saved(server, r#type, name, data).await;
    let toml = |value: &str| {
        format!(
            "[one-field]\nvalue = \"{CANARY}-{value}\"\ntags = {{ prefect-block-type = \"{type}\", prefect-block-field = \"base_folder\" }}\n"
        )
    };
    it.write(&toml("a"));
    assert_eq!(it.run(&[]).0, 6, "it is not ours");
    let address = format!("{type}/{name}");
    assert_eq!(it.data(&address).await["base_folder"], "old");
    let (_, document) = it.run(&["--dry-run"]);
    let why = document["diagnostics"][0]["message"].as_str().unwrap();
    assert!(why.contains("exists and is not ours"), "{why}");

    assert_eq!(it.run(&["--adopt"]).0, 0);
    let data = it.data(&address).await;
    let want = json!({"container_name": "kept", "base_folder": format!("{CANARY}-a")});
    assert_eq!(data, want);
    it.write(&toml("b"));
    assert_eq!(it.run(&[]).0, 0, "it is ours now");
    let want = json!({"container_name": "kept", "base_folder": format!("{CANARY}-b")});
    assert_eq!(it.data(&address).await, want);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_mapped_field_of_a_block_that_was_taken_over_changes() {
    only_the_mapped_field_changes(three().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_prefect_2_only_the_mapped_field_of_a_block_that_was_taken_over_changes() {
    only_the_mapped_field_changes(two().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_block_that_somebody_changed_or_deleted_is_repaired() {
    let it = Folder::start(three().await).await;
    it.write(&tagged("repaired", "kept"));
    it.run(&[]);
    let id = it.block("secret/repaired").await["id"].as_str().unwrap().to_owned();
    let changed = json!({"data": {"value": "by hand"}});
    it.server.patch(&format!("/block_documents/{id}"), changed).await.unwrap();
    assert_eq!(it.ended(&[]), ["update secret/repaired.value: done"]);
    assert_eq!(it.data("secret/repaired").await["value"], format!("{CANARY} kept"));
    assert_eq!(it.ended(&[]), ["keep secret/repaired.value: unchanged"]);

    it.server.delete(&format!("/block_documents/{id}")).await.unwrap();
    assert_eq!(it.ended(&[]), ["create secret/repaired.value: done"]);
    assert_eq!(it.data("secret/repaired").await["value"], format!("{CANARY} kept"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_that_is_not_to_be_used_leaves_its_block_and_the_status_says_so() {
    let it = Folder::start(three().await).await;
    let first = tagged("left", "one");
    let states = [
        ("enabled = false", "disabled"),
        ("not-before = 2999-01-01T00:00:00Z", "not-yet-valid"),
        ("expires = 2001-01-01T00:00:00Z", "expired"),
    ];
    it.write(&first);
    it.run(&[]);
    for (line, state) in states {
        it.write(&format!("{}{line}\n", tagged("left", state)));
        it.proxy.take();
        assert_eq!(it.run(&[]).0, 0, "{state}");
        assert_eq!(it.status()[0]["state"], state);
        let written: Vec<String> =
            it.writes().into_iter().filter(|it| it.contains("block_documents")).collect();
        assert_eq!(written, [""; 0], "{state}");
    }
    it.write("");
    it.run(&[]);
    assert_eq!(it.status()[0]["state"], "deleted");
    assert_eq!(it.data("secret/left").await["value"], format!("{CANARY} one"));
    it.write(&first);
    assert_eq!(it.ended(&[]), ["keep secret/left.value: unchanged"], "it was recovered");
    assert_eq!(it.status()[0]["state"], "current");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_that_looks_like_json_is_a_text_and_the_status_warns() {
    let it = Folder::start(three().await).await;
    let tags = "tags = { prefect-block-quote = \"true\" }\n";
    it.write(&format!(
        "[json-object]\nvalue = '{{\"user\": \"{CANARY}\"}}'\ncontent-type = \"application/json\"\ntags = {{ prefect-block = \"json-object\" }}\n\
         [json-number]\nvalue = '123'\ntags = {{ prefect-block = \"json-number\" }}\n[json-quoted]\nvalue = '123'\n{tags}"
    ));
    assert_eq!(it.run(&[]).0, 0);
    let value = it.data("secret/json-object").await["value"].clone();
    assert_eq!(value, format!(r#"{{"user": "{CANARY}"}}"#), "one string");
    let masked = it.server.get("/block_types/slug/secret/block_documents/name/json-object").await;
    assert_eq!(masked.unwrap()["data"]["value"], "********");
    let status = it.status();
    let warned: Vec<bool> =
        status.as_array().unwrap().iter().map(|it| it["warning"].is_string()).collect();
    assert_eq!(warned, [true, true, false]);
    let load = "import json, sys\nfrom prefect.blocks.system import Secret\n\
        print(json.dumps([Secret.load(it).get() for it in sys.argv[1:]]))";
    let loaded = it.server.script(load, &["json-number", "json-quoted"]).unwrap();
    assert_eq!(loaded, json!([123, "123"]), "as the status says");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_no_secret_has_is_told_with_the_near_miss() {
    let it = Folder::start(three().await).await;
    it.write(&tagged("named-once", "one"));
    let (code, document) = it.run(&["named-onec"]);
    assert_eq!(code, 2);
    let told = document["diagnostics"].to_string();
    assert!(told.contains("no secret `named-onec`; did you mean `named-once`?"), "{told}");
    assert_eq!(it.writes(), [""; 0]);
    assert_eq!(it.run(&["named-once"]).0, 0);
    it.write("");
    assert_eq!(it.run(&["named-once"]).0, 0, "one that is gone is known");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_written_is_said_for_all_secrets_at_once_and_the_others_are_written() {
    let it = Folder::start(three().await).await;
    let typed =
        |name: &str, more: &str| format!("[{name}]\nvalue = \"{CANARY}\"\ntags = {{ {more} }}\n");
    it.write(
        &[
            tagged("cannot-good", "one"),
            typed("cannot-type", "prefect-block-type = \"aws-credentialz\""),
            typed(
                "cannot-field",
                "prefect-block-type = \"azure-blob-storage-credentials\", prefect-block-field = \"conection_string\"",
            ),
            typed("cannot-a", "prefect-block = \"cannot-both\""),
            typed("cannot-b", "prefect-block = \"cannot-both\""),
        ]
        .concat(),
    );
    let (code, document) = it.run(&[]);
    assert_eq!(code, 6);
    let messages: Vec<String> = document["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["message"].as_str().unwrap().to_owned())
        .collect();
    let all = messages.join("\n");
    for want in [
        "no block type `aws-credentialz`; did you mean `aws-credentials`?",
        "did you mean `connection_string`?",
        "`cannot-a` and `cannot-b` both go to secret/cannot-both.value",
    ] {
        assert!(all.contains(want), "{want}: {all}");
    }
    assert_eq!(it.data("secret/cannot-good").await["value"], format!("{CANARY} one"));
    let rows = it.status();
    let problems = rows.as_array().unwrap().iter().filter(|it| it["problem"].is_string()).count();
    assert_eq!(problems, 4, "{rows}");
}
