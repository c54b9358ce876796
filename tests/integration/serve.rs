//! `serve` with the queues of Azure Storage; with a folder in [`local`].

mod house;
mod http;
mod local;

use std::process::Command;
use std::time::Duration;

use handler::config::Config;
use handler::stores::{Condition, Stores};
use serde_json::{Value, json};
use world::bundles;
use world::prefect::{Server, THREE};
use world::process::{Running, free_port, http, until};
use world::product;
use world::queue::Queue;
use world::storage::Account;

use local::Folder;

use crate::servers::{azurite, three};

const LIMIT: Duration = Duration::from_mins(3);

/// A `serve` with containers and queues of its own.
struct Serve {
    settings: Vec<(String, String)>,
    stores: Stores,
    jobs: Queue,
    events: Queue,
    poison: Queue,
    port: u16,
    dir: tempfile::TempDir,
}

impl Serve {
    /// Containers and queues; nothing runs yet.
    async fn new(settings: &[(&str, &str)]) -> Self {
        let connection = azurite().await.connection.clone();
        let id = uuid::Uuid::new_v4();
        let mut all: Vec<(String, String)> =
            settings.iter().map(|it| (it.0.to_owned(), it.1.to_owned())).collect();
        for name in [
            "SYNC_BUNDLES_CONTAINER",
            "SYNC_RECEIPTS_CONTAINER",
            "SYNC_JOBS_QUEUE",
            "SYNC_EVENTS_QUEUE",
        ] {
            let kind = name.split('_').nth(1).unwrap().to_lowercase();
            all.push((name.to_owned(), format!("{kind}-{id}")));
        }
        for (name, value) in [("SYNC_CREATE_POOLS", "true"), ("SYNC_POOL_TYPE", "process")] {
            all.push((name.to_owned(), value.to_owned()));
        }
        all.push(("SyncStorage".to_owned(), connection.clone()));
        let lookup = |name: &str| all.iter().find(|it| it.0 == name).map(|it| it.1.clone());
        let stores = Stores::open(&Config::from_env(lookup).unwrap()).unwrap();
        stores.ensure().await.unwrap();
        let account = Account::of(azurite().await).unwrap();
        Self {
            stores,
            jobs: Queue::open(&account, &format!("jobs-{id}")).await.unwrap(),
            events: Queue::open(&account, &format!("events-{id}")).await.unwrap(),
            poison: Queue::open(&account, &format!("jobs-{id}-poison")).await.unwrap(),
            settings: all,
            port: free_port().unwrap(),
            dir: tempfile::tempdir().unwrap(),
        }
    }

    async fn start(&self) -> Running {
        let settings: Vec<(&str, &str)> =
            self.settings.iter().map(|it| (it.0.as_str(), it.1.as_str())).collect();
        let mut command = product::command(&settings).unwrap();
        command.args(["serve", "--listen", &format!("127.0.0.1:{}", self.port)]);
        let running = Running::start(&mut command, &self.dir.path().join("log")).unwrap();
        let client = http().unwrap();
        let url = format!("http://127.0.0.1:{}/healthz", self.port);
        until("serve", LIMIT, || async { client.get(&url).send().await.ok() }).await.unwrap();
        running
    }

    async fn upload(&self, blob: &str, content: Vec<u8>) {
        self.stores.bundles.write(blob, content, Condition::Any).await.unwrap();
    }
}

async fn appears(server: &Server, name: &str) -> Value {
    until(name, LIMIT, || async { server.deployment("hello", name).await.ok() }).await.unwrap()
}

/// Its exit code after SIGTERM; Kubernetes would kill it after 30 s, and slow machines are given more.
async fn sigterm(running: &mut Running) -> i32 {
    let pid = running.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    let end = tokio::time::Instant::now() + LIMIT;
    loop {
        if let Some(code) = running.ended() {
            return code;
        }
        assert!(tokio::time::Instant::now() < end, "it does not end");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// The example project as `.tar.gz`, with deployments `name` and `name-too`.
fn tarball(name: &str) -> Vec<u8> {
    let dir = tempfile::tempdir().unwrap();
    let yaml = std::fs::read_to_string(bundles::example().join("prefect.yaml")).unwrap();
    let yaml = yaml.replace("name: daily", &format!("name: {name}"));
    let yaml = yaml.replace("name: on-demand", &format!("name: {name}-too"));
    std::fs::create_dir(dir.path().join("flows")).unwrap();
    std::fs::write(dir.path().join("prefect.yaml"), yaml).unwrap();
    let flow = "flows/hello.py";
    std::fs::copy(bundles::example().join(flow), dir.path().join(flow)).unwrap();
    let tar = Command::new("tar").args(["-czf", "-", "-C"]).arg(dir.path()).arg(".").output();
    tar.unwrap().stdout
}

#[tokio::test(flavor = "multi_thread")]
async fn a_raw_event_registers_a_tarball_and_sigterm_ends_with_0() {
    let server = three().await;
    let serve = Serve::new(&[("PREFECT_API_URL", &server.api)]).await;
    let mut running = serve.start().await;
    serve.upload("tar/hello.tar.gz", tarball("tarball")).await;
    let container = serve.stores.bundles.name();
    let event = json!({"id": "e", "specversion": "1.0", "source": "s", "type": "Microsoft.Storage.BlobCreated",
        "subject": format!("/blobServices/default/containers/{container}/blobs/tar/hello.tar.gz"), "data": {"api": "PutBlob"}});
    // Event Grid may send the text as it is
    serve.events.put(&event.to_string()).await.unwrap();
    let live = appears(server, "tarball").await;
    let step =
        &live["pull_steps"][0]["prefect_azure.deployments.steps.pull_from_azure_blob_storage"];
    let folder = step["folder"].as_str().unwrap();
    let code = serve.stores.code.list(folder).await.unwrap();
    let files: Vec<&str> = code.iter().filter_map(|it| it.key.strip_prefix(folder)).collect();
    assert_eq!(files, ["flows/hello.py", "prefect.yaml"]);
    assert_eq!(sigterm(&mut running).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_accepted_redeploy_is_in_the_job_queue_and_without_it_none_is_accepted() {
    let serve = Serve::new(&[("PREFECT_API_URL", "http://127.0.0.1:9/api")]).await;
    let _running = serve.start().await;
    let client = http().unwrap();
    let redeploy = |body: Value| {
        let request = client.post(format!("http://127.0.0.1:{}/api/redeploy", serve.port));
        async move { request.json(&body).send().await.unwrap().status() }
    };
    assert_eq!(redeploy(json!({"bundle": "gone"})).await, 404);
    assert_eq!(redeploy(json!({"all": true})).await, 202);
    let log = serve.dir.path().join("log");
    until("the job", LIMIT, || async {
        std::fs::read_to_string(&log).ok().filter(|it| it.contains("0 bundles queued"))
    })
    .await
    .unwrap();
    until("the end of the message", LIMIT, || async {
        (serve.jobs.count().await.ok()? == 0).then_some(())
    })
    .await
    .unwrap();
    serve.jobs.remove().await.unwrap();
    assert_eq!(redeploy(json!({"all": true})).await, 503);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_was_received_too_often_is_kept_as_poison() {
    let serve = Serve::new(&[("PREFECT_API_URL", "http://127.0.0.1:9/api")]).await;
    let job =
        json!({"v": 1, "scope": "bundle", "id": "bad", "cause": "upload", "request": "poisonous"});
    let event = json!({"id": "e", "eventType": "Microsoft.Storage.BlobCreated"});
    // in base64 it is larger than a message may be: no queue takes it, nor does it come back for ever
    let large = json!({"id": "e".repeat(50_000), "eventType": "Microsoft.Storage.BlobCreated"});
    let events = &serve.events;
    for (queue, text) in [(&serve.jobs, job), (events, event), (events, large)] {
        queue.put(&text.to_string()).await.unwrap();
        for _ in 0..handler::serve::MAX_DEQUEUE {
            let messages = queue.get(1, LIMIT).await.unwrap();
            queue.release(&messages[0], Duration::ZERO).await.unwrap();
        }
    }
    let _running = serve.start().await;
    until("poison", LIMIT, || async {
        let left = serve.jobs.count().await.ok()? + serve.events.count().await.ok()?;
        (serve.poison.count().await.ok()? == 2 && left == 0).then_some(())
    })
    .await
    .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_with_a_password_and_csrf_protection_is_served_by_the_timer() {
    let settings = [
        ("PREFECT_SERVER_API_AUTH_STRING", "admin:canary-password"),
        ("PREFECT_SERVER_CSRF_PROTECTION_ENABLED", "true"),
    ];
    let server = Server::start_with(THREE, &settings, Some("admin:canary-password")).await.unwrap();
    let given = [
        ("PREFECT_API_URL", server.api.as_str()),
        ("PREFECT_API_AUTH_STRING", "admin:canary-password"),
    ];
    let serve = Serve::new(&given).await;
    serve.upload("locked/hello.tgz", tarball("locked")).await;
    let _running = serve.start().await;
    appears(&server, "locked").await;
    let log = std::fs::read_to_string(serve.dir.path().join("log")).unwrap();
    assert!(!log.contains("canary-password"), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_error_goes_to_stderr_without_the_word_that_demotes_it_and_the_rest_to_stdout() {
    let dir = tempfile::tempdir().unwrap();
    let bundles = dir.path().join("bundles");
    std::fs::create_dir(&bundles).unwrap();
    std::fs::write(bundles.join("Warn-me.zip"), bundles::zip_of(&[("a.txt", "")]).unwrap())
        .unwrap();
    let yaml = "deployments:\n- name: d\n  entrypoint: warnings.py:f\n";
    let bad = bundles::zip_of(&[("prefect.yaml", yaml)]).unwrap();
    std::fs::write(bundles.join("warn-me.zip"), bad).unwrap();
    let settings = [("PREFECT_API_URL", three().await.api.as_str())];
    let path = dir.path().to_str().unwrap();
    let output = product::run(&["serve", "--once", "--local", path], &settings).unwrap();
    let (out, errors) = (String::from_utf8(output.stdout), String::from_utf8(output.stderr));
    let (out, errors) = (out.unwrap(), errors.unwrap());
    let line = errors.lines().find(|it| it.contains("ERROR")).unwrap();
    let record: Value = serde_json::from_str(line).unwrap();
    assert!(record["message"].as_str().unwrap().starts_with("Warn-me: "), "{errors}");
    assert!(!line.to_lowercase().contains("warn"), "{errors}");
    assert!(!out.contains("ERROR") && !out.contains("\"WARN\""), "{out}");
}
