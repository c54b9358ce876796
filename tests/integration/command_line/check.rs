//! How `check` answers.

use std::path::Path;

use serde_json::Value;
use world::product::run;

use super::{project, yaml};

/// Exit code and stdout.
fn said(folder: &Path, more: &[&str]) -> (Option<i32>, String) {
    let arguments = [&["check", folder.to_str().unwrap()], more].concat();
    let output = run(&arguments, &[]).unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn a_warning_is_an_error_when_asked_to_be_strict() {
    let dir = project("strict", &yaml("  work_queue_name: q\n"));
    assert_eq!(said(dir.path(), &["-o", "json"]).0, Some(0));
    let (code, document) = said(dir.path(), &["--strict", "-o", "json"]);
    let document: Value = serde_json::from_str(&document).unwrap();
    assert_eq!((code, &document["diagnostics"][0]["severity"]), (Some(3), &"error".into()));
}

#[test]
fn paths_are_those_in_the_repository() {
    let repository = tempfile::tempdir().unwrap();
    std::fs::create_dir(repository.path().join(".git")).unwrap();
    let dir = project("in-repository", &yaml("  work_queue_name: q\n"));
    let inner = repository.path().join("projects/one");
    std::fs::create_dir_all(&inner).unwrap();
    for file in ["etl.py", "prefect.yaml"] {
        std::fs::copy(dir.path().join(file), inner.join(file)).unwrap();
    }
    let (_, annotation) = said(&inner, &["-o", "github"]);
    let want = "::warning file=projects/one/prefect.yaml,line=5,col=3,title=unknown-key::";
    assert!(annotation.starts_with(want), "{annotation}");
    let (_, document) = said(&inner, &["-o", "sarif"]);
    let document: Value = serde_json::from_str(&document).unwrap();
    let result = &document["runs"][0]["results"][0];
    let place = &result["locations"][0]["physicalLocation"]["artifactLocation"];
    assert_eq!(place["uri"], "projects/one/prefect.yaml");
}

#[test]
fn a_check_that_cannot_be_done_is_sarif_too() {
    let (code, document) = said(Path::new("gone"), &["-o", "sarif"]);
    let document: Value = serde_json::from_str(&document).unwrap();
    let invocation = &document["runs"][0]["invocations"][0];
    assert_eq!((code, &invocation["executionSuccessful"]), (Some(2), &false.into()));
}

#[test]
fn only_check_answers_in_sarif() {
    let output = run(&["plan", ".", "-o", "sarif"], &[]).unwrap();
    assert_eq!(output.status.code(), Some(2));
}
