//! `schema`, compared with what real Prefect would register for every flow of `tests/flows`.
//!
//! `three` holds what Prefect 2 cannot load, `two` what means nothing to Prefect 3; `python312` what needs that Python to be
//! read by Prefect.

mod difference;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use world::prefect::{THREE, TWO};
use world::product;
use world::provision;

use self::difference::difference;

/// What is known of a flow, by entrypoint.
type Flows = BTreeMap<String, Value>;

const COMPARED: [&str; 4] = ["name", "description", "version", "parameter_openapi_schema"];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("flows")
}

/// What Prefect `version` gives for the files of `folder`, all in one process.
fn theirs(version: &str, folder: &Path) -> Flows {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("integration/schemas/oracle.py");
    let home = tempfile::tempdir().unwrap();
    let output = Command::new(provision::prefect(version).unwrap().join("bin/python"))
        .arg(script)
        .arg(folder)
        .env_clear()
        .envs([("PYTHONDONTWRITEBYTECODE", "1"), ("DO_NOT_TRACK", "1")])
        .envs([("PREFECT_API_URL", "http://127.0.0.1:9/api")])
        .env("PREFECT_HOME", home.path())
        .env("HOME", home.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// What `schema` gives.
fn ours(version: &str, folder: &Path) -> Flows {
    let folder = folder.to_str().unwrap();
    let output =
        product::run(&["schema", folder, "--prefect", version, "-o", "json"], &[]).unwrap();
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    let flows = document["flows"].as_array().unwrap().iter();
    flows.map(|it| (it["entrypoint"].as_str().unwrap().to_owned(), it.clone())).collect()
}

/// Each flow that is not the same, with what differs; those that Prefect itself cannot load here are left out.
fn differences(theirs: &Flows, ours: &Flows) -> Vec<String> {
    let mut out = Vec::new();
    for (entrypoint, want) in theirs.iter().filter(|(_, it)| it.get("error").is_none()) {
        let Some(have) = ours.get(entrypoint) else {
            out.push(format!("{entrypoint}: not found"));
            continue;
        };
        for field in COMPARED {
            // of a file that is not run Prefect knows no version, of a flow inside a function no description
            if want.get(field).is_some_and(|it| field != "version" || !it.is_null()) {
                let path = format!("{entrypoint} {field}");
                difference(&path, &want[field], &have[field], &mut out);
            }
        }
    }
    let unknown = ours.keys().filter(|it| !theirs.contains_key(*it));
    out.extend(unknown.map(|it| format!("{it}: Prefect finds no such flow")));
    out
}

fn compared(version: &str, is_read: impl Fn(&str) -> bool, least: usize) {
    let (mut theirs, mut ours) = (theirs(version, &folder()), ours(version, &folder()));
    theirs.retain(|it, _| is_read(it));
    ours.retain(|it, _| is_read(it));
    let counted = theirs.values().filter(|it| it.get("error").is_none()).count();
    assert!(counted >= least, "{counted} flows are compared");
    let found = differences(&theirs, &ours);
    assert!(found.is_empty(), "{} differences:\n{}", found.len(), found.join("\n"));
}

#[test]
fn flows_are_those_of_prefect_3_9() {
    compared(THREE, |it| !it.starts_with("python312/") && !it.starts_with("two/"), 320);
}

#[test]
fn flows_are_those_of_prefect_2_20() {
    compared(TWO, |it| !it.starts_with("python312/") && !it.starts_with("three/"), 375);
}

/// The module that most rows of the golden tables were defined in.
const PRELUDE: &str = include_str!("../../handler/domain/src/python/golden/prelude.py");

/// Rows of the golden tables: the module that they were defined in, with a flow for each; those that fail in a file each.
fn rows(table: &str, prelude: &str) -> (tempfile::TempDir, BTreeMap<String, Value>) {
    let rows: BTreeMap<String, Value> = serde_json::from_str(table).unwrap();
    let dir = tempfile::tempdir().unwrap();
    let mut all = prelude.to_owned();
    for (name, row) in &rows {
        let signature = row["sig"].as_str().unwrap();
        let decorator = "@flow(validate_parameters=False)";
        let text = format!("\n\n{decorator}\ndef row_{name}({signature}):\n    pass\n");
        if row["schema"].is_null() {
            let path = dir.path().join(format!("row_{name}.py"));
            std::fs::write(path, [prelude, &text].concat()).unwrap();
        } else {
            all += &text;
        }
    }
    std::fs::write(dir.path().join("rows.py"), all).unwrap();
    (dir, rows)
}

fn golden(version: &str, table: &str, prelude: &str) {
    let (dir, rows) = rows(table, prelude);
    let theirs = theirs(version, dir.path());
    let mut out = Vec::new();
    for (name, row) in &rows {
        let have = theirs.get(&format!("rows.py:row_{name}"));
        let have = have.map_or(&Value::Null, |it| &it["parameter_openapi_schema"]);
        difference(name, have, &row["schema"], &mut out);
    }
    assert!(rows.len() >= 165 && out.is_empty(), "{}", out.join("\n"));
}

#[test]
fn the_golden_table_is_that_of_prefect_3_9() {
    golden(THREE, include_str!("../../handler/domain/src/python/golden/3.9.1.json"), PRELUDE);
}

#[test]
fn the_golden_table_is_that_of_prefect_2_20() {
    golden(TWO, include_str!("../../handler/domain/src/python/golden/2.20.27.json"), PRELUDE);
}

#[test]
fn the_golden_table_of_pydantic_1_is_that_of_prefect_2_20() {
    let prelude = include_str!("../../handler/domain/src/python/golden/prelude_one.py");
    golden(TWO, include_str!("../../handler/domain/src/python/golden/2.20.27-one.json"), prelude);
}
