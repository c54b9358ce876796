//! What `apply` registers is what `prefect deploy` of the same version registers, except where we want it otherwise.

mod projects;
mod wanted;

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use world::prefect::Server;
use world::product;

use crate::servers::{three, two};
use projects::{ENVIRONMENT, PROJECTS, Project, copy, prepare};

/// Members that name a record and not what is in it.
const NAMES: [&str; 10] = [
    "id",
    "created",
    "updated",
    "created_by",
    "updated_by",
    "flow_id",
    "deployment_id",
    "work_queue_id",
    "last_polled",
    "status",
];

#[tokio::test(flavor = "multi_thread")]
async fn apply_registers_what_prefect_deploy_3_9_registers() {
    compare(three().await, "3.9").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn apply_registers_what_prefect_deploy_2_20_registers() {
    compare(two().await, "2.20").await;
}

async fn compare(server: &Server, version: &str) {
    prepare(server).await.unwrap();
    let mut unwanted = Vec::new();
    let mut used = Vec::new();
    for project in PROJECTS.iter().filter(|it| it.versions.contains(&version)) {
        let dir = copy(project).unwrap();
        deploy(server, project, &dir);
        let theirs = take(server, project).await;
        apply(server, project, &dir);
        let ours = take(server, project).await;
        assert!(!theirs.is_empty(), "{}: prefect deploy registered nothing", project.name);
        for (path, theirs, ours) in differences(&json!(theirs), &json!(ours)) {
            let path = format!("{}{path}", project.name);
            match wanted::reason(&path, &theirs, &ours) {
                Some(reason) => used.push(reason),
                None => unwanted.push(format!("{path}: {theirs} -> {ours}")),
            }
        }
    }
    assert_eq!(unwanted, [""; 0], "Prefect {version}");
    for reason in wanted::REASONS.iter().filter(|it| it.versions.contains(&version)) {
        assert!(used.contains(&reason.why), "no project shows this any more: {}", reason.why);
    }
}

fn deploy(server: &Server, project: &Project, dir: &tempfile::TempDir) {
    let folder = dir.path().join(project.name).join(project.folder);
    server.prefect(&folder, &["--no-prompt", "deploy", "--all"], &ENVIRONMENT).unwrap();
}

fn apply(server: &Server, project: &Project, dir: &tempfile::TempDir) {
    let allowed = ENVIRONMENT.map(|it| it.0).join(",");
    let mut environment = vec![("PREFECT_API_URL", server.api.as_str()), ("SYNC_ENV", &allowed)];
    environment.extend(ENVIRONMENT);
    let folder = dir.path().join(project.name);
    let arguments = ["apply", folder.to_str().unwrap(), "--bundle", project.name];
    let output = product::run(&arguments, &environment).unwrap();
    let text = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(output.status.success(), "{}: {text}", project.name);
}

/// The deployments of the project's flows with their automations, without ids and times; removed from the server.
async fn take(server: &Server, project: &Project) -> BTreeMap<String, Value> {
    let flows = json!({"flows": {"name": {"like_": project.name}}});
    let flows = server.post("/flows/filter", flows).await.unwrap();
    let flows: BTreeMap<String, String> = flows
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (text(it, "id"), text(it, "name")))
        .filter(|(_, name)| project.owns(name))
        .collect();
    let ids: Vec<&String> = flows.keys().collect();
    let filter = json!({"flows": {"id": {"any_": ids}}});
    let records = server.post("/deployments/filter", filter).await.unwrap();
    let mut out = BTreeMap::new();
    for record in records.as_array().unwrap() {
        let id = text(record, "id");
        let key = format!("{}/{}", flows[&text(record, "flow_id")], text(record, "name"));
        let mut kept = nameless(record);
        if let Some(schedules) = kept.get_mut("schedules").and_then(Value::as_array_mut) {
            schedules.sort_by_key(|it| it["schedule"].to_string());
        }
        kept["automations"] = automations(server, &id).await;
        out.insert(key, kept);
        server.delete(&format!("/deployments/{id}")).await.unwrap();
    }
    out
}

async fn automations(server: &Server, deployment: &str) -> Value {
    let path = format!("/automations/related-to/prefect.deployment.{deployment}");
    let Ok(found) = server.get(&path).await else { return Value::Null };
    let mut kept = Map::new();
    for it in found.as_array().unwrap() {
        server.delete(&format!("/automations/{}", text(it, "id"))).await.unwrap();
        kept.insert(text(it, "name"), in_order(nameless(it)));
    }
    kept.into()
}

/// The sets of a trigger come in any order.
fn in_order(value: Value) -> Value {
    match value {
        Value::Object(map) => map.into_iter().map(|(key, it)| (key, in_order(it))).collect(),
        Value::Array(items) => {
            let mut items: Vec<Value> = items.into_iter().map(in_order).collect();
            if items.iter().all(Value::is_string) {
                items.sort_by_key(ToString::to_string);
            }
            items.into()
        }
        other => other,
    }
}

fn text(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_default().to_owned()
}

fn nameless(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let kept = map.iter().filter(|(key, _)| !NAMES.contains(&key.as_str()));
            kept.map(|(key, it)| (key.clone(), nameless(it))).collect::<Map<_, _>>().into()
        }
        Value::Array(items) => items.iter().map(nameless).collect(),
        other => other.clone(),
    }
}

/// Every place in which two values differ, as `/path/to/it`, with both values; null stands for nothing.
pub(crate) fn differences(theirs: &Value, ours: &Value) -> Vec<(String, Value, Value)> {
    let mut out = Vec::new();
    match (theirs, ours) {
        (Value::Object(a), Value::Object(b)) => {
            let keys: std::collections::BTreeSet<&String> = a.keys().chain(b.keys()).collect();
            for key in keys {
                let of = |map: &Map<String, Value>| map.get(key).cloned().unwrap_or_default();
                let inner = differences(&of(a), &of(b));
                out.extend(inner.into_iter().map(|(path, a, b)| (format!("/{key}{path}"), a, b)));
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (at, (a, b)) in a.iter().zip(b).enumerate() {
                let inner = differences(a, b);
                out.extend(inner.into_iter().map(|(path, a, b)| (format!("/{at}{path}"), a, b)));
            }
        }
        (a, b) if a != b => out.push((String::new(), a.clone(), b.clone())),
        _ => {}
    }
    out
}
