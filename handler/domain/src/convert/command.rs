//! `prefect register` and other commands of Prefect 1 in scripts and workflows.

use super::finding::Finding;
use crate::diagnostic::{Position, rules};
use crate::tree::Tree;

/// Commands that are gone, and what replaces them.
const COMMANDS: [(&str, &str); 6] = [
    ("prefect register", "upload the bundle, or `prefect-azure-sync apply .`"),
    ("prefect build", "upload the bundle, or `prefect-azure-sync apply .`"),
    ("prefect create project", "remove it: there are no projects"),
    ("prefect agent", "start a worker: `prefect worker start --pool NAME`"),
    ("prefect backend", "set PREFECT_API_URL"),
    ("prefect auth", "set PREFECT_API_KEY"),
];

/// Most lines of one file that are told.
const MAX_LINES: usize = 20;

/// The commands in the texts of `tree` that are neither Python nor declarations.
pub(super) fn find(tree: &Tree) -> Vec<Finding> {
    let texts = tree.paths().filter(|it| !matches!(it.rsplit('.').next(), Some("py" | "json")));
    let mut out = Vec::new();
    for path in texts {
        let Some(text) = tree.text(path) else { continue };
        let told = text.lines().zip(1_u32..).filter_map(|(line, number)| one(path, line, number));
        out.extend(told.take(MAX_LINES));
    }
    out
}

fn one(path: &str, line: &str, number: u32) -> Option<Finding> {
    let (command, hint) = COMMANDS.into_iter().find(|it| {
        line.split_once(it.0).is_some_and(|(before, after)| {
            let starts =
                before.chars().next_back().is_none_or(|it| !it.is_alphanumeric() && it != '-');
            starts
                && !line.trim_start().starts_with('#')
                && after.starts_with([' ', '"', '\'', '\\']) | after.is_empty()
        })
    })?;
    let before = line.split_once(command)?.0.chars().count();
    let column = u32::try_from(before + 1).unwrap_or(u32::MAX);
    let at = Position::new(path, number, column);
    Some(
        Finding::left(
            rules::PREFECT_1_COMMAND,
            at,
            format!("`{command}` is a command of Prefect 1"),
        )
        .hint(hint),
    )
}
