//! A job of Kubernetes that an agent of Prefect 2 starts, against the one that a worker of Prefect 3 starts for the same file.

use handler::stores::Condition;
use serde_json::{Value, json};
use world::bundles;
use world::host::Host;
use world::prefect::Server;

use crate::servers::{azurite, three, two};

const NAME: &str = "jobs";

const FLOW: &str = "from prefect import flow\n@flow(name='jobs')\ndef etl(): ...\n";

/// Deployments with what users of Prefect 2 write into a block and into `infra_overrides`.
const DECLARED: &str = "from prefect.deployments import Deployment
from prefect.infrastructure import KubernetesJob
from prefect.infrastructure.kubernetes import KubernetesImagePullPolicy
from flow import etl

def limits(**limits):
    return {'op': 'add', 'path': '/spec/template/spec/containers/0/resources', 'value': limits}

CASES = {
    'plain': (KubernetesJob(image='a:1', command=['python', '-m', 'x']), {}),
    'every': (KubernetesJob(
        image='a:1', namespace='flows', service_account_name='runner', finished_job_ttl=300,
        image_pull_policy=KubernetesImagePullPolicy.ALWAYS, labels={'team': 'a'},
        command=['sh', '-c', 'echo \"a b\" && true'], env={'A': '1', 'B': 'two words'},
    ), {}),
    'overridden': (KubernetesJob(image='a:1', env={'A': '1'}, command=['x']), {
        'image': 'b:2', 'env.B': '2', 'namespace': 'other', 'service_account_name': 'writer',
        'image_pull_policy': 'IfNotPresent', 'finished_job_ttl': 60, 'labels.team': 'b', 'command': ['y', '--z=1 2'],
    }),
    'replaced': (KubernetesJob(image='a:1', env={'A': '1'}, command=['x']), {'env': {'C': '3'}}),
    'limited': (KubernetesJob(image='a:1', command=['x'], customizations=[
        limits(requests={'cpu': '500m', 'memory': '1Gi'}, limits={'cpu': '2', 'memory': '8Gi'}),
    ]), {}),
    'limited-by-override': (KubernetesJob(image='a:1', command=['x']), {'customizations': [
        limits(limits={'memory': '8Gi'}),
        {'op': 'add', 'path': '/spec/template/spec/serviceAccountName', 'value': 'reader'},
        {'op': 'add', 'path': '/spec/template/spec/containers/0/env/-', 'value': {'name': 'D', 'value': '4'}},
    ]}),
}
for name, (job, overrides) in CASES.items():
    Deployment.build_from_flow(
        flow=etl, name=name, infrastructure=job, infra_overrides=overrides, work_queue_name='jobs', apply=True,
    )
";

/// The jobs of the deployments that are named, as an agent makes them of a flow run.
const AGENT: &str = "
import asyncio, json, sys
from prefect.agent import PrefectAgent
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowFilter, FlowFilterName

async def main():
    async with get_client() as client:
        agent, out = PrefectAgent(work_queues=['jobs']), {}
        agent.client = client
        flows = FlowFilter(name=FlowFilterName(any_=['jobs']))
        for deployment in await client.read_deployments(flow_filter=flows):
            if deployment.name in sys.argv[1:]:
                run = await client.create_flow_run_from_deployment(deployment.id)
                job = await agent.get_infrastructure(run)
                made = job.build_job()
                # what the agent adds for the run alone
                container = made['spec']['template']['spec']['containers'][0]
                container['env'] = [it for it in container['env'] if not it['name'].startswith('PREFECT_')]
                labels = made['metadata']['labels']
                made['metadata']['labels'] = {it: labels[it] for it in labels if not it.startswith('prefect.io/')}
                out[deployment.name] = made
                await client.delete_flow_run(run.id)
    print(json.dumps(out))

asyncio.run(main())
";

/// The jobs of the deployments that are named, as a worker makes them of the template of the pool.
const WORKER: &str = "
import asyncio, json, shlex, sys
from typing import Any
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowFilter, FlowFilterName
from prefect.workers.base import BaseJobConfiguration

class Job(BaseJobConfiguration):
    job_manifest: dict[str, Any]

async def main():
    async with get_client() as client:
        pool, out = await client.read_work_pool('jobs'), {}
        flows = FlowFilter(name=FlowFilterName(any_=['jobs']))
        for deployment in await client.read_deployments(flow_filter=flows):
            if deployment.name in sys.argv[1:]:
                template, values = pool.base_job_template, deployment.job_variables
                made = await Job.from_template_and_values(template, values, client=client)
                # as the worker for Kubernetes writes them for its API
                container = made.job_manifest['spec']['template']['spec']['containers'][0]
                container['env'] = [{'name': name, 'value': it} for name, it in container.get('env', {}).items()]
                container['args'] = shlex.split(container.get('args') or '')
                out[deployment.name] = made.job_manifest
    print(json.dumps(out))

asyncio.run(main())
";

const TEMPLATE: &str = "/collections/views/aggregate-worker-metadata";

/// Registers the bundle on `server`.
async fn register(server: &Server) -> Value {
    let azurite = azurite().await;
    let settings = [
        ("PREFECT_API_URL", server.api.as_str()),
        ("SYNC_WORK_POOL", NAME),
        ("SYNC_STORAGE_BLOCK", NAME),
        ("SYNC_CREDENTIALS_BLOCK", NAME),
        ("SYNC_CREDENTIALS_COPY", "true"),
    ];
    let host = Host::start(azurite, &settings).await.unwrap();
    let files = [("flow.py", FLOW), ("daily.deployment.py", DECLARED)];
    let (bundles, blob) = (&host.stores.bundles, format!("{NAME}.zip"));
    let zip = bundles::zip_of(&files).unwrap();
    let written = bundles.write(&blob, zip, Condition::Any).await.unwrap();
    host.events(&[world::events::blob_created(&blob, &written)]).await.unwrap();
    host.settled().await.unwrap();
    let key = format!("{NAME}/receipts/latest.json");
    let read = host.stores.receipts.read(&key, 1 << 20).await.unwrap();
    let (bytes, _) = read.ok_or_else(|| host.log().unwrap()).unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

/// Without what only one of the servers writes: a name, an empty value, that a job is not tried again, what is the default.
fn bare(mut job: Value) -> Value {
    job["metadata"].as_object_mut().unwrap().remove("generateName").unwrap();
    job["spec"].as_object_mut().unwrap().remove("backoffLimit");
    let container = job.pointer_mut("/spec/template/spec/containers/0").unwrap();
    if container["imagePullPolicy"] == "IfNotPresent" {
        container.as_object_mut().unwrap().remove("imagePullPolicy");
    }
    job.sort_all_objects();
    without_empty(&job).unwrap()
}

fn without_empty(value: &Value) -> Option<Value> {
    match value {
        Value::Object(map) => {
            let full = map.iter().filter_map(|(name, it)| Some((name.clone(), without_empty(it)?)));
            let full: serde_json::Map<_, _> = full.collect();
            (!full.is_empty()).then(|| full.into())
        }
        Value::Array(list) if list.is_empty() => None,
        Value::Array(list) => Some(list.iter().filter_map(without_empty).collect()),
        other => (!other.is_null()).then(|| other.clone()),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_starts_the_job_that_an_agent_started() {
    let names = ["plain", "every", "overridden", "replaced", "limited", "limited-by-override"];
    let (two, three) = (two().await, three().await);
    let template = three.get(TEMPLATE).await.unwrap();
    let template =
        template["prefect-kubernetes"]["kubernetes"]["default_base_job_configuration"].clone();
    let pool = json!({"name": NAME, "type": "kubernetes", "base_job_template": template});
    three.post("/work_pools/", pool).await.unwrap();
    for server in [two, three] {
        let receipt = register(server).await;
        assert_eq!(receipt["outcome"], "applied", "{receipt}");
    }
    let script = |server: &'static Server, text| {
        tokio::task::block_in_place(|| server.script(text, &names)).unwrap()
    };
    let (started, starts) = (script(two, AGENT), script(three, WORKER));
    for name in names {
        assert_eq!(bare(starts[name].clone()), bare(started[name].clone()), "{name}");
    }
}
