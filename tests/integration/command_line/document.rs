//! The plan as a document: its published schema holds, by the validator that Prefect itself uses.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;
use world::prefect::THREE;
use world::product::run;
use world::provision;

use super::{bundle, project, yaml};
use crate::servers::three;

const CHECK: &str = "
import json, sys
from jsonschema import Draft202012Validator
schema, documents = json.load(open(sys.argv[1])), json.load(sys.stdin)
Draft202012Validator.check_schema(schema)
for it in documents:
    Draft202012Validator(schema).validate(it)
";

/// What is wrong with `documents` by the schema `docs/schemas/<name>.json`.
fn faults(name: &str, documents: &[Value]) -> String {
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../docs/schemas/{name}.json"));
    let python = provision::prefect(THREE).unwrap().join("bin/python");
    let mut child = Command::new(python)
        .args(["-c", CHECK])
        .arg(schema)
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let text = Value::from(documents.to_vec()).to_string();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    String::from_utf8(child.wait_with_output().unwrap().stderr).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_plan_fits_its_schema() {
    let server = three().await;
    let environment = [
        ("PREFECT_API_URL", server.api.as_str()),
        ("SYNC_CREATE_POOLS", "true"),
        ("SYNC_POOL_TYPE", "process"),
    ];
    let mut documents = Vec::new();
    let versions = [
        yaml("  tags: [a]\n  schedules: [{cron: '0 6 * * *'}, {interval: 3600, slug: often}]\n"),
        yaml("  tags: [b]\n  schedules: [{cron: '0 7 * * *'}]\n  triggers: [{expect: [x]}]\n"),
        yaml("  nothing: 1\n"),
        yaml("  tags: [b]\n").replace("pool-a", "pool-that-is-missing"),
    ];
    let dir = project("documented", "");
    let (id, path) = (bundle(&dir), dir.path().to_str().unwrap());
    for version in versions {
        std::fs::write(dir.path().join("prefect.yaml"), &version).unwrap();
        for command in ["plan", "apply", "plan"] {
            let arguments = [command, path, "--bundle", &id, "-o", "json"];
            // the missing pool is refused
            let allowed = if version.contains("missing") { 1 } else { 3 };
            let output = run(&arguments, &environment[..allowed]).unwrap();
            documents.push(serde_json::from_slice(&output.stdout).unwrap());
        }
    }
    assert_eq!(faults("plan", &documents), "");
    let actions: Vec<&Value> = documents
        .iter()
        .flat_map(|it| it["steps"].as_array().unwrap())
        .map(|it| &it["action"])
        .collect();
    for wanted in ["create", "update", "keep", "refuse"] {
        assert!(actions.iter().any(|it| *it == wanted), "{wanted}");
    }
    // the validator looks at something
    documents[0]["steps"][0]["action"] = "destroy".into();
    assert!(faults("plan", &documents).contains("'destroy' is not one of"));
}
