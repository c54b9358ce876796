//! A bundle of the convention of Prefect 2, on a server of each kind: registered, run, and left alone afterwards.

mod built;
mod clock;
mod jobs;

use handler::stores::Condition;
use serde_json::{Value, json};
use world::bundles;
use world::host::Host;
use world::prefect::Server;

use crate::servers::{azurite, three, two};

const FLOW: &str = "import os
from prefect import flow

from helper import greeting

@flow(name='NAME')
def etl(who: str = 'nobody'):
    assert os.environ['TEAM'] == 'a', os.environ
    print(greeting(who))
";

/// Two deployments: with a block that is written in the file, and with a saved one.
const DECLARED: &str = "import os
from prefect.deployments import Deployment
from prefect.filesystems import Azure
from prefect.infrastructure import Process
from flow import etl

storage = Azure.load('NAME')
for name, infrastructure in [
    ('inline', Process(env={'FROM': 'block'}, stream_output=True)),
    ('saved', Process.load('NAME')),
]:
    deployment = Deployment.build_from_flow(
        flow=etl, name=name, version='1', storage=storage, infrastructure=infrastructure,
        infra_overrides={'env.TEAM': 'a'}, work_queue_name='NAME',
        path=os.getcwd()[os.getcwd().find('NAME'):],
    )
    deployment.apply()
";

struct Case {
    name: &'static str,
    server: &'static Server,
    host: Host,
}

impl Case {
    async fn start(name: &'static str, server: &'static Server) -> Self {
        let azurite = azurite().await;
        let settings = [
            ("PREFECT_API_URL", server.api.as_str()),
            ("SYNC_CREATE_POOLS", "true"),
            ("SYNC_POOL_TYPE", "process"),
            ("SYNC_WORK_POOL", name),
            ("SYNC_CREDENTIALS_COPY", "true"),
            ("SYNC_CREDENTIALS_BLOCK", name),
            ("SYNC_STORAGE_BLOCK", &format!("{name}-ours")),
        ];
        Self { name, server, host: Host::start(azurite, &settings).await.unwrap() }
    }

    /// Uploads the bundle and gives the receipt.
    async fn upload(&self) -> Value {
        let named = |text: &str| text.replace("NAME", self.name);
        let (flow, declared) = (named(FLOW), named(DECLARED));
        let files = [
            ("projects/etl/flow.py", flow.as_str()),
            ("projects/etl/helper.py", "def greeting(who):\n    return f'hello {who}'\n"),
            ("projects/etl/daily.deployment.py", &declared),
        ];
        let blob = format!("{}.zip", self.name);
        let zip = bundles::zip_of(&files).unwrap();
        let bundles = &self.host.stores.bundles;
        let written = bundles.write(&blob, zip, Condition::Any).await.unwrap();
        self.host.events(&[world::events::blob_created(&blob, &written)]).await.unwrap();
        self.host.settled().await.unwrap();
        let key = format!("{}/receipts/latest.json", self.name);
        let read = self.host.stores.receipts.read(&key, 1 << 20).await.unwrap();
        let (bytes, _) = read.ok_or_else(|| self.host.log().unwrap()).unwrap();
        serde_json::from_slice(&bytes).unwrap()
    }

    async fn block(&self, r#type: &str, data: Value) -> Value {
        let found = self.server.get(&format!("/block_types/slug/{type}")).await.unwrap();
        let filter = json!({"block_schemas": {"block_type_id": {"any_": [found["id"]]}}});
        let schemas = self.server.post("/block_schemas/filter", filter).await.unwrap();
        let body = json!({"name": self.name, "data": data, "block_type_id": found["id"],
            "block_schema_id": schemas[0]["id"]});
        self.server.post("/block_documents/", body).await.unwrap()["id"].clone()
    }

    async fn live(&self, name: &str) -> Value {
        self.server.deployment(self.name, name).await.unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_runs_the_staged_code_with_the_declared_infrastructure() {
    let case = Case::start("agents", two().await).await;
    let receipt = case.upload().await;
    assert_eq!(receipt["outcome"], "refused", "{receipt}");
    assert!(receipt.to_string().contains("block `process/agents` does not exist"), "{receipt}");

    case.block("azure", json!({"bucket_path": "theirs"})).await;
    let saved = json!({"type": "process", "env": {}, "labels": {}, "stream_output": true});
    let saved = case.block("process", saved).await;
    let receipt = case.upload().await;
    assert_eq!(receipt["outcome"], "applied", "{receipt}");
    let (inline, with_saved) = (case.live("inline").await, case.live("saved").await);
    let digest = receipt["digest"].as_str().unwrap().get(..12).unwrap();
    for live in [&inline, &with_saved] {
        assert_eq!(live["path"], json!(format!("agents/{digest}/projects/etl")));
        assert_eq!(live["entrypoint"], "flow.py:etl");
        assert_eq!(live["work_queue_name"], "agents");
        assert_eq!(live["infra_overrides"], json!({"env.TEAM": "a"}));
        let id = live["storage_document_id"].as_str().unwrap();
        let storage = case.server.get(&format!("/block_documents/{id}")).await.unwrap();
        assert_eq!(
            (&storage["name"], &storage["data"]["bucket_path"]),
            (&json!("agents-ours"), &json!("code"))
        );
    }
    assert_eq!(with_saved["infrastructure_document_id"], saved);
    assert_ne!(inline["infrastructure_document_id"], saved);

    // the file does not state it, so it stays as somebody wrote it
    let id = inline["id"].as_str().unwrap();
    case.server
        .patch(&format!("/deployments/{id}"), json!({"description": "theirs"}))
        .await
        .unwrap();
    let again = case.upload().await;
    assert_eq!(again["outcome"], "unchanged", "{again}");
    assert_eq!(case.live("inline").await["description"], "theirs");
    for live in [&inline, &with_saved] {
        let id = live["id"].as_str().unwrap();
        let agent = ["agent", "start", "--work-queue", "agents"];
        assert_eq!(case.server.run_by(id, &agent, &[]).await.unwrap(), "Completed");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_of_prefect_3_runs_what_was_written_for_agents() {
    let case = Case::start("workers", three().await).await;
    let receipt = case.upload().await;
    assert_eq!(receipt["outcome"], "applied", "{receipt}");
    assert!(
        receipt.to_string().contains("this server has no block `process/workers`"),
        "{receipt}"
    );
    let inline = case.live("inline").await;
    assert_eq!(inline["job_variables"]["env"], json!({"FROM": "block", "TEAM": "a"}));
    assert_eq!(
        (&inline["work_pool_name"], &inline["work_queue_name"]),
        (&json!("workers"), &json!("workers"))
    );
    assert_eq!(case.upload().await["outcome"], "unchanged");
    for name in ["inline", "saved"] {
        let id = case.live(name).await["id"].as_str().unwrap().to_owned();
        assert_eq!(case.server.run(&id, "workers", &[]).await.unwrap(), "Completed");
    }
}
