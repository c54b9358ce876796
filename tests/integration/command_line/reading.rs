//! `schema` and `render` of files, folders and archives: no server is asked.

use std::path::Path;

use serde_json::Value;
use world::bundles;
use world::product::run;

const FLOW: &str = "from prefect import flow\nfrom shared import Ids\n\n@flow\ndef etl(ids: Ids):\n    pass\n\n\n@flow\ndef load():\n    pass\n";

const FILES: [(&str, &str); 5] = [
    ("jobs/etl.py", FLOW),
    (
        "jobs/prefect.yaml",
        "deployments: [{name: a, entrypoint: 'jobs/etl.py:etl', work_pool: {name: p}}]\n",
    ),
    ("lib/shared.py", "Ids = list[int]\n"),
    (
        "prefect.yaml",
        "deployments: [{name: b, entrypoint: 'jobs/etl.py:load', work_pool: {name: p}}]\n",
    ),
    (".venv/lib/thing.py", FLOW),
];

fn project() -> tempfile::TempDir {
    let dir = tempfile::Builder::new().prefix("proj").tempdir().unwrap();
    for (path, text) in FILES {
        let path = dir.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    dir
}

/// The document that `arguments` and PATH give.
fn document(arguments: &[&str], path: &Path, settings: &[(&str, &str)]) -> Value {
    let path = path.to_str().unwrap();
    let output = run(&[arguments, &[path, "-o", "json"]].concat(), settings).unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

fn entrypoints(document: &Value) -> Vec<&str> {
    let flows = document["flows"].as_array().unwrap();
    flows.iter().filter_map(|it| it["entrypoint"].as_str()).collect()
}

#[test]
fn every_flow_of_a_folder_or_archive_is_read_but_those_of_installed_packages() {
    let dir = project();
    let archive = dir.path().join("all.zip");
    std::fs::write(&archive, bundles::zip_of(&FILES).unwrap()).unwrap();
    for path in [dir.path(), &archive] {
        let document = document(&["schema"], path, &[]);
        assert_eq!(entrypoints(&document), ["jobs/etl.py:etl", "jobs/etl.py:load"]);
    }
    let one = dir.path().join("jobs/etl.py:load");
    assert_eq!(entrypoints(&document(&["schema"], &one, &[])), ["etl.py:load"]);
    let none =
        document(&["schema", "--root", dir.path().to_str().unwrap()], &dir.path().join("lib"), &[]);
    assert_eq!(entrypoints(&none), [""; 0]);
}

#[test]
fn an_archive_is_rendered_as_its_upload_would_be_registered() {
    let deployment = "from prefect.deployments import Deployment\nfrom etl import etl\nDeployment.build_from_flow(etl, 'daily', work_pool_name='k8s').apply()\n";
    let files: Vec<(&str, &str)> =
        FILES.into_iter().chain([("jobs/etl.deployment.py", deployment)]).collect();
    let dir = tempfile::tempdir().unwrap();
    let archive = dir.path().join("sales.zip");
    std::fs::write(&archive, bundles::zip_of(&files).unwrap()).unwrap();
    let registered = |arguments: &[&str], settings: &[(&str, &str)]| {
        let document = document(arguments, &archive, settings);
        let all = document["deployments"].as_array().unwrap();
        all.iter().find(|it| it["fields"]["name"] == "daily").unwrap()["registered"].clone()
    };
    let three = registered(&["render"], &[("SYNC_CODE_CONTAINER", "packed")]);
    let step =
        &three["pull_steps"][0]["prefect_azure.deployments.steps.pull_from_azure_blob_storage"];
    let folder = step["folder"].as_str().unwrap().to_owned();
    assert_eq!(step["container"], "packed");
    assert!(folder.starts_with("sales/") && folder.ends_with("/jobs/"), "{folder}");
    let two = registered(&["render", "--prefect", "2.20"], &[]);
    assert_eq!(two["path"], folder.trim_end_matches('/'));
    assert_eq!(two["storage_document_id"], "azure/prefect-azure-sync");
}

#[test]
fn modules_are_found_in_the_source_roots_that_are_set_or_given() {
    let dir = project();
    let ids = |arguments: &[&str], settings: &[(&str, &str)]| {
        let document = document(arguments, dir.path(), settings);
        document["flows"][0]["parameter_openapi_schema"]["properties"]["ids"]["type"].clone()
    };
    assert_eq!(ids(&["schema"], &[]), Value::Null);
    assert_eq!(ids(&["schema", "--source-root", "./lib/"], &[]), "array");
    assert_eq!(ids(&["schema"], &[("SYNC_SOURCE_ROOTS", "src, lib")]), "array");
}

#[test]
fn of_a_part_of_a_project_only_what_is_declared_there_is_shown() {
    let dir = project();
    let root = dir.path().to_str().unwrap();
    let names = |path: &str, arguments: &[&str]| {
        let document = document(arguments, &dir.path().join(path), &[]);
        let all = document["deployments"].as_array().unwrap();
        all.iter().map(|it| it["fields"]["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names("", &["render"]), ["a", "b"]);
    assert_eq!(names("jobs", &["render", "--root", root]), ["a"]);
    assert_eq!(names("prefect.yaml", &["render"]), ["b"]);
}
