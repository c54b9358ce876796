//! `cargo demo`: a real Prefect server, `serve --local` on an example bundle, a changed bundle, a stock worker.
#![expect(clippy::print_stdout, reason = "the demo shows what happens")]

use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, bail};
use serde_json::Value;
use world::bundles;
use world::prefect::{Server, THREE};
use world::process::{Running, until};
use world::product;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let Some(other) = arguments.iter().find(|it| *it != "--once") {
        bail!("`{other}` is not known; usage: cargo demo [--once]");
    }
    println!("1. a real Prefect {THREE} server");
    let server = Server::start(THREE).await?;
    println!("   its UI: {}", server.api.trim_end_matches("/api"));
    let dir = tempfile::tempdir()?;
    std::fs::create_dir_all(dir.path().join("bundles"))?;
    let _serve = serve(&server, dir.path())?;

    println!("2. hello.zip is dropped into {}", dir.path().join("bundles").display());
    drop_bundle(dir.path(), &bundles::hello(|yaml| yaml)?)?;
    let first = receipt(dir.path(), None).await?;
    show(&server, &first).await?;

    println!("3. the schedule changes from 6 to 7 o'clock, and the bundle is dropped again");
    drop_bundle(dir.path(), &bundles::hello(|yaml| yaml.replace("0 6 * * *", "0 7 * * *"))?)?;
    let second = receipt(dir.path(), first.get("etag")).await?;
    show(&server, &second).await?;

    println!("4. a stock process worker runs hello/on-demand");
    let live = server.deployment("hello", "on-demand").await?;
    let id = live.get("id").and_then(Value::as_str).context("no id")?;
    println!("   {}", server.run(id, "demo", &[]).await?);

    if arguments.is_empty() {
        println!(
            "The servers stay until Ctrl-C; receipts are in {}",
            dir.path().join("receipts").display()
        );
        tokio::signal::ctrl_c().await?;
    }
    Ok(())
}

fn serve(server: &Server, dir: &Path) -> anyhow::Result<Running> {
    let settings = [
        ("PREFECT_API_URL", server.api.as_str()),
        ("SYNC_CREATE_POOLS", "true"),
        ("SYNC_POOL_TYPE", "process"),
    ];
    let mut command = product::command(&settings)?;
    command.args(["serve", "--listen", "127.0.0.1:0", "--local"]).arg(dir);
    Running::start(&mut command, &dir.join("serve.log"))
}

/// Written beside and renamed, so that no half of it is ever seen.
fn drop_bundle(dir: &Path, bundle: &[u8]) -> anyhow::Result<()> {
    let beside = dir.join("hello.zip.part");
    std::fs::write(&beside, bundle)?;
    Ok(std::fs::rename(beside, dir.join("bundles/hello.zip"))?)
}

/// The receipt of the upload after the one with the `ETag` `before`.
async fn receipt(dir: &Path, before: Option<&Value>) -> anyhow::Result<Value> {
    let path = dir.join("receipts/hello/receipts/latest.json");
    let found = until("the receipt", Duration::from_secs(30), || async {
        let document: Value = serde_json::from_slice(&std::fs::read(&path).ok()?).ok()?;
        (document.get("etag") != before).then_some(document)
    });
    found.await.with_context(|| std::fs::read_to_string(dir.join("serve.log")).unwrap_or_default())
}

async fn show(server: &Server, receipt: &Value) -> anyhow::Result<()> {
    let text = |value: &Value, name: &str| {
        value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    println!("   receipt: {}, digest {}", text(receipt, "outcome"), text(receipt, "digest"));
    for step in receipt.get("steps").and_then(Value::as_array).into_iter().flatten() {
        println!("   {} {} {}", text(step, "action"), text(step, "kind"), text(step, "name"));
        for change in step.get("changes").and_then(Value::as_array).into_iter().flatten() {
            let value = |name: &str| change.get(name).map(ToString::to_string).unwrap_or_default();
            let short = |it: String| it.chars().take(90).collect::<String>();
            println!(
                "       {}: {} -> {}",
                text(change, "field"),
                short(value("have")),
                short(value("want"))
            );
        }
    }
    println!("   deployments on the server: {}", server.names().await?.join(", "));
    Ok(())
}
