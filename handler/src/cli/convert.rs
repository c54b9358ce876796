//! `check PATH --convert`: what files of an older Prefect have to be.

use domain::convert::{self, Conversion};
use domain::diagnostic::{Diagnostic, Severity};
use serde_json::{Map, json};

use super::args::Output;
use super::output::Files;
use super::source::Offline;
use super::{Exit, output};

/// Prints the diff, which `patch -p1` takes, to stdout and the report to stderr; or both as one document. 3 when a part
/// has to be written by hand.
pub(super) fn tell(it: &Offline, form: Output) -> anyhow::Result<Exit> {
    let conversion = convert::convert(&it.read.loaded.tree);
    let found = findings(it, &conversion);
    match form {
        Output::Json => {
            let document = Map::from_iter([("conversion".to_owned(), json!(conversion))]);
            output::json(document, &found)?;
        }
        Output::Github | Output::Sarif => {
            output::diagnostics(&found, &Files::of(&it.read.loaded), form)
        }
        Output::Text => {
            output::diagnostics(&found, &Files::of(&it.read.loaded), form);
            eprintln!("{}", summary(&conversion));
            conversion.files.iter().try_for_each(|it| output::text(&it.diff))?;
        }
    }
    Ok(output::exit(&found))
}

/// The report; with what else is wrong where there is nothing to convert.
fn findings(it: &Offline, conversion: &Conversion) -> Vec<Diagnostic> {
    let report: Vec<Diagnostic> =
        conversion.report.iter().map(|it| it.diagnostic.clone()).collect();
    if report.is_empty() { it.found.clone() } else { report }
}

fn summary(conversion: &Conversion) -> String {
    let of =
        |severity| conversion.report.iter().filter(|it| it.diagnostic.severity == severity).count();
    format!(
        "{} converted, {} to look at, {} to write by hand",
        output::count(conversion.files.len(), "file"),
        of(Severity::Warning),
        of(Severity::Error)
    )
}
