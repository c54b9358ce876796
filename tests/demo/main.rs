//! `cargo demo`: a real Prefect server, an example bundle, a changed bundle, a stock worker, a rotated secret; on a watched folder or, with
//! `--azure`, as a function app.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "the demo shows what happens")]

mod azure;
mod local;
mod show;

use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context as _;
use serde_json::Value;
use world::bundles;
use world::prefect::{Server, THREE};
use world::process::until;

use crate::azure::Azure;
use crate::local::Local;
use crate::show::show;

const HELP: &str = "\
Shows bundles being registered and a secret being rotated, on real servers; they are installed into a cache folder the first time.

usage: cargo demo [--azure] [--once]

  --azure   as a function app: real Azurite (Blob and Queue) and a simulator of the Functions host
            instead of a watched folder
  --once    end after the last step; else the servers stay until Ctrl-C
  --help    show this text";

/// The blob, or the file in the watched folder.
const BUNDLE: &str = "hello.zip";
/// A secret of the vault, and the block that it goes to.
const SECRET: &str = "demo-password";
/// Where its receipt is, in the container or folder `receipts`.
const RECEIPT: &str = "hello/receipts/latest.json";

/// What takes the bundle and registers it.
enum Front {
    Local(Local),
    Azure(Box<Azure>),
}

impl Front {
    /// Puts `bundle` where bundles are uploaded to, and gives the receipt of that upload.
    async fn upload(&mut self, bundle: Vec<u8>) -> anyhow::Result<Value> {
        match self {
            Self::Local(it) => it.upload(&bundle).await,
            Self::Azure(it) => it.upload(bundle).await,
        }
    }

    /// Makes `value` the current version of the demo's secret.
    async fn rotate(&self, value: &str) -> anyhow::Result<()> {
        match self {
            Self::Local(it) => it.rotate(value),
            Self::Azure(it) => it.rotate(value).await,
        }
    }

    fn receipts(&self) -> String {
        match self {
            Self::Local(it) => it.receipts(),
            Self::Azure(it) => it.receipts(),
        }
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let (mut azure, mut once) = (false, false);
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "--azure" => azure = true,
            "--once" => once = true,
            "--help" | "-h" => {
                println!("{HELP}");
                return ExitCode::SUCCESS;
            }
            other => {
                eprintln!("`{other}` is not known\n\n{HELP}");
                return ExitCode::from(2);
            }
        }
    }
    // the servers are in groups of their own: only a drop ends them, at whatever step Ctrl-C comes
    let ended = tokio::select! {
        ended = demo(azure, once) => ended,
        interrupted = tokio::signal::ctrl_c() => interrupted.map_err(anyhow::Error::from),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn demo(azure: bool, once: bool) -> anyhow::Result<()> {
    println!("1. a real Prefect {THREE} server");
    let server = Server::start(THREE).await?;
    let ui = server.api.trim_end_matches("/api");
    println!("   its UI: {ui}");
    let mut front = if azure {
        Front::Azure(Box::new(Azure::start(&server).await?))
    } else {
        Front::Local(Local::start(&server)?)
    };
    tell(&server, &mut front).await?;
    if !once {
        println!("The servers stay until Ctrl-C; UI: {ui}, receipts: {}", front.receipts());
        std::future::pending::<()>().await;
    }
    Ok(())
}

async fn tell(server: &Server, front: &mut Front) -> anyhow::Result<()> {
    println!("2. {BUNDLE} is uploaded");
    show(server, &front.upload(bundles::hello(|yaml| yaml)?).await?).await?;

    println!("3. the schedule changes from 6 to 7 o'clock, and {BUNDLE} is uploaded again");
    let changed = bundles::hello(|yaml| yaml.replace("0 6 * * *", "0 7 * * *"))?;
    show(server, &front.upload(changed).await?).await?;

    println!("4. a stock process worker runs hello/on-demand");
    let live = server.deployment("hello", "on-demand").await?;
    let id = live.get("id").and_then(Value::as_str).context("no id")?;
    println!("   code: {}", live.get("pull_steps").unwrap_or_default());
    println!("   {}", server.run(id, "demo", &[]).await?);

    println!("5. the secret `{SECRET}` is made, and rotated");
    for value in ["first", "second"] {
        front.rotate(value).await?;
        println!("   the block secret/{SECRET} loads `{}`", loaded(server, value).await?);
    }
    Ok(())
}

/// What the block of the demo's secret loads, once it is `value`.
async fn loaded(server: &Server, value: &str) -> anyhow::Result<Value> {
    let block =
        format!("/block_types/slug/secret/block_documents/name/{SECRET}?include_secrets=true");
    let found = until("the block", Duration::from_secs(30), || async {
        let found = server.get(&block).await.ok()?;
        found.pointer("/data/value").filter(|it| *it == value).cloned()
    });
    found.await
}

fn settings(api: &str) -> [(&'static str, &str); 3] {
    [("PREFECT_API_URL", api), ("SYNC_CREATE_POOLS", "true"), ("SYNC_POOL_TYPE", "process")]
}
