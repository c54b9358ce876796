//! What a deployment file takes for the time.

use serde_json::Value;
use world::bundles;
use world::product;

use crate::servers::three;

const DECLARED: &str = "from datetime import date
from etl import etl

etl.deploy('clocked', work_pool_name='clocked', description=f'since {date.today()}')
";

#[tokio::test(flavor = "multi_thread")]
async fn the_same_content_asks_for_the_same_deployments_on_another_day() {
    let server = three().await;
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("bundles")).unwrap();
    let flow = "from prefect import flow\n\n@flow(name='clocked')\ndef etl():\n    pass\n";
    let zip = bundles::zip_of(&[("etl.py", flow), ("a.deployment.py", DECLARED)]).unwrap();
    std::fs::write(dir.path().join("bundles/clocked.zip"), zip).unwrap();
    let settings = [
        ("PREFECT_API_URL", server.api.as_str()),
        ("SYNC_CREATE_POOLS", "true"),
        ("SYNC_POOL_TYPE", "process"),
    ];
    let once = || {
        let folder = dir.path().to_str().unwrap();
        let output = product::run(&["serve", "--once", "--local", folder], &settings).unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    let receipts = dir.path().join("receipts/clocked/receipts");
    let read = |name: &str| -> Value {
        serde_json::from_slice(&std::fs::read(receipts.join(name)).unwrap()).unwrap()
    };
    once();
    let first = read("latest.json");
    assert!(first["clock"].is_string(), "{first}");

    // the first receipt is of another day
    let digest = first["digest"].as_str().unwrap().get(..12).unwrap();
    let file = format!("{digest}.json");
    let mut earlier = first.clone();
    earlier["clock"] = "2026-01-02T03:04:05Z".into();
    std::fs::write(receipts.join(&file), earlier.to_string()).unwrap();
    once();
    let live = server.deployment("clocked", "clocked").await.unwrap();
    assert_eq!(live["description"], "since 2026-01-02");
    assert_eq!(read(&file)["clock"], "2026-01-02T03:04:05Z");
    once();
    assert_eq!(read("latest.json")["outcome"], "unchanged");
}
