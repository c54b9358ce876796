//! Triggers of a deployment file in Python, against what the real Prefect makes of them.

use serde_json::{Value, json};
use world::product;

use crate::servers::three;

const FILE: &str = "from datetime import timedelta

from prefect import flow
from prefect.events import DeploymentCompoundTrigger, DeploymentEventTrigger, DeploymentSequenceTrigger, EventTrigger


@flow(name='python-triggers')
def react(path: str = ''):
    pass


if __name__ == '__main__':
    react.to_deployment(
        name='daily',
        work_pool_name='python-triggers',
        triggers=[
            DeploymentEventTrigger(
                name='uploaded',
                description='Each upload.',
                match={'prefect.resource.id': 'acme.bucket.*'},
                expect=['acme.file.uploaded', 'acme.file.moved'],
                parameters={'path': '{{ event.resource.name }}'},
                job_variables={'env': {'A': 'b'}},
            ),
            DeploymentEventTrigger(
                name='quiet',
                enabled=False,
                posture='Proactive',
                match_related={'prefect.resource.role': 'flow'},
                expect={'acme.heartbeat'},
                within=timedelta(minutes=10),
                threshold=2,
                for_each={'prefect.resource.id'},
                schedule_after=timedelta(seconds=30),
            ),
            DeploymentCompoundTrigger(
                name='both',
                require='all',
                within=timedelta(hours=1),
                triggers=[EventTrigger(expect={'a'}), EventTrigger(expect={'b'}, threshold=3)],
            ),
            DeploymentSequenceTrigger(
                name='in-turn',
                within=timedelta(minutes=5),
                triggers=[EventTrigger(expect={'a'}), EventTrigger(expect={'b'})],
            ),
        ],
    ).apply()
";

/// Runs the file as `python deployment.py` does in its folder, whatever it prints.
const RUN: &str = "
import os, runpy, sys
out = os.dup(1)
os.dup2(2, 1)
os.chdir(sys.argv[1])
sys.path.insert(0, sys.argv[1])
runpy.run_path('deployment.py', run_name='__main__')
os.write(out, b'null')
";

#[tokio::test(flavor = "multi_thread")]
async fn what_prefect_makes_of_the_triggers_of_a_python_file_is_kept() {
    let server = three().await;
    let pool = json!({"name": "python-triggers", "type": "process"});
    server.post("/work_pools/", pool).await.unwrap();
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().to_str().unwrap();
    std::fs::write(dir.path().join("deployment.py"), FILE).unwrap();
    tokio::task::block_in_place(|| server.script(RUN, &[path])).unwrap();
    let settings = [("PREFECT_API_URL", server.api.as_str())];
    let arguments = ["plan", path, "--bundle", "python-triggers", "--adopt", "-o", "json"];
    let output = product::run(&arguments, &settings).unwrap();
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    let steps = document["steps"].as_array().unwrap().iter();
    let automations = steps.filter(|it| it["kind"] == "automation");
    let planned: Vec<_> =
        automations.map(|it| (it["name"].as_str(), it["action"].as_str())).collect();
    let kept = |name| (Some(name), Some("keep"));
    let all = [
        kept("python-triggers/daily: uploaded"),
        kept("python-triggers/daily: quiet"),
        kept("python-triggers/daily: both"),
        kept("python-triggers/daily: in-turn"),
    ];
    assert_eq!(planned, all, "{document:#}");
}
