//! `check PATH`: diagnostics.

use domain::diagnostic::{Diagnostic, Severity};
use serde_json::Map;

use super::args::{CheckArgs, Output};
use super::output::Files;
use super::{Exit, convert, output, source};

pub(super) async fn run(args: &CheckArgs) -> anyhow::Result<Exit> {
    let mut it = source::offline(&args.input).await?;
    if args.strict {
        it.found = it.found.into_iter().map(strict).collect();
    }
    if args.convert {
        return convert::tell(&it, args.output);
    }
    match args.output {
        Output::Json => output::json(Map::new(), &it.found)?,
        other => output::diagnostics(&it.found, &Files::of(&it.read.loaded), other),
    }
    if args.output == Output::Text {
        let (deployments, findings) = (it.desired.deployments.len(), it.found.len());
        output::line(&format!(
            "{}, {}",
            output::count(deployments, "deployment"),
            output::count(findings, "finding")
        ))?;
    }
    Ok(output::exit(&it.found))
}

/// A warning as an error.
fn strict(found: Diagnostic) -> Diagnostic {
    match found.severity {
        Severity::Warning => Diagnostic { severity: Severity::Error, ..found },
        Severity::Error | Severity::Info => found,
    }
}
