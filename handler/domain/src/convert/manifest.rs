//! The `prefect.yaml` that declares the converted flows: a new one, or more deployments in the one that is there.

use serde_json::Value;

use super::ConvertedFile;
use super::diff;
use super::edits::Edits;
use super::finding::Finding;
use super::yaml;
use crate::diagnostic::{Position, rules};
use crate::tree::Tree;
use crate::yaml::{Kind, compose};

/// Its path.
pub(super) const PATH: &str = "prefect.yaml";

/// The file with `deployments`, if any; where they cannot be added, that is said.
pub(super) fn with(
    tree: &Tree,
    deployments: &[Value],
    report: &mut Vec<Finding>,
) -> Option<ConvertedFile> {
    if deployments.is_empty() {
        return None;
    }
    let whole = yaml::deployments(deployments);
    if !tree.contains(PATH) {
        let diff = diff::of_new(PATH, &whole);
        return Some(ConvertedFile { path: PATH.to_owned(), diff, after: Some(whole) });
    }
    let added = added(tree.text(PATH).unwrap_or_default(), deployments);
    if added.is_none() {
        let message = "the deployments of the converted flows are not added to this file";
        let hint = "its `deployments` is not the last thing in it, or not a list in block style: add them by hand";
        let found = Finding::left(rules::PREFECT_1_DECLARATION, Position::start_of(PATH), message);
        report.push(found.hint(hint).replacement(whole));
    }
    added
}

fn added(text: &str, deployments: &[Value]) -> Option<ConvertedFile> {
    let (root, found) = compose(PATH, text);
    let root = root.filter(|_| found.is_empty())?;
    let whole = yaml::deployments(deployments);
    let new = match root.entry("deployments") {
        None if root.is_null() || matches!(root.kind, Kind::Mapping(_)) => whole,
        Some(it) if root.entries().last() == Some(it) && !it.value.items().is_empty() => {
            let column = usize::try_from(it.value.items().first()?.at.column).ok()?;
            // an item's place is that of what follows its dash
            let indent = column.checked_sub(3)?;
            let line = text.lines().nth(it.value.items().first()?.at.line as usize - 1)?;
            let block = line.get(indent..).is_some_and(|it| it.starts_with("- "));
            let items = whole.lines().skip(1).map(|it| format!("{}{it}\n", " ".repeat(indent)));
            block.then(|| items.collect())?
        }
        _ => return None,
    };
    let gap = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    let mut edits = Edits::default();
    edits.insert(text.len(), format!("{gap}{new}"));
    let after = edits.apply(text);
    let sound = compose(PATH, &after).1.is_empty();
    let diff = diff::of_edits(PATH, text, &edits);
    sound.then(|| ConvertedFile { path: PATH.to_owned(), diff, after: Some(after) })
}
