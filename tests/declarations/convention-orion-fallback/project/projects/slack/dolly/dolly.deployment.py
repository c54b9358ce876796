from prefect.deployments import Deployment
from prefect.filesystems import Azure
from prefect.infrastructure import KubernetesJob
try:
    from prefect.orion.schemas.schedules import CronSchedule
except ImportError:
    from prefect.server.schemas.schedules import CronSchedule
from flow import *

azure_block = Azure.load("twentysix")
base_job = KubernetesJob.load("base")

customizations = [
    {
        "op": "add",
        "path": "/spec/template/spec/containers/0/resources",
        "value": {
            "limits": {"memory": "16Gi", "cpu": "4000m"},
        },
    },
    {
        "op": "add",
        "path": "/spec/template/spec/tolerations",
        "value": [{"key": "gpu", "operator": "Exists", "effect": "NoSchedule"}],
    },
]

deployment_name = "Dolly Slackbot"
flow_name = dolly_bot.name
path = deployment_name.lower().replace(' ', '_') + flow_name.lower().replace(' ', '_') + '/'

dolly = Deployment.build_from_flow(
    flow=dolly_bot,
    name=deployment_name,
    parameters={"prompt": "Who are you?"},
    infra_overrides={"customizations": customizations},
    version="1",
    storage=azure_block,
    infrastructure=base_job,
    work_queue_name="kubernetes",
    path=path,
    schedule=CronSchedule(cron="0 8 * * 1-5"),
    tags=["slack", "llm"],
)

dolly.apply(upload=True)
