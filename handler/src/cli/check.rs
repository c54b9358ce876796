//! `check PATH`: diagnostics.

use serde_json::Map;

use super::args::{CheckArgs, Output};
use super::{Exit, convert, output, source};

pub(super) async fn run(args: &CheckArgs) -> anyhow::Result<Exit> {
    let it = source::offline(&args.offline).await?;
    let form = args.offline.common.output;
    if args.convert {
        return convert::tell(&it, form);
    }
    match form {
        Output::Json => output::json(Map::new(), &it.found)?,
        other => output::diagnostics(&it.found, &it.read.loaded.tree, other),
    }
    if form == Output::Text {
        let (deployments, findings) = (it.desired.deployments.len(), it.found.len());
        output::line(&format!(
            "{}, {}",
            output::count(deployments, "deployment"),
            output::count(findings, "finding")
        ))?;
    }
    Ok(output::exit(&it.found))
}
