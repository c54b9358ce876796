//! `cargo bench --bench fleet`: 100 bundles of 10 deployments each, by `serve --local --once`: the first pass, one without
//! changes, one with a change in one bundle; beside the floor: the same requests, sent one after the other by a client that
//! does nothing else.
#![expect(clippy::print_stdout, reason = "a benchmark prints what it saw")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use reqwest::Method;
use serde_json::{Value, json};
use world::bundles;
use world::prefect::{Server, THREE};
use world::product;
use world::proxy::Proxy;
use world::proxy::exchanges::Exchange;

const BUNDLES: usize = 100;
const DEPLOYMENTS: usize = 10;

/// One pass.
struct Pass {
    name: &'static str,
    time: Duration,
    /// KiB.
    memory: usize,
    exchanges: Vec<Exchange>,
}

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
    let mut passes =
        vec![pass("first", dir.path(), &proxy)?, pass("unchanged", dir.path(), &proxy)?];
    let writes =
        |it: &Pass| it.exchanges.iter().filter(|it| world::proxy::is_write(&it.request)).count();
    ensure!(passes.last().is_some_and(|it| writes(it) == 0), "nothing differs");
    std::fs::write(bundles.join("bundle-7.zip"), bundle(7, "two")?)?;
    passes.push(pass("one changed", dir.path(), &proxy)?);
    let found = server.post("/deployments/count", json!({})).await?;
    ensure!(found == BUNDLES * DEPLOYMENTS, "the server has {found} deployments");

    for it in &passes {
        print(it, None);
    }
    forget(&server).await?;
    let mut ids = BTreeMap::new();
    for it in &passes {
        let floor = floor(&server, &it.exchanges, &mut ids).await?;
        print(it, Some(floor));
    }
    Ok(())
}

/// A pass through the proxy.
fn pass(name: &'static str, dir: &Path, proxy: &Proxy) -> anyhow::Result<Pass> {
    proxy.all_exchanges();
    let settings = [
        ("PREFECT_API_URL", proxy.api.as_str()),
        ("SYNC_CREATE_POOLS", "true"),
        ("SYNC_POOL_TYPE", "process"),
    ];
    let mut command = product::command(&settings)?;
    command.args(["serve", "--once", "--local"]).arg(dir);
    command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
    let started = Instant::now();
    let mut child = command.spawn()?;
    let mut memory = 0;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        memory = peak(child.id()).unwrap_or(memory);
        std::thread::yield_now();
        pause();
    };
    ensure!(status.success(), "the pass ended with {status}");
    Ok(Pass { name, time: started.elapsed(), memory, exchanges: proxy.all_exchanges() })
}

#[expect(clippy::disallowed_methods, reason = "a benchmark waits for another process")]
fn pause() {
    std::thread::sleep(Duration::from_millis(10));
}

/// The most memory that the process had so far, KiB.
fn peak(id: u32) -> Option<usize> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}

/// How long the same requests take alone; `ids` are those of the objects that they made, by the ids that they had.
async fn floor(
    server: &Server,
    exchanges: &[Exchange],
    ids: &mut BTreeMap<String, String>,
) -> anyhow::Result<Duration> {
    let client = reqwest::Client::builder().no_proxy().pool_idle_timeout(Duration::from_secs(3));
    let client = client.build()?;
    let origin = server.api.trim_end_matches("/api");
    let mut time = Duration::ZERO;
    for it in exchanges {
        let (method, path) = it.request.split_once(' ').context("no request")?;
        let mut url = format!("{origin}{path}");
        let mut body = it.sent.to_string();
        for (old, new) in ids.iter() {
            if body.contains(old) || url.contains(old) {
                (url, body) = (url.replace(old, new), body.replace(old, new));
            }
        }
        let send = || {
            let request = client.request(Method::from_bytes(method.as_bytes())?, &url);
            let request = request.header("content-type", "application/json");
            anyhow::Ok(if it.sent.is_null() { request } else { request.body(body.clone()) }.send())
        };
        let started = Instant::now();
        let answer = loop {
            match send()?.await {
                Ok(answer) if answer.status().as_u16() == 503 => {}
                Ok(answer) => break answer.bytes().await?,
                // the server closes an idle connection without notice
                Err(error) if error.is_request() => {}
                Err(error) => return Err(error.into()),
            }
        };
        time += started.elapsed();
        let made: Value = serde_json::from_slice(&answer).unwrap_or_default();
        if let (Some(old), Some(new)) = (it.answered["id"].as_str(), made["id"].as_str()) {
            ids.insert(old.to_owned(), new.to_owned());
        }
    }
    Ok(time)
}

fn print(pass: &Pass, floor: Option<Duration>) {
    let count = pass.exchanges.len();
    let writes = pass.exchanges.iter().filter(|it| world::proxy::is_write(&it.request)).count();
    let ours = pass.time.as_secs_f64();
    let floor = floor.map(|it| it.as_secs_f64());
    let floor =
        floor.map_or_else(String::new, |it| format!("  floor {it:7.2} s  ratio {:5.2}", ours / it));
    println!(
        "{:12} {ours:7.2} s  {count:6} requests, {writes} of them writes  {:6} KiB{floor}",
        pass.name, pass.memory,
    );
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
