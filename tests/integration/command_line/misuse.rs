//! Arguments, settings and addresses that cannot be used.

use std::process::Output;

use serde_json::Value;
use world::bundles;
use world::product::run;

use super::{project, yaml};
use crate::servers::three;

/// Exit code, and what is said on stderr.
fn said(arguments: &[&str], settings: &[(&str, &str)]) -> (Option<i32>, String) {
    let Output { status, stderr, .. } = run(arguments, settings).unwrap();
    (status.code(), String::from_utf8(stderr).unwrap())
}

/// Exit code, and the one finding of the document on stdout.
fn document(arguments: &[&str], settings: &[(&str, &str)]) -> (Option<i32>, Value) {
    let output = run(&[arguments, &["-o", "json"]].concat(), settings).unwrap();
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(document["apiVersion"], "prefect-azure-sync/v1");
    assert_eq!(document["diagnostics"].as_array().unwrap().len(), 1, "{document}");
    (output.status.code(), document["diagnostics"][0].clone())
}

#[test]
fn an_argument_that_cannot_be_used_is_2_and_says_what_would_be() {
    let folder = bundles::example();
    let file = folder.join("prefect.yaml");
    let (folder, file) = (folder.to_str().unwrap(), file.to_str().unwrap());
    for (arguments, wanted) in [
        (vec!["check", folder, "--now", "abc"], "RFC 3339, such as 2026-01-31T06:00:00Z"),
        (vec!["check", folder, "--env", "abc"], "NAME=VALUE"),
        (vec!["check", folder, "--bundle", "a b"], "segments of letters"),
        (vec!["check", folder, "--prefect", "1.4"], "2.16 or a later 2"),
        (vec!["check", "gone"], "give a project folder, or a .zip"),
        (vec!["check", file, "--root", "src"], "not below --root"),
        (vec!["check", env!("CARGO_BIN_EXE_demo")], "neither a folder nor an archive"),
        (vec!["check", folder, "--source-root", "../lib"], "a folder of the bundle"),
        (vec!["check", folder, "--bundle-name", "a/b"], "the name of one folder"),
        (vec!["schema", file], "no Python file"),
    ] {
        let (code, text) = said(&arguments, &[]);
        assert_eq!(code, Some(2), "{arguments:?}: {text}");
        assert!(text.contains(wanted), "{arguments:?}: {text}");
    }
}

#[test]
fn whatever_goes_wrong_is_one_document() {
    let folder = bundles::example();
    let folder = folder.to_str().unwrap();
    let closed =
        [("PREFECT_API_URL", "http://127.0.0.1:9/api"), ("SYNC_PREFECT_MAX_REQUESTS", "1")];
    for (arguments, settings, code, finding) in [
        (vec!["check", "gone"], &[][..], 2, "usage"),
        (vec!["check", "--bogus"], &[], 2, "usage"),
        (vec!["plan", folder], &[], 1, "settings"),
        (vec!["plan", folder], &closed, 7, "not-available"),
    ] {
        let (ended, told) = document(&arguments, settings);
        assert_eq!((ended, told["code"].as_str()), (Some(code), Some(finding)), "{arguments:?}");
    }
}

#[test]
fn a_document_without_an_answer_still_has_its_list() {
    for (command, list) in [("render", "deployments"), ("schema", "flows")] {
        for wrong in ["gone", "--bogus"] {
            let output = run(&[command, wrong, "-o", "json"], &[]).unwrap();
            let document: Value = serde_json::from_slice(&output.stdout).unwrap();
            assert_eq!(document[list], Value::Array(Vec::new()), "{document}");
        }
    }
}

#[test]
fn with_a_detailed_exitcode_2_is_a_change_and_nothing_else() {
    assert_eq!(said(&["plan", "--detailed-exitcode", "--bogus"], &[]).0, Some(1));
    assert_eq!(said(&["plan", "--detailed-exitcode", "gone"], &[]).0, Some(1));
}

#[test]
fn a_folder_whose_name_is_no_id_is_checked_and_is_not_applied_without_one() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("my project");
    std::fs::rename(project("spaced", &yaml("")).keep(), &folder).unwrap();
    let folder = folder.to_str().unwrap();
    assert_eq!(said(&["check", folder], &[]), (Some(0), String::new()));
    let (code, text) = said(&["apply", folder], &[("PREFECT_API_URL", "http://127.0.0.1:9/api")]);
    assert_eq!(code, Some(2));
    assert!(text.contains("--bundle my-project"), "{text}");
}

#[test]
fn a_schema_starts_at_the_project_of_its_file() {
    let file = bundles::example().join("flows/hello.py");
    let output = run(&["schema", file.to_str().unwrap(), "-o", "json"], &[]).unwrap();
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(document["flows"][0]["entrypoint"], "flows/hello.py:hello");
}

#[test]
fn an_empty_address_is_none_and_what_asks_no_server_needs_none() {
    let folder = bundles::example();
    let folder = folder.to_str().unwrap();
    let empty = [("PREFECT_API_URL", "")];
    assert_eq!(said(&["schema", folder], &empty).0, Some(0));
    let (code, text) = said(&["plan", folder], &empty);
    assert_eq!(code, Some(1));
    assert!(text.contains("PREFECT_API_URL"), "{text}");
}

#[test]
fn a_setting_that_nobody_reads_is_told() {
    let folder = bundles::example();
    let (code, text) = said(&["check", folder.to_str().unwrap()], &[("SYNC_ADOPTS", "true")]);
    assert_eq!(code, Some(0));
    assert_eq!(text.matches("did you mean `SYNC_ADOPT`?").count(), 1, "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_without_api_is_told_the_one_with_it() {
    let api = &three().await.api;
    let folder = bundles::example();
    let url = api.strip_suffix("/api").unwrap();
    let (code, text) = said(&["plan", folder.to_str().unwrap()], &[("PREFECT_API_URL", url)]);
    assert_eq!(code, Some(1));
    assert!(text.contains(&format!("did you mean `{api}`?")), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_stands_among_the_findings_for_programs() {
    let api = &three().await.api;
    let dir = project("refused", &yaml("").replace("pool-a", "no-such-pool"));
    let arguments = ["plan", dir.path().to_str().unwrap(), "--bundle", "refused"];
    let (code, told) = document(&arguments, &[("PREFECT_API_URL", api)]);
    assert_eq!((code, told["code"].as_str()), (Some(6), Some("refused")), "{told}");
    assert!(told["message"].as_str().unwrap().contains("no-such-pool"), "{told}");
    let github = [&arguments[..], &["-o", "github"]].concat();
    let output = run(&github, &[("PREFECT_API_URL", api)]).unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.lines().any(|it| it.starts_with("::error ")), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_type_that_no_work_pool_has_is_refused_by_the_plan() {
    let dir = project("pool-type", &yaml("").replace("pool-a", "no-pool"));
    let settings = [
        ("PREFECT_API_URL", three().await.api.as_str()),
        ("SYNC_CREATE_POOLS", "true"),
        ("SYNC_POOL_TYPE", "kuberntes"),
    ];
    let (code, finding) = document(&["plan", dir.path().to_str().unwrap()], &settings);
    let message = finding["message"].as_str().unwrap();
    assert_eq!((code, finding["code"].as_str()), (Some(6), Some("refused")), "{finding}");
    let wanted =
        "no work pool type `kuberntes`; did you mean `kubernetes`?; set SYNC_POOL_TYPE to one of: ";
    assert!(message.contains(wanted), "{message}");
}
