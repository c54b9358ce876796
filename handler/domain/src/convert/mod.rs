//! Files of an older Prefect -> what they have to be for Prefect 3, as texts and their differences.
//!
//! Only spans are rewritten, so that comments and layout stay; what is not mechanical stays as it is and is told. The same
//! files always give the same conversion. Source of what replaces what: Prefect's migration guide, and the signatures of
//! 1.4 and 3.9.

mod annotation;
mod attached;
mod blank;
mod branch;
mod call;
mod command;
mod context;
mod deployment;
mod diff;
mod edits;
mod executor;
mod file;
mod finding;
mod flow;
mod identifier;
mod imperative;
mod imports;
mod leftover;
mod manifest;
mod mapped;
mod moment;
mod notice;
mod origins;
mod parameter;
mod pass;
mod program;
mod removal;
mod run;
mod run_config;
mod schedule;
mod scope;
mod secret;
mod signal;
mod source;
mod storage;
mod task;
mod value;
mod walk;
mod yaml;

use serde::Serialize;

pub use finding::Finding;
pub(crate) use notice::noticed;
pub use program::declarations;
pub use yaml::deployments;

use crate::tree::Tree;

/// A file that changes, or is new.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConvertedFile {
    /// Its path in the bundle.
    pub path: String,
    /// The unified diff, as `patch -p1` takes it.
    pub diff: String,
    /// The whole new text; `None`: the file goes.
    pub after: Option<String>,
}

/// A bundle of an older Prefect for Prefect 3.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Conversion {
    /// The files that change, sorted by path.
    pub files: Vec<ConvertedFile>,
    /// Every construct of the older Prefect by place; an error for each that stays as it is.
    pub report: Vec<Finding>,
}

/// The conversion of the files of Prefect 1 in `tree`; empty when it has none.
pub fn convert(tree: &Tree) -> Conversion {
    let mut out = Conversion::default();
    let mut deployments = Vec::new();
    for path in old_files(tree) {
        let Some(it) = file::convert(tree, path) else { continue };
        out.report.extend(it.report);
        deployments.extend(it.deployments);
        if let Some(after) = it.after {
            out.files.push(ConvertedFile {
                path: path.to_owned(),
                diff: it.diff,
                after: Some(after),
            });
        }
    }
    out.files.extend(manifest::with(tree, &deployments, &mut out.report));
    if !out.report.is_empty() {
        out.report.extend(command::find(tree));
    }
    out.files.sort_by(|a, b| a.path.cmp(&b.path));
    out
}

fn is_python(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|it| it.1 == "py")
}

/// The Python files that can be the author's own.
fn old_files(tree: &Tree) -> impl Iterator<Item = &str> {
    tree.own_paths().filter(|it| is_python(it))
}

#[cfg(test)]
mod tests;
