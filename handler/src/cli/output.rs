//! Documents on stdout, diagnostics on stderr.

use std::io::{IsTerminal as _, Write as _};

use domain::diagnostic::{Diagnostic, Format, any_error, render};
use domain::report::API_VERSION;
use domain::tree::Tree;
use serde_json::{Map, Value, json};

use super::Exit;
use super::args::Output;

/// Prints `document` with its `apiVersion` and `diagnostics`, as one JSON document.
pub(super) fn json(document: Map<String, Value>, diagnostics: &[Diagnostic]) -> anyhow::Result<()> {
    let mut whole = Map::new();
    whole.insert("apiVersion".into(), API_VERSION.into());
    whole.extend(document);
    whole.insert("diagnostics".into(), json!(diagnostics));
    line(&serde_json::to_string_pretty(&whole)?)?;
    Ok(())
}

/// Prints `diagnostics` for people to stderr, or as workflow annotations to stdout.
pub(super) fn diagnostics(diagnostics: &[Diagnostic], tree: &Tree, output: Output) {
    match output {
        Output::Json => {}
        Output::Github => drop(text(&render(diagnostics, tree, Format::GitHub))),
        Output::Text => {
            let colour = std::io::stderr().is_terminal();
            eprint!("{}", render(diagnostics, tree, Format::Text { colour }));
        }
    }
}

/// 3 when any of `diagnostics` is an error.
pub(super) fn exit(diagnostics: &[Diagnostic]) -> Exit {
    if any_error(diagnostics) { Exit::Invalid } else { Exit::Ok }
}

/// Prints `text` and a line break to stdout.
pub(super) fn line(text: &str) -> anyhow::Result<()> {
    self::text(&format!("{text}\n"))
}

/// Prints `text` to stdout; a reader that has gone (`| head`) is no error.
pub(super) fn text(text: &str) -> anyhow::Result<()> {
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// `1 finding`, `2 findings`.
pub(super) fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}
