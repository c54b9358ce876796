from prefect.deployments import Deployment
from prefect.filesystems import Azure
from prefect.infrastructure import KubernetesJob
from prefect.client.schemas.schedules import CronSchedule

from flow import load_nrk

azure_block = Azure.load("twentysix")
k8s_job = KubernetesJob.load("load-rss")

deployment_name = "NRK hourly"
flow_name = load_nrk.name

path = deployment_name.lower().replace(" ", "_") + flow_name.lower().replace(" ", "_") + '/'

nrk_deployment = Deployment.build_from_flow(
    flow=load_nrk,
    name=deployment_name,
    version="1",
    storage=azure_block,
    infrastructure=k8s_job,
    work_queue_name="kubernetes",
    path=path,
    schedule=CronSchedule(cron="5 * * * *", timezone="Europe/Oslo"),
)

nrk_deployment.apply()
