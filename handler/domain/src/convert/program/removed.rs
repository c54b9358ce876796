//! Deployment files that nothing needs any more.

use std::collections::BTreeSet;

use super::super::finding::Finding;
use super::super::{Conversion, ConvertedFile, diff, old_files};
use super::Declared;
use super::probe::Probe;
use crate::declare::Settings;
use crate::diagnostic::{Position, rules};
use crate::python;
use crate::tree::Tree;

/// Why a file stays.
struct Needed {
    path: String,
    why: &'static str,
}

/// Removes the files of `kept`; those that are needed for something else stay, and it is said what has to go from them.
pub(super) fn add(
    tree: &Tree,
    settings: &Settings,
    (kept, lost): (&[Declared], &[Declared]),
    probe: &Probe,
    out: &mut Conversion,
) {
    let mut gone: BTreeSet<String> = kept.iter().map(|it| it.was.at.file.clone()).collect();
    let why = "one of its deployments cannot be an entry";
    let partly: BTreeSet<&str> = lost.iter().map(|it| it.was.at.file.as_str()).collect();
    let partly = partly.into_iter().filter(|it| gone.remove(*it));
    let mut stay: Vec<Needed> = partly.map(|it| Needed { path: it.to_owned(), why }).collect();
    stay.extend(needed(tree, settings, probe, &mut gone));
    out.report.extend(stay.iter().map(|it| stays(it, kept)));
    for path in gone {
        let diff = diff::of_removed(&path, tree.text(&path).unwrap_or_default());
        out.files.push(ConvertedFile { path, diff, after: None });
    }
}

/// Takes what is needed out of `gone`: flows lie in it, or files that stay import it.
fn needed(
    tree: &Tree,
    settings: &Settings,
    probe: &Probe,
    gone: &mut BTreeSet<String>,
) -> Vec<Needed> {
    let mut out = Vec::new();
    let mut keep = |gone: &mut BTreeSet<String>, path: &str, why| {
        if gone.remove(path) {
            out.push(Needed { path: path.to_owned(), why });
        }
    };
    for it in probe.all() {
        let file = it.entrypoint.split(':').next().unwrap_or_default();
        keep(gone, file, "the flow of an entry lies in it");
    }
    let mut files = python::Files::of(tree);
    let mut loads = |path: &str| -> Vec<String> {
        let all = files.load(path, &settings.source_roots, &mut Vec::new());
        all.iter().skip(1).map(|it| it.path.clone()).collect()
    };
    // a file that stays may import further ones
    let mut next: Vec<String> =
        old_files(tree).filter(|it| !gone.contains(*it)).map(str::to_owned).collect();
    while let Some(path) = next.pop() {
        for it in loads(&path) {
            if gone.contains(&it) {
                keep(gone, &it, "another file imports it");
                next.push(it);
            }
        }
    }
    out
}

fn stays(it: &Needed, kept: &[Declared]) -> Finding {
    let lines = kept.iter().filter(|other| other.was.at.file == it.path);
    let lines: BTreeSet<u32> = lines.map(|it| it.was.at.line).collect();
    let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
    let message = format!("`{}` stays, since {}", it.path, it.why);
    let hint = format!(
        "remove what declares the deployments (line {}), or they are declared twice",
        lines.join(", ")
    );
    Finding::look(rules::DEPLOYMENT_FILE_STAYS, Position::start_of(it.path.as_str()), message)
        .hint(hint)
}
