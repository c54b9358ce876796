//! `check PATH --convert`: what flows and deployment files of an older Prefect have to be.

use domain::convert::{self, Conversion};
use domain::declare::Settings;
use domain::diagnostic::{Diagnostic, Severity};
use serde_json::{Map, json};

use super::args::Output;
use super::output::Files;
use super::source::Offline;
use super::{Exit, output};

/// Prints the diff, which `patch -p1` takes, to stdout and the report to stderr; or both as one document. 3 when a part
/// has to be written by hand.
pub(super) fn tell(it: &Offline, form: Output) -> anyhow::Result<Exit> {
    let (conversion, found) = converted(it);
    match form {
        Output::Json => {
            let document = Map::from_iter([("conversion".to_owned(), json!(conversion))]);
            output::json(document, &found)?;
        }
        Output::Github | Output::Sarif => {
            output::diagnostics(&found, &Files::of(&it.read.loaded), form);
        }
        Output::Text => {
            output::diagnostics(&found, &Files::of(&it.read.loaded), form);
            eprintln!("{}", summary(&conversion));
            conversion.files.iter().try_for_each(|it| output::text(&it.diff))?;
        }
    }
    Ok(output::exit(&found))
}

/// Prefect 1 first: its flows have to be of Prefect 3 before they can be deployed. With the report, or what is wrong.
fn converted(it: &Offline) -> (Conversion, Vec<Diagnostic>) {
    let tree = &it.read.loaded.tree;
    let flows = convert::convert(tree);
    if !flows.report.is_empty() {
        let report = report(&flows);
        return (flows, report);
    }
    // the files are converted as they are, whatever an environment makes of them
    let settings = Settings { overlay: None, ..it.settings.clone() };
    let declarations = convert::declarations(tree, &settings);
    if declarations.report.is_empty() {
        return (declarations, it.found.clone());
    }
    // a file with an error is not converted
    let errors = it.found.iter().filter(|it| it.severity == Severity::Error).cloned();
    let found = errors.chain(report(&declarations)).collect();
    (declarations, found)
}

fn report(conversion: &Conversion) -> Vec<Diagnostic> {
    conversion.report.iter().map(|it| it.diagnostic.clone()).collect()
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
