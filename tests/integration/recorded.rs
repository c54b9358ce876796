//! What `render` reads in a deployment file is what the real Prefect registers that runs it.

mod bodies;
mod goldens;
mod ours;

use std::collections::BTreeMap;

use serde_json::Value;
use world::oracle::{Case, Oracle};
use world::prefect::{Server, THREE, TWO};
use world::proxy::Proxy;

use bodies::Registered;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "deployment files in Python are not read yet"]
async fn deployment_files_register_as_under_prefect_3_9() {
    compare(THREE, "3.9").await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "deployment files in Python are not read yet"]
async fn deployment_files_register_as_under_prefect_2_20() {
    compare(TWO, "2.20").await;
}

async fn compare(release: &'static str, version: &str) {
    // the blocks and pools that the cases make must meet nobody else's
    let server = Server::start(release).await.unwrap();
    let proxy = Proxy::start(&server.api).await.unwrap();
    let start = || Oracle::start(release, &server.api, &proxy.api).unwrap();
    let mut oracle = tokio::task::block_in_place(start);
    let mut wrong = Vec::new();
    for case in oracle.cases.clone() {
        if !case.servers.contains(version) || !goldens::wanted(&case) {
            continue;
        }
        let begun = std::time::Instant::now();
        let got = recorded(&server, &proxy, &mut oracle, &case).await;
        let mid = std::time::Instant::now();
        match got {
            Ok(theirs) => {
                goldens::write(version, &case, &theirs);
                wrong.extend(differences(&case, version, &theirs));
            }
            Err(error) => wrong.push(format!("{}: {error:#}", case.name)),
        }
        eprintln!("TIME {version} {} {:?} {:?}", case.name, mid - begun, mid.elapsed());
    }
    assert!(wrong.is_empty(), "Prefect {version}:\n{}", wrong.join("\n"));
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

fn differences(case: &Case, version: &str, theirs: &[Registered]) -> Vec<String> {
    let ours = match ours::rendered(case, version) {
        Ok(ours) => ours,
        Err(error) => return vec![format!("{}: {error:#}", case.name)],
    };
    let theirs: BTreeMap<&str, &Registered> =
        theirs.iter().map(|it| (it.key.as_str(), it)).collect();
    let only_ours = ours.keys().filter(|key| !theirs.contains_key(key.as_str()));
    let mut out: Vec<String> =
        only_ours.map(|key| format!("{} {key}: read, but not registered", case.name)).collect();
    for (key, theirs) in theirs {
        let at = format!("{} {key}", case.name);
        match ours.get(key) {
            None => out.push(format!("{at}: registered, but not read")),
            Some(ours) => out.extend(fields(case, &at, ours, &theirs.fields)),
        }
    }
    out
}

fn fields(
    case: &Case,
    at: &str,
    ours: &BTreeMap<String, Value>,
    theirs: &BTreeMap<String, Value>,
) -> Vec<String> {
    let names: std::collections::BTreeSet<&String> = ours.keys().chain(theirs.keys()).collect();
    let of = |map: &BTreeMap<String, Value>, name: &str| map.get(name).cloned().unwrap_or_default();
    names
        .into_iter()
        .filter(|name| !case.incomparable.contains_key(*name))
        .map(|name| (name, of(ours, name), of(theirs, name)))
        .filter(|(_, ours, theirs)| ours != theirs)
        .map(|(name, ours, theirs)| format!("{at} {name}:\n  have {ours}\n  want {theirs}"))
        .collect()
}
