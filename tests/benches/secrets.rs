//! `cargo bench --bench secrets`: 1,000 secrets of a vault, by `secrets`: the first pass, one without changes, one with one
//! rotated; beside the floor: the same requests to Prefect, sent one after the other by a client that does nothing else.
#![expect(clippy::print_stdout, reason = "a benchmark prints what it saw")]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use anyhow::ensure;
use serde_json::json;
use world::measure::{Pass, floor};
use world::prefect::{Server, THREE};
use world::product;
use world::proxy::Proxy;
use world::vault::{Draft, Operation, Vault, Vaults};

const SECRETS: usize = 1_000;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let server = Server::start(THREE).await?;
    let proxy = Proxy::start(&server.api).await?;
    let vault = Vaults::start().await?.vault("many");
    let dir = tempfile::tempdir()?;
    // the times of what was made more than a minute ago tell whether it changed
    vault.pass(-120);
    for index in 0..SECRETS {
        vault.put(&format!("secret-{index}"), draft(&format!("value {index}")))?;
    }
    vault.pass(120);
    let pass = |name| {
        let pass = Pass::of(name, &mut command(dir.path(), &proxy, &vault)?, &proxy)?;
        println!("{}  {}", pass.line(None), asked(&vault));
        anyhow::Ok(pass)
    };
    let mut passes = vec![pass("first")?];
    passes.push(pass("unchanged")?);
    ensure!(passes.last().is_some_and(|it| it.writes() == 0), "nothing differs");
    vault.put("secret-7", draft("another"))?;
    passes.push(pass("one rotated")?);

    let any = json!({"block_documents": {"is_anonymous": {"eq_": false}}, "limit": 200});
    loop {
        let found = server.post("/block_documents/filter", any.clone()).await?;
        let found = found.as_array().cloned().unwrap_or_default();
        if found.is_empty() {
            break;
        }
        for block in found {
            server
                .delete(&format!("/block_documents/{}", block["id"].as_str().unwrap_or_default()))
                .await?;
        }
    }
    let mut ids = BTreeMap::new();
    for it in &passes {
        println!("{}", it.line(Some(floor(&server, &it.exchanges, &mut ids).await?)));
    }
    Ok(())
}

fn draft(value: &str) -> Draft {
    Draft::new(value).tag("prefect-block-type", "secret")
}

fn command(dir: &Path, proxy: &Proxy, vault: &Vault) -> anyhow::Result<Command> {
    let settings = vault.settings();
    let mut settings: Vec<_> = settings.iter().map(|(name, it)| (*name, it.as_str())).collect();
    settings.push(("PREFECT_API_URL", proxy.api.as_str()));
    let mut command = product::command(&settings)?;
    command.args(["secrets", "--local"]).arg(dir);
    Ok(command)
}

/// What was asked of the vault since the last time.
fn asked(vault: &Vault) -> String {
    let of = |on| vault.count(on);
    let (pages, versions, values) =
        (of(Operation::List), of(Operation::Versions), of(Operation::Value));
    vault.forget();
    format!("vault: {pages} pages, {versions} lists of versions, {values} values")
}
