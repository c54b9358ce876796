//! What `prefect deployment build` writes, against what `prefect deployment apply` makes of it.

use serde_json::{Value, json};
use world::product;

use crate::servers::two;

const FLOW: &str = "from enum import Enum
from typing import Optional
from pydantic import BaseModel
from prefect import flow

class Kind(Enum):
    A = 'a'

class Config(BaseModel):
    size: int = 1

@flow(name='built')
def etl(n: int, kind: Kind = Kind.A, config: Optional[Config] = None):
    \"\"\"Moves it.\"\"\"
";

/// The options of each build, by the deployment's name.
const BUILDS: [(&str, &[&str]); 6] = [
    ("plain", &[]),
    (
        "cron",
        &[
            "--cron",
            "0 6 * * *",
            "--timezone",
            "Europe/Oslo",
            "-q",
            "kubernetes",
            "-t",
            "a",
            "-t",
            "b",
            "--param",
            "n=3",
        ],
    ),
    (
        "interval",
        &["--interval", "3600", "--anchor-date", "2024-01-01T00:00:00+00:00", "--param", "n=3"],
    ),
    (
        "rrule",
        &["--rrule", "FREQ=DAILY", "--version", "7", "--description", "Its own.", "--param", "n=3"],
    ),
    (
        "k8s",
        &[
            "--infra",
            "kubernetes-job",
            "--override",
            "image=a:1",
            "--override",
            "env.A=b",
            "--skip-upload",
        ],
    ),
    (
        "docker",
        &["--infra", "docker-container", "--pool", "built-pool", "--path", "/app", "--skip-upload"],
    ),
];

/// Fields of the create body, by their names in an answer of Prefect 2.
const FIELDS: [(&str, &str); 10] = [
    ("version", "version"),
    ("description", "description"),
    ("tags", "tags"),
    ("parameters", "parameters"),
    ("job_variables", "infra_overrides"),
    ("path", "path"),
    ("entrypoint", "entrypoint"),
    ("work_queue_name", "work_queue_name"),
    ("work_pool_name", "work_pool_name"),
    ("parameter_openapi_schema", "parameter_openapi_schema"),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_built_file_declares_what_the_real_tool_applies() {
    let server = two().await;
    let pool = json!({"name": "built-pool", "type": "prefect-agent"});
    server.post("/work_pools/", pool).await.unwrap();
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("flow.py"), FLOW).unwrap();
    for (name, options) in BUILDS {
        let file = format!("{name}-deployment.yaml");
        let build = ["deployment", "build", "flow.py:etl", "-n", name, "-o", &file];
        server.prefect(dir.path(), &[&build, options].concat(), &[]).unwrap();
        server.prefect(dir.path(), &["deployment", "apply", &file], &[]).unwrap();
    }
    let folder = dir.path().to_str().unwrap();
    let output = product::run(&["render", folder, "--prefect", "2.20", "-o", "json"], &[]).unwrap();
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(document["diagnostics"], json!([]));
    let ours = document["deployments"].as_array().unwrap();
    assert_eq!(ours.len(), BUILDS.len());
    for it in ours {
        let fields = &it["fields"];
        let name = fields["name"].as_str().unwrap();
        let live = server.deployment("built", name).await.unwrap();
        for (field, answered) in FIELDS {
            // the server gives a pool to what has none
            let theirs = &live[answered];
            let given = field == "work_pool_name" && fields[field].is_null();
            assert!(
                given || fields[field] == *theirs,
                "{name}: {field}: {} {theirs}",
                fields[field]
            );
        }
        let timing = |it: &Value| {
            it.as_array().unwrap().iter().map(|it| it["schedule"].clone()).collect::<Vec<_>>()
        };
        assert_eq!(timing(&fields["schedules"]), timing(&live["schedules"]), "{name}");
    }
}
