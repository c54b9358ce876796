//! `serve --local`: a watched folder.

use std::net::TcpListener;
use std::path::Path;
use std::process::Output;

use serde_json::{Value, json};
use world::bundles;
use world::process::{Running, free_port, http, until};
use world::product;

use super::{LIMIT, sigterm};
use crate::servers::three;

/// A folder with the bundle `name`, whose deployments are `name` and `name-too`.
pub(super) struct Folder {
    pub(super) dir: tempfile::TempDir,
    pub(super) port: u16,
    instance: &'static str,
    /// More settings.
    pub(super) more: Vec<(String, String)>,
}

impl Folder {
    pub(super) fn new(instance: &'static str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("bundles")).unwrap();
        Self { dir, port: free_port().unwrap(), instance, more: Vec::new() }
    }

    pub(super) fn put(&self, name: &str) {
        let zip = bundles::hello(|yaml| {
            yaml.replace("name: daily", &format!("name: {name}"))
                .replace("name: on-demand", &format!("name: {name}-too"))
        });
        let path = self.dir.path().join("bundles").join(format!("{name}.zip"));
        std::fs::write(path, zip.unwrap()).unwrap();
    }

    fn settings<'a>(&'a self, api: &'a str) -> Vec<(&'a str, &'a str)> {
        let ours = [
            ("PREFECT_API_URL", api),
            ("SYNC_INSTANCE", self.instance),
            ("SYNC_CREATE_POOLS", "true"),
            ("SYNC_POOL_TYPE", "process"),
            ("SYNC_RECONCILE_SECONDS", "10"),
        ];
        let more = self.more.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        ours.into_iter().chain(more).collect()
    }

    pub(super) fn once(&self, api: &str) -> Output {
        once(self.dir.path(), &self.settings(api))
    }

    pub(super) async fn start(&self, api: &str) -> Running {
        let mut command = product::command(&self.settings(api)).unwrap();
        command.args(["serve", "--listen", &format!("127.0.0.1:{}", self.port), "--local"]);
        let running =
            Running::start(command.arg(self.dir.path()), &self.dir.path().join("log")).unwrap();
        let (client, url) = (http().unwrap(), format!("http://127.0.0.1:{}/healthz", self.port));
        until("serve", LIMIT, || async { client.get(&url).send().await.ok() }).await.unwrap();
        running
    }

    async fn redeploy(&self, body: Value) -> (u16, Value) {
        let url = format!("http://127.0.0.1:{}/api/redeploy", self.port);
        let answer = http().unwrap().post(url).json(&body).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    pub(super) fn log(&self) -> String {
        std::fs::read_to_string(self.dir.path().join("log")).unwrap()
    }

    pub(super) async fn says(&self, text: &str) {
        until(text, LIMIT, || async { self.log().contains(text).then_some(()) }).await.unwrap();
    }
}

fn once(folder: &Path, settings: &[(&str, &str)]) -> Output {
    product::run(&["serve", "--once", "--local", folder.to_str().unwrap()], settings).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_accepted_redeploy_outlives_a_stop_amid_a_job() {
    let server = three().await;
    let (theirs, ours) = (Folder::new("theirs"), Folder::new("ours"));
    for folder in [&theirs, &ours] {
        folder.put("kept");
    }
    assert!(theirs.once(&server.api).status.success());
    // takes connections and never answers
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut running = ours.start(&format!("http://{}/api", silent.local_addr().unwrap())).await;
    let (status, answer) = ours.redeploy(json!({"bundle": "kept", "adopt": true})).await;
    assert_eq!(status, 202, "{answer}");
    assert_eq!(sigterm(&mut running).await, 0);
    ours.once(&server.api);
    let live = server.deployment("hello", "kept").await.unwrap();
    assert_eq!(live["tags"], json!(["bundle:ours/kept", "demo"]));
    let left = std::fs::read_dir(ours.dir.path().join("receipts/.accepted")).unwrap();
    assert_eq!(left.count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_bundle_is_404_with_the_near_miss_and_a_dry_run_is_the_plan() {
    let folder = Folder::new("asked");
    let _running = folder.start(&three().await.api).await;
    folder.put("asked-etl");
    folder.says("asked-etl: applied").await;
    for body in [json!({"bundle": "askd-etl"}), json!({"bundle": "askd-etl", "dry_run": true})] {
        let (status, answer) = folder.redeploy(body).await;
        let want = "there is no bundle `askd-etl`; did you mean `asked-etl`?";
        assert_eq!((status, answer["error"].as_str()), (404, Some(want)));
    }
    let (status, plan) = folder.redeploy(json!({"bundle": "asked-etl", "dry_run": true})).await;
    assert_eq!((status, &plan["counts"]["create"]), (200, &json!(0)), "{plan}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_timer_finds_unchanged_is_not_said_again() {
    let folder = Folder::new("said");
    let bundles = folder.dir.path().join("bundles");
    std::fs::write(bundles.join("no id.zip"), "").unwrap();
    let held = bundles::hello(|yaml| yaml.replace("name: daily", "name: d\n  version: 1.0"));
    std::fs::write(bundles.join("said.zip"), held.unwrap()).unwrap();
    let _running = folder.start(&three().await.api).await;
    let receipt = folder.dir.path().join("receipts/said/receipts/latest.json");
    let finished = || async {
        let document: Value = serde_json::from_slice(&std::fs::read(&receipt).ok()?).ok()?;
        Some(document["finished"].clone())
    };
    let first = until("a receipt", LIMIT, finished).await.unwrap();
    let later = || async { finished().await.filter(|it| *it != first) };
    until("another receipt", LIMIT, later).await.unwrap();
    let log = folder.log();
    let times = |it: &str| log.matches(it).count();
    assert_eq!((times("no id.zip"), times("said: the bundle has errors")), (1, 1), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_is_made_with_a_word_and_in_no_folder_that_is_not_there() {
    let dir = tempfile::tempdir().unwrap();
    let settings = [("PREFECT_API_URL", three().await.api.as_str())];
    let made = once(&dir.path().join("new"), &settings);
    assert!(String::from_utf8_lossy(&made.stdout).contains("there is no such folder: it is made"));
    let refused = once(&dir.path().join("nowhere/new"), &settings);
    assert_eq!(refused.status.code(), Some(1));
    let text = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(text.contains("there is no folder"), "{text}");
    assert!(!dir.path().join("nowhere").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn one_pass_ends_with_the_code_of_what_went_wrong() {
    let server = three().await;
    let (theirs, ours) = (Folder::new("code-theirs"), Folder::new("code-ours"));
    theirs.put("coded");
    assert_eq!(theirs.once(&server.api).status.code(), Some(0));
    ours.put("coded");
    assert_eq!(ours.once(&server.api).status.code(), Some(6), "it is theirs");
    let held = bundles::hello(|yaml| yaml.replace("name: daily", "name: coded\n  version: 1.0"));
    std::fs::write(ours.dir.path().join("bundles/coded.zip"), held.unwrap()).unwrap();
    assert_eq!(ours.once(&server.api).status.code(), Some(3), "it has errors");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_pass_ends_with_a_document_on_a_clean_stdout_when_asked() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().to_str().unwrap();
    let settings = [("PREFECT_API_URL", three().await.api.as_str())];
    let output =
        product::run(&["serve", "--once", "-o", "json", "--local", path], &settings).unwrap();
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(document["apiVersion"], "prefect-azure-sync/v1");
    assert_eq!(document["verdict"], "done", "{document}");
}
