//! A folder with overlays and work pools.

use serde_json::{Value, json};
use world::product::run;

use super::{bundle, project};
use crate::servers::three;

const YAML: &str = "deployments:
- name: daily
  entrypoint: etl.py:etl
  work_pool: {name: environment-dev}
";

/// A project with a pool for production, and this overlay for it.
fn with_overlay(name: &str, overlay: &str) -> tempfile::TempDir {
    let dir = project(name, YAML);
    for (folder, file, text) in [
        ("overlays", "prod.yaml", overlay),
        ("work-pools", "environment-prod.yaml", "type: process\nqueues: [{name: high}]\n"),
    ] {
        std::fs::create_dir(dir.path().join(folder)).unwrap();
        std::fs::write(dir.path().join(folder).join(file), text).unwrap();
    }
    dir
}

fn ask(dir: &tempfile::TempDir, words: &[&str], environment: &[(&str, &str)]) -> (i32, Value) {
    let (path, id) = (dir.path().to_str().unwrap(), bundle(dir));
    let (command, more) = words.split_first().unwrap();
    let arguments = [&[*command, path, "--bundle", &id, "-o", "json"], more].concat();
    let output = run(&arguments, environment).unwrap();
    let document = serde_json::from_slice(&output.stdout).unwrap();
    (output.status.code().unwrap(), document)
}

#[test]
fn the_environment_is_an_argument_or_a_setting() {
    let dir = with_overlay("environment", "default: {work_pool: environment-prod}\n");
    let pool = |words: &[&str], environment: &[(&str, &str)]| {
        let document = ask(&dir, words, environment).1;
        document["deployments"][0]["registered"]["work_pool_name"].clone()
    };
    assert_eq!(pool(&["render"], &[]), "environment-dev");
    assert_eq!(pool(&["render", "--overlay", "prod"], &[]), "environment-prod");
    assert_eq!(pool(&["render"], &[("SYNC_OVERLAY", "prod")]), "environment-prod");
    let (code, document) = ask(&dir, &["check", "--overlay", "prdo"], &[]);
    assert_eq!((code, &document["diagnostics"][0]["code"]), (0, &json!("overlay-missing")));
    let faulty = with_overlay("environment-faulty", "default: {imgae: a}\n");
    assert_eq!(ask(&faulty, &["check"], &[]).0, 0);
    let (code, document) = ask(&faulty, &["check", "--overlay", "prod"], &[]);
    assert_eq!((code, &document["diagnostics"][0]["hint"]), (3, &json!("did you mean `image`?")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_brings_its_pools() {
    let server = three().await;
    let overlay = "default: {work_pool: environment-prod, work_queue: high}\n";
    let dir = with_overlay("environment-pools", overlay);
    let settings = [("PREFECT_API_URL", server.api.as_str()), ("SYNC_OVERLAY", "prod")];
    let (code, document) = ask(&dir, &["apply"], &settings);
    assert_eq!(code, 0, "{document}");
    let kinds = document["steps"].as_array().unwrap().iter().map(|it| it["kind"].as_str().unwrap());
    assert_eq!(kinds.collect::<Vec<_>>(), ["work-pool", "work-queue", "deployment"]);
    let made = server.deployment("environment-pools", "daily").await.unwrap();
    let place = (&made["work_pool_name"], &made["work_queue_name"]);
    assert_eq!(place, (&json!("environment-prod"), &json!("high")));
    let (code, document) = ask(&dir, &["plan", "--detailed-exitcode"], &settings);
    assert_eq!(code, 0, "{document}");
    assert_eq!(document["counts"]["keep"], 3, "{document}");
}
