//! `check PATH`: diagnostics.

use domain::declare::desired;
use domain::dialect::Dialect;
use serde_json::Map;

use super::args::{CheckArgs, Output};
use super::{Exit, output, source};
use crate::config::Config;
use crate::pass;

pub(super) async fn run(args: &CheckArgs) -> anyhow::Result<Exit> {
    let config = source::with_env(Config::offline()?, &args.source)?;
    let read = source::read(&args.source, &config).await?;
    let dialect = Dialect::new(&args.prefect)?;
    let settings = pass::settings(&config, dialect, &read.bundle, read.code);
    let wanted = desired(&read.loaded.tree, &settings);
    let mut found = read.loaded.diagnostics;
    found.extend(wanted.diagnostics);
    match args.common.output {
        Output::Json => output::json(Map::new(), &found)?,
        other => output::diagnostics(&found, &read.loaded.tree, other),
    }
    if args.common.output == Output::Text {
        output::line(&format!(
            "{} deployments, {} findings",
            wanted.deployments.len(),
            found.len()
        ))?;
    }
    Ok(output::exit(&found))
}
