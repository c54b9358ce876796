import os
from datetime import timedelta

import prefect.deployments as deployments
from prefect.client.schemas.schedules import CronSchedule, IntervalSchedule
from prefect.filesystems import Azure, LocalFileSystem
from prefect.infrastructure import DockerContainer, KubernetesJob, Process
from prefect.utilities.callables import parameter_schema
from reports import weekly as module

flow = module.weekly
entrypoint = os.path.join("reports", "weekly.py") + ":" + flow.fn.__name__

list_of_deployments = [
    deployments.Deployment(
        name="direct",
        flow_name=flow.name,
        entrypoint=entrypoint,
        version=flow.version,
        storage=Azure.load("twentysix"),
        infrastructure=KubernetesJob.load("base"),
        path="weekly",
        schedule=CronSchedule(cron="0 7 * * 1", timezone="Europe/Oslo"),
        parameter_openapi_schema=parameter_schema(flow),
        work_queue_name="reports",
        work_pool_name="aks",
    ),
    deployments.Deployment(
        name="interval",
        flow_name="Weekly Report",
        entrypoint=entrypoint,
        path=os.getcwd(),
        schedule=IntervalSchedule(interval=timedelta(weeks=1)),
        infrastructure=DockerContainer(image="acme/weekly:1", env=dict(A="1")),
        is_schedule_active=False,
        parameters={"dry_run": True},
    ),
    deployments.Deployment(
        name="local",
        flow_name=flow.name,
        entrypoint=entrypoint,
        storage=LocalFileSystem.load("shared-disk"),
        infrastructure=Process(command=["python", "-m", "prefect.engine"], env={"B": "2"}),
        infra_overrides={"env": {"C": "3"}, "stream_output": False},
        description="Runs on this machine",
        enforce_parameter_schema=False,
    ),
]

if __name__ == "__main__":
    ids = [it.apply() for it in list_of_deployments]
    print(*ids, sep="\n")
