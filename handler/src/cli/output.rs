//! Documents on stdout, diagnostics on stderr.

use std::io::{IsTerminal as _, Write as _};
use std::path::Path;

use domain::diagnostic::{Diagnostic, Format, any_error, render};
use domain::report::API_VERSION;
use domain::tree::Tree;
use serde_json::{Map, Value, json};

use super::Exit;
use super::args::Output;
use crate::load::{Loaded, Source};

/// Prints `document` with its `apiVersion` and `diagnostics`, as one JSON document.
pub(super) fn json(document: Map<String, Value>, diagnostics: &[Diagnostic]) -> anyhow::Result<()> {
    let mut whole = Map::new();
    whole.insert("apiVersion".into(), API_VERSION.into());
    whole.extend(document);
    whole.insert("diagnostics".into(), json!(diagnostics));
    let mut text = serde_json::to_string_pretty(&whole)?;
    text.push('\n');
    self::text(&text)
}

/// The files that diagnostics are about.
pub(super) struct Files<'a> {
    tree: &'a Tree,
    /// Their folder in the repository, with a slash at its end; empty when that is its root, or there is none.
    below: String,
}

impl<'a> Files<'a> {
    /// Those of a folder or an archive.
    pub(super) fn of(loaded: &'a Loaded) -> Self {
        match &loaded.source {
            Source::Folder(folder) => Self::in_folder(&loaded.tree, folder),
            Source::Temp(..) | Source::File(..) | Source::Staged => Self::apart(&loaded.tree),
        }
    }

    /// Those of `folder`.
    pub(super) fn in_folder(tree: &'a Tree, folder: &Path) -> Self {
        let root = folder.ancestors().find(|it| it.join(".git").exists());
        let below = root.and_then(|it| folder.strip_prefix(it).ok());
        let below = below.map(|it| it.to_string_lossy().replace('\\', "/"));
        let below = below.filter(|it| !it.is_empty()).map(|it| it + "/");
        Self { tree, below: below.unwrap_or_default() }
    }

    /// Those of no repository.
    pub(super) fn apart(tree: &'a Tree) -> Self {
        Self { tree, below: String::new() }
    }
}

/// Prints `diagnostics` for people to stderr, or as workflow annotations or SARIF to stdout.
pub(super) fn diagnostics(diagnostics: &[Diagnostic], files: &Files<'_>, output: Output) {
    let below = files.below.as_str();
    let print = |format| drop(text(&render(diagnostics, files.tree, format)));
    match output {
        Output::Json => {}
        Output::Github => print(Format::GitHub { below }),
        Output::Sarif => print(Format::Sarif { below, version: env!("CARGO_PKG_VERSION") }),
        Output::Text => {
            let colour = std::io::stderr().is_terminal();
            eprint!("{}", render(diagnostics, files.tree, Format::Text { colour }));
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
