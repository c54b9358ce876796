//! Conversion, from text to text.

mod agents;
mod edges;
mod modern;
mod notice;
mod program;
mod yaml;

use super::{Conversion, convert};
use crate::tree::Tree;

/// The new text of the one file `text`, or what stays of it.
fn after(text: &str) -> String {
    let it = of(text);
    let flow = it.files.iter().find(|it| it.path == "flow.py");
    flow.map_or_else(|| text.to_owned(), |it| it.after.clone().unwrap_or_default())
}

fn of(text: &str) -> Conversion {
    convert(&Tree::of_texts([("flow.py", text)]))
}

/// Code and place of each finding with an error.
fn left(text: &str) -> Vec<String> {
    let errors = of(text).report.into_iter().map(|it| it.diagnostic);
    let errors = errors.filter(|it| it.severity == crate::diagnostic::Severity::Error);
    errors.map(|it| format!("{} {}:{}", it.code, it.at.line, it.at.column)).collect()
}
