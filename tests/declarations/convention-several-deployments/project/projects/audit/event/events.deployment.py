from prefect.deployments import Deployment
from prefect.filesystems import Azure
from prefect.infrastructure import KubernetesJob
from prefect.client.schemas.schedules import CronSchedule, IntervalSchedule
from datetime import timedelta

from flow import write_event

storage = Azure.load("twentysix")

light = Deployment.build_from_flow(
    flow=write_event,
    name="light",
    storage=storage,
    infrastructure=KubernetesJob.load("simple"),
    work_queue_name="kubernetes",
    path="events/light",
    parameters={"kind": "ping"},
    tags=["events", "light"],
)

heavy = Deployment.build_from_flow(
    flow=write_event,
    name="heavy",
    version="2",
    description="Everything of the day",
    storage=storage,
    infrastructure=KubernetesJob.load("base"),
    infra_overrides={"env": {"LEVEL": "DEBUG"}, "image": "acme.azurecr.io/flows:heavy"},
    work_queue_name="kubernetes",
    work_pool_name="aks",
    path="events/heavy",
    parameters=dict(kind="all", payload={"a": [1, 2.5, None, True]}),
    schedule=CronSchedule(cron="0 2 * * *", timezone="Europe/Oslo", day_or=False),
    is_schedule_active=False,
    enforce_parameter_schema=True,
)

polling = Deployment.build_from_flow(
    write_event,
    "polling",
    storage=storage,
    path="events/polling",
    parameters={"kind": "poll"},
    schedule=IntervalSchedule(interval=timedelta(minutes=15)),
)

for deployment in (light, heavy, polling):
    deployment.apply()
