//! The recorded deployments as files, for whoever wants to read them.

use std::path::PathBuf;

use serde_json::json;
use world::oracle::Case;

use super::bodies::Registered;

/// The folder that `<version>/<case>.json` is written to.
const FOLDER: &str = "RECORDED_TO";
/// The only cases that are run, separated by commas.
const ONLY: &str = "RECORDED_ONLY";

/// Whether the case is to be run.
pub(super) fn wanted(case: &Case) -> bool {
    std::env::var_os(ONLY)
        .is_none_or(|only| only.to_string_lossy().split(',').any(|it| it == case.name))
}

/// Writes what the case registers, when a folder is set.
pub(super) fn write(version: &str, case: &Case, found: &[Registered]) {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else { return };
    let list: Vec<_> = found
        .iter()
        .map(|it| json!({"deployment": it.key, "fields": it.fields, "automations": it.automations}))
        .collect();
    let document = json!({
        "file": case.file, "bundle-name": case.bundle_name, "env": case.env, "now": case.now, "deployments": list,
    });
    let folder = folder.join(version);
    std::fs::create_dir_all(&folder).unwrap();
    let text = serde_json::to_string_pretty(&document).unwrap();
    std::fs::write(folder.join(format!("{}.json", case.name)), text + "\n").unwrap();
}
