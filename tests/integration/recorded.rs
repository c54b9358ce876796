//! What `render` reads in a deployment file is what the real Prefect registers that runs it.

mod alike;
mod bodies;
mod goldens;
mod ours;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;
use world::oracle::{Case, Oracle};
use world::prefect::{Server, THREE, TWO};
use world::proxy::Proxy;

use bodies::{Fields, Registered};
use ours::Read;

/// `SQLite` has one writer: what the server does by itself makes the clients wait.
const QUIET: [(&str, &str); 6] = [
    ("PREFECT_API_SERVICES_SCHEDULER_ENABLED", "false"),
    ("PREFECT_API_SERVICES_LATE_RUNS_ENABLED", "false"),
    ("PREFECT_API_SERVICES_FOREMAN_ENABLED", "false"),
    ("PREFECT_API_SERVICES_TRIGGERS_ENABLED", "false"),
    ("PREFECT_API_SERVICES_EVENT_PERSISTER_ENABLED", "false"),
    ("PREFECT_API_SERVICES_CANCELLATION_CLEANUP_ENABLED", "false"),
];

#[tokio::test(flavor = "multi_thread")]
async fn deployment_files_register_as_under_prefect_3_9() {
    compare(THREE, "3.9").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn deployment_files_register_as_under_prefect_2_20() {
    compare(TWO, "2.20").await;
}

async fn compare(release: &'static str, version: &str) {
    // the blocks and pools that the cases need must meet nobody else's
    let server = Server::start_with(release, &QUIET, None).await.unwrap();
    let proxy = Proxy::start(&server.api).await.unwrap();
    let start = || Oracle::start(release, &server.api, &proxy.api).unwrap();
    let mut oracle = tokio::task::block_in_place(start);
    let wanted = |it: &&Case| it.servers.contains(version) && goldens::wanted(it);
    let cases: Vec<Case> = oracle.cases.iter().filter(wanted).cloned().collect();
    let mut wrong = Vec::new();
    for case in &cases {
        match recorded(&server, &proxy, &mut oracle, case).await {
            Ok(theirs) => {
                goldens::write(version, case, &theirs);
                wrong.extend(differences(case, version, &theirs));
            }
            Err(error) => wrong.push(format!("{}: {error:#}", case.name)),
        }
    }
    let summary = format!("Prefect {version}: {} in {} files", wrong.len(), cases.len());
    assert!(wrong.is_empty(), "{summary}\n{}", wrong.join("\n"));
}

/// What the case registers, in order; removed from the server, since the next case may have the same names.
async fn recorded(
    server: &Server,
    proxy: &Proxy,
    oracle: &mut Oracle,
    case: &Case,
) -> anyhow::Result<Vec<Registered>> {
    proxy.exchanges();
    tokio::task::block_in_place(|| oracle.ask(&case.name))?;
    let exchanges = proxy.exchanges();
    let found = bodies::registered(server, &exchanges, |text| oracle.rooted(case, text)).await?;
    anyhow::ensure!(!found.is_empty(), "nothing was registered");
    for id in found.iter().map(|it| &it.id) {
        server.delete(&format!("/deployments/{id}")).await?;
    }
    Ok(found)
}

/// One text for each field that differs, each deployment that only one side has, or the case that is not read at all.
fn differences(case: &Case, version: &str, theirs: &[Registered]) -> Vec<String> {
    let ours = match ours::rendered(case, version) {
        Ok(it) => it,
        Err(error) => return vec![format!("{}: {error:#}", case.name)],
    };
    let theirs: BTreeMap<&str, &Fields> =
        theirs.iter().map(|it| (it.key.as_str(), &it.fields)).collect();
    let keys: BTreeSet<&str> =
        ours.keys().map(String::as_str).chain(theirs.keys().copied()).collect();
    let mut out = Vec::new();
    for key in keys {
        let at = format!("{} {key}", case.name);
        match (ours.get(key), theirs.get(key)) {
            (Some(ours), Some(theirs)) => out.extend(fields(case, &at, ours, theirs)),
            (None, _) => out.push(format!("{at}: registered, but not read")),
            (_, None) => out.push(format!("{at}: read, but not registered")),
        }
    }
    out
}

fn fields(case: &Case, at: &str, ours: &Read, theirs: &Fields) -> Vec<String> {
    let comparable = |(name, _): &(&String, _)| !case.incomparable.contains_key(*name);
    let mut theirs = alike::settled(theirs);
    // a block that the file loads is listed among the blocks; what becomes of an inline one is seen on the server
    theirs.retain(|name, it| {
        let listed = it.is_object() || it.as_str().is_some_and(|it| ours.blocks.contains(it));
        !(listed && name.ends_with("_document_id") && !ours.fields.contains_key(name))
    });
    let theirs: BTreeMap<_, _> = theirs.iter().filter(comparable).collect();
    let ours: BTreeMap<_, _> = ours.fields.iter().filter(comparable).collect();
    crate::compared::differences(&json!(theirs), &json!(ours))
        .into_iter()
        .map(|(path, theirs, ours)| format!("{at} {path}\n    have {ours}\n    want {theirs}"))
        .collect()
}
