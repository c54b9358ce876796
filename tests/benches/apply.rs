//! `cargo bench --bench apply`: a project of 100 deployments, by `prefect deploy --all` and by `prefect-azure-sync apply`, on
//! one server: the first time, and again when nothing has changed.
#![expect(clippy::print_stdout, reason = "a benchmark prints what it saw")]

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::ensure;
use serde_json::{Value, json};
use world::prefect::{Server, THREE};
use world::product;
use world::proxy::Proxy;

const FLOWS: usize = 10;
const DEPLOYMENTS_OF_A_FLOW: usize = 10;

/// One run of a tool.
struct Cost {
    time: Duration,
    requests: usize,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let server = Server::start(THREE).await?;
    let proxy = Proxy::start(&server.api).await?;
    let dir = tempfile::tempdir()?;
    let folder = dir.path().join("project");
    project(&folder)?;
    server.prefect(&folder, &["work-pool", "create", "bench", "--type", "process"], &[])?;
    product::binary()?;
    // ours first: what the server has warmed up by then helps the other one
    let mut ours = Vec::new();
    for _ in 0..2 {
        ours.push(cost(&server, &proxy, || apply(&proxy, &folder)).await?);
    }
    forget(&server).await?;
    let mut theirs = Vec::new();
    for _ in 0..2 {
        let through = [("PREFECT_API_URL", proxy.api.as_str())];
        let deploy = || server.prefect(&folder, &["--no-prompt", "deploy", "--all"], &through);
        theirs.push(cost(&server, &proxy, deploy).await?);
    }
    for (run, (theirs, ours)) in ["first time", "unchanged"].iter().zip(theirs.iter().zip(&ours)) {
        print(run, theirs, ours);
    }
    Ok(())
}

async fn cost(
    server: &Server,
    proxy: &Proxy,
    run: impl FnOnce() -> anyhow::Result<()>,
) -> anyhow::Result<Cost> {
    proxy.take();
    let started = Instant::now();
    run()?;
    let cost = Cost { time: started.elapsed(), requests: proxy.take().len() };
    let found = count(server).await?;
    ensure!(found == FLOWS * DEPLOYMENTS_OF_A_FLOW, "the server has {found} deployments");
    Ok(cost)
}

fn apply(proxy: &Proxy, folder: &Path) -> anyhow::Result<()> {
    let mut command = product::command(&[("PREFECT_API_URL", &proxy.api)])?;
    let output = command.arg("apply").arg(folder).output()?;
    ensure!(output.status.success(), "apply: {}", String::from_utf8_lossy(&output.stderr));
    Ok(())
}

fn print(run: &str, theirs: &Cost, ours: &Cost) {
    let (a, b) = (theirs.time.as_secs_f64(), ours.time.as_secs_f64());
    println!("{run}:");
    println!("  prefect deploy --all       {a:8.2} s {:6} requests", theirs.requests);
    println!("  prefect-azure-sync apply   {b:8.2} s {:6} requests", ours.requests);
    #[expect(clippy::cast_precision_loss, reason = "some hundreds")]
    let requests = theirs.requests as f64 / ours.requests as f64;
    println!("  ratio                      {:8.1}   {requests:6.1}", a / b);
}

async fn count(server: &Server) -> anyhow::Result<usize> {
    let count = server.post("/deployments/count", json!({})).await?;
    Ok(usize::try_from(count.as_u64().unwrap_or_default())?)
}

/// Deletes all flows, and with them their deployments and runs.
async fn forget(server: &Server) -> anyhow::Result<()> {
    for flow in server.post("/flows/filter", json!({})).await?.as_array().into_iter().flatten() {
        let id = flow.get("id").and_then(Value::as_str).unwrap_or_default();
        server.delete(&format!("/flows/{id}")).await?;
    }
    let left = count(server).await?;
    ensure!(left == 0, "{left} deployments are left");
    Ok(())
}

/// Flows with typed parameters, and a prefect.yaml with schedules and values for them.
fn project(folder: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder.join("flows"))?;
    let mut yaml = "name: project\ndeployments:\n".to_owned();
    for flow in 0..FLOWS {
        let python = format!(
            "from typing import Optional\nfrom prefect import flow\n\n\n@flow\ndef flow_{flow}(\n    \
             source: str, rows: int = 100, share: float = 0.5, note: Optional[str] = None\n):\n    \
             \"\"\"Moves rows.\"\"\"\n"
        );
        std::fs::write(folder.join(format!("flows/flow_{flow}.py")), python)?;
        for index in 0..DEPLOYMENTS_OF_A_FLOW {
            write!(
                yaml,
                "- name: d-{flow}-{index}\n  description: Moves rows\n  \
                 entrypoint: flows/flow_{flow}.py:flow_{flow}\n  tags: [bench]\n  \
                 parameters: {{source: s{index}, rows: {index}}}\n  schedules:\n  \
                 - cron: \"{index} 6 * * *\"\n    timezone: Europe/Oslo\n  work_pool: {{name: bench}}\n"
            )?;
        }
    }
    Ok(std::fs::write(folder.join("prefect.yaml"), yaml)?)
}
