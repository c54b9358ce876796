//! `check PATH`: diagnostics.

use serde_json::Map;

use super::args::{CheckArgs, Output};
use super::{Exit, output, source};

pub(super) async fn run(args: &CheckArgs) -> anyhow::Result<Exit> {
    let it = source::offline(args).await?;
    match args.common.output {
        Output::Json => output::json(Map::new(), &it.found)?,
        other => output::diagnostics(&it.found, &it.read.loaded.tree, other),
    }
    if args.common.output == Output::Text {
        let (deployments, findings) = (it.desired.deployments.len(), it.found.len());
        output::line(&format!(
            "{}, {}",
            output::count(deployments, "deployment"),
            output::count(findings, "finding")
        ))?;
    }
    Ok(output::exit(&it.found))
}
