//! `cargo bench --bench fleet`: 100 bundles of 10 deployments each, by `serve --local --once`: the first pass, one without
//! changes, one with a change in one bundle; beside the floor: the same requests, sent one after the other by a client that
//! does nothing else.
#![expect(clippy::print_stdout, reason = "a benchmark prints what it saw")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use anyhow::ensure;
use serde_json::json;
use world::bundles;
use world::measure::{Pass, floor};
use world::prefect::{Server, THREE};
use world::product;
use world::proxy::Proxy;

const BUNDLES: usize = 100;
const DEPLOYMENTS: usize = 10;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let server = Server::start(THREE).await?;
    let proxy = Proxy::start(&server.api).await?;
    let dir = tempfile::tempdir()?;
    let bundles = dir.path().join("bundles");
    std::fs::create_dir_all(&bundles)?;
    for index in 0..BUNDLES {
        std::fs::write(bundles.join(format!("bundle-{index}.zip")), bundle(index, "one")?)?;
    }
    product::binary()?;
    let pass = |name| Pass::of(name, &mut command(dir.path(), &proxy)?, &proxy);
    let mut passes = vec![pass("first")?, pass("unchanged")?];
    ensure!(passes.last().is_some_and(|it| it.writes() == 0), "nothing differs");
    std::fs::write(bundles.join("bundle-7.zip"), bundle(7, "two")?)?;
    passes.push(pass("one changed")?);
    let found = server.post("/deployments/count", json!({})).await?;
    ensure!(found == BUNDLES * DEPLOYMENTS, "the server has {found} deployments");

    for it in &passes {
        println!("{}", it.line(None));
    }
    forget(&server).await?;
    let mut ids = BTreeMap::new();
    for it in &passes {
        let floor = floor(&server, &it.exchanges, &mut ids).await?;
        println!("{}", it.line(Some(floor)));
    }
    Ok(())
}

/// The command of a pass over `dir`.
fn command(dir: &Path, proxy: &Proxy) -> anyhow::Result<Command> {
    let settings = [
        ("PREFECT_API_URL", proxy.api.as_str()),
        ("SYNC_CREATE_POOLS", "true"),
        ("SYNC_POOL_TYPE", "process"),
    ];
    let mut command = product::command(&settings)?;
    command.args(["serve", "--once", "--local"]).arg(dir);
    Ok(command)
}

/// Deletes all flows, and with them their deployments.
async fn forget(server: &Server) -> anyhow::Result<()> {
    for flow in server.post("/flows/filter", json!({})).await?.as_array().into_iter().flatten() {
        server.delete(&format!("/flows/{}", flow["id"].as_str().unwrap_or_default())).await?;
    }
    Ok(())
}

/// A flow with deployments on a schedule.
fn bundle(index: usize, version: &str) -> anyhow::Result<Vec<u8>> {
    let flow = format!(
        "from prefect import flow\n\n\n@flow\ndef flow_{index}(source: str, rows: int = 100):\n    \"\"\"Moves rows.\"\"\"\n"
    );
    let mut yaml = "deployments:\n".to_owned();
    for it in 0..DEPLOYMENTS {
        write!(
            yaml,
            "- name: d-{it}\n  description: Version {version}\n  entrypoint: flow.py:flow_{index}\n  tags: [bench]\n  \
             parameters: {{source: s{it}}}\n  schedules: [{{cron: \"{it} 6 * * *\", timezone: Europe/Oslo}}]\n  \
             work_pool: {{name: fleet}}\n"
        )?;
    }
    bundles::zip_of(&[("prefect.yaml", &yaml), ("flow.py", &flow)])
}
