//! More deployments than a page of the server has: they are read by pages, and a second pass writes nothing.

use std::fmt::Write as _;

use serde_json::Value;
use world::prefect::{Server, THREE};
use world::product::run;
use world::proxy::Proxy;

use super::{bundle, project};

/// What a page has.
const PAGE: usize = 200;
const COUNT: usize = 1000;
/// What is read beside the pages, however many there are: versions, pools, blocks, the flow.
const BESIDE: usize = 12;

#[tokio::test(flavor = "multi_thread")]
async fn a_second_pass_over_many_deployments_reads_pages_and_writes_nothing() {
    // of its own: with so many schedules to look after it is slow to all others
    let server = Server::start(THREE).await.unwrap();
    let proxy = Proxy::start(&server.api).await.unwrap();
    let mut yaml = "deployments:\n".to_owned();
    for at in 0..COUNT {
        writeln!(
            yaml,
            "- {{name: d-{at}, entrypoint: etl.py:etl, work_pool: {{name: pool-many}}, schedules: [{{cron: '{} 6 * * *'}}]}}",
            at % 60
        )
        .unwrap();
    }
    let dir = project("many", &yaml);
    let (id, path) = (bundle(&dir), dir.path().to_str().unwrap());
    let settings = [
        ("PREFECT_API_URL", proxy.api.as_str()),
        ("SYNC_CREATE_POOLS", "true"),
        ("SYNC_POOL_TYPE", "process"),
    ];
    for wanted in ["create", "keep"] {
        proxy.take();
        let output = run(&["apply", path, "--bundle", &id, "-o", "json"], &settings).unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let document: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert!(document["counts"][wanted].as_u64().unwrap() >= COUNT as u64);
    }
    let sent = proxy.take();
    assert!(!sent.iter().any(|it| world::proxy::is_write(it)), "{sent:?}");
    let pages = sent.iter().filter(|it| it.ends_with("/deployments/filter")).count();
    assert!((COUNT / PAGE..=COUNT / PAGE + 1).contains(&pages), "{sent:?}");
    assert!(sent.len() - pages <= BESIDE, "{sent:?}");
}
