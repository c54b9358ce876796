//! `triggers` of a deployment, on real servers.

mod python;

use serde_json::{Value, json};
use world::bundles;
use world::host::Host;
use world::prefect::Server;
use world::proxy::{Fault, Kind, Proxy};

use crate::servers::{azurite, three, two};
use handler::stores::Condition;

/// A flow of the name `name` with one deployment; `triggers` as YAML below it.
fn bundle(name: &str, triggers: &str) -> Vec<u8> {
    let yaml = format!(
        "deployments:\n- name: daily\n  entrypoint: flow.py:main\n  work_pool: {{name: triggered}}\n{triggers}"
    );
    let flow = format!(
        "from prefect import flow\n\n@flow(name='{name}')\ndef main(file: str = ''):\n    pass\n"
    );
    bundles::zip_of(&[("prefect.yaml", &yaml), ("flow.py", &flow)]).unwrap()
}

const TWO: &str = "  triggers:\n  - {name: on-upload, expect: [b, a], match: {prefect.resource.id: 'x.*'}, within: PT1M, parameters: {file: '{{ event.id }}'}}\n  - {name: quiet, posture: Proactive, expect: [beat], within: 3600}\n";

async fn host(api: &str) -> Host {
    host_with(api, "30").await
}

/// One that gives each request so many seconds.
async fn host_with(api: &str, timeout: &str) -> Host {
    let settings = [
        ("SYNC_PREFECT_TIMEOUT_SECONDS", timeout),
        ("PREFECT_API_URL", api),
        ("SYNC_CREATE_POOLS", "true"),
        ("SYNC_POOL_TYPE", "process"),
        ("SYNC_CREDENTIALS_COPY", "true"),
        ("SYNC_CREDENTIALS_BLOCK", "sync-triggers"),
    ];
    Host::start(azurite().await, &settings).await.unwrap()
}

async fn upload(host: &Host, name: &str, triggers: &str) {
    let blob = format!("{name}.zip");
    let written = host.stores.bundles.write(&blob, bundle(name, triggers), Condition::Any).await;
    let event = world::events::blob_created(&blob, &written.unwrap());
    host.events(&[event]).await.unwrap();
    host.settled().await.unwrap();
}

async fn receipt(host: &Host, bundle: &str) -> Value {
    let key = format!("{bundle}/receipts/latest.json");
    let (bytes, _) = host.stores.receipts.read(&key, 1 << 20).await.unwrap().unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

/// The automations of the deployment, by name.
async fn automations(server: &Server, name: &str) -> Value {
    let live = server.deployment(name, "daily").await.unwrap();
    let path =
        format!("/automations/related-to/prefect.deployment.{}", live["id"].as_str().unwrap());
    let found = server.get(&path).await.unwrap();
    let named = found.as_array().unwrap().iter();
    named.map(|it| (it["name"].as_str().unwrap().to_owned(), it.clone())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn automations_are_made_kept_changed_in_place_and_removed() {
    let server = three().await;
    let proxy = Proxy::start(&server.api).await.unwrap();
    let host = host(&proxy.api).await;
    let name = "triggered-flow";
    upload(&host, name, TWO).await;
    let made = automations(server, name).await;
    assert_eq!(made["on-upload"]["trigger"]["within"], 60.0, "{made}");
    assert_eq!(made["on-upload"]["actions"][0]["parameters"], json!({"file": "{{ event.id }}"}));
    assert_eq!(made["quiet"]["trigger"]["posture"], "Proactive");

    proxy.take();
    upload(&host, name, TWO).await;
    assert_eq!(proxy.writes(), [""; 0], "nothing differs");

    // somebody switches it off, and its author changes it
    let id = made["on-upload"]["id"].as_str().unwrap();
    server.patch(&format!("/automations/{id}"), json!({"enabled": false})).await.unwrap();
    upload(&host, name, &TWO.replace("PT1M", "PT2M")).await;
    let changed = automations(server, name).await;
    let have = &changed["on-upload"];
    assert_eq!((&have["id"], &have["enabled"]), (&json!(id), &json!(false)));
    assert_eq!(have["trigger"]["within"], 120.0);

    // one that a person made for the same deployment is theirs
    let live = server.deployment(name, "daily").await.unwrap();
    let mut theirs = changed["quiet"].clone();
    theirs["name"] = json!("theirs");
    theirs["owner_resource"] =
        json!(format!("prefect.deployment.{}", live["id"].as_str().unwrap()));
    for key in ["id", "created", "updated"] {
        theirs.as_object_mut().unwrap().remove(key);
    }
    server.post("/automations/", theirs).await.unwrap();
    upload(&host, name, "").await;
    let left = automations(server, name).await;
    assert_eq!(left.as_object().unwrap().keys().collect::<Vec<_>>(), ["theirs"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_automation_that_is_switched_off_before_it_is_written_stays_off() {
    let server = three().await;
    let proxy = Proxy::start(&server.api).await.unwrap();
    let host = host_with(&proxy.api, "10").await;
    let name = "triggered-switched";
    upload(&host, name, TWO).await;
    let made = automations(server, name).await;
    let path = format!("/automations/{}", made["on-upload"]["id"].as_str().unwrap());
    assert_eq!(made["on-upload"]["enabled"], true);
    // the plan has seen it by then: its deployment is written first, and asked for again after the timeout
    proxy.set(Some(Fault::write(Kind::HoldBefore, 1)));
    let switched = async {
        proxy.reached().await;
        server.patch(&path, json!({"enabled": false})).await.unwrap();
    };
    let changed = format!("  description: two\n{}", TWO.replace("PT1M", "PT2M"));
    tokio::join!(upload(&host, name, &changed), switched);
    let have = automations(server, name).await["on-upload"].clone();
    assert_eq!(have["trigger"]["within"], 120.0, "{have}");
    assert_eq!(have["enabled"], false, "{have}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_automations_takes_the_deployment_and_says_what_is_missing() {
    let server = two().await;
    let host = host(&server.api).await;
    let name = "triggered-flow-2";
    upload(&host, name, TWO).await;
    server.deployment(name, "daily").await.unwrap();
    let receipt = receipt(&host, name).await;
    assert!(receipt.to_string().contains("PREFECT_EXPERIMENTAL_EVENTS=true"), "{receipt}");
    assert_eq!(receipt["outcome"], "applied");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_archives_of_one_bundle_are_held_with_a_receipt() {
    let host = host(&three().await.api).await;
    for blob in ["twice.zip", "twice.tgz"] {
        let bytes = bundle("twice", "");
        let written = host.stores.bundles.write(blob, bytes, Condition::Any).await.unwrap();
        host.events(&[world::events::blob_created(blob, &written)]).await.unwrap();
    }
    host.settled().await.unwrap();
    let receipt = receipt(&host, "twice").await;
    assert_eq!(receipt["outcome"], "held");
    assert_eq!(receipt["diagnostics"][0]["code"], "two-archives", "{receipt}");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_an_automation_that_two_made_at_once_one_is_left() {
    let server = three().await;
    let host = host(&server.api).await;
    let name = "twice-triggered";
    upload(&host, name, TWO).await;
    let first = automations(server, name).await["on-upload"].clone();
    let mut second = first.clone();
    for given in ["id", "created", "updated"] {
        second.as_object_mut().unwrap().remove(given);
    }
    let second = server.post("/automations/", second).await.unwrap();
    let changed = TWO.replace("PT1M", "PT2M");
    upload(&host, name, &changed).await;
    assert_eq!(automations(server, name).await["on-upload"]["id"], first["id"]);
    let gone = server.get(&format!("/automations/{}", second["id"].as_str().unwrap())).await;
    assert!(gone.is_err(), "{gone:?}");
}

/// What a person sends who renames the automation `it` as `name`.
fn renamed(it: &Value, name: &str) -> Value {
    let mut body = it.clone();
    for key in ["id", "created", "updated", "owner_resource", "account", "workspace"] {
        body.as_object_mut().unwrap().remove(key);
    }
    body["name"] = json!(name);
    body
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_person_makes_of_an_automation_of_ours_is_undone_in_place() {
    let server = three().await;
    let proxy = Proxy::start(&server.api).await.unwrap();
    let host = host(&proxy.api).await;
    let name = "edited-triggers";
    upload(&host, name, TWO).await;
    let made = automations(server, name).await;
    let path = |given: &str| format!("/automations/{}", made[given]["id"].as_str().unwrap());
    for (given, edited) in [("on-upload", "renamed"), ("quiet", "quiet")] {
        let mut body = renamed(&made[given], edited);
        body["actions"].as_array_mut().unwrap().push(json!({"type": "do-nothing"}));
        server.put(&path(given), body).await.unwrap();
    }
    let edited = server.get(&path("on-upload")).await.unwrap();
    assert_eq!(edited["name"], "renamed");

    proxy.take();
    upload(&host, name, TWO).await;
    let after = automations(server, name).await;
    assert_eq!(after.as_object().unwrap().len(), 2, "{after}");
    for given in ["on-upload", "quiet"] {
        assert_eq!(after[given]["id"], made[given]["id"]);
        assert_eq!(after[given]["actions"].as_array().unwrap().len(), 1, "{after}");
    }
    let sent = proxy.writes();
    let changed: Vec<_> =
        sent.iter().filter(|it| it.starts_with("PUT /api/automations/")).collect();
    let others = sent.iter().filter(|it| !it.contains("/automations/"));
    assert_eq!(changed.len(), 2, "each was changed once: {sent:?}");
    assert!(others.clone().all(|it| it.ends_with("/events")), "{sent:?}");

    // one that is declared no more goes, whatever its name is by now
    server.put(&path("quiet"), renamed(&after["quiet"], "quieter")).await.unwrap();
    upload(&host, name, "").await;
    for given in ["on-upload", "quiet"] {
        let left = server.get(&path(given)).await;
        assert!(left.is_err(), "{left:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deployment_that_a_person_removed_comes_back_with_its_automation() {
    let server = three().await;
    let host = host(&server.api).await;
    let name = "triggered-again";
    let trigger = "  triggers:\n  - {name: again, expect: [a.b]}\n";
    upload(&host, name, trigger).await;
    let before = automations(server, name).await["again"]["id"].clone();
    let id = server.deployment(name, "daily").await.unwrap()["id"].clone();
    server.delete(&format!("/deployments/{}", id.as_str().unwrap())).await.unwrap();
    upload(&host, name, trigger).await;
    let after = automations(server, name).await["again"].clone();
    assert_ne!(after["actions"][0]["deployment_id"], id, "{after}");
    let filter = json!({"automations": {"name": {"any_": ["again"]}}});
    let all = server.post("/automations/filter", filter).await.unwrap();
    assert_eq!(all.as_array().unwrap().len(), 1, "that of {before} is gone: {all}");
    assert_eq!(all[0]["id"], after["id"]);
}
