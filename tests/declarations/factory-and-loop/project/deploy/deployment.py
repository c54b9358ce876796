from prefect.client.schemas.schedules import CronSchedule
from prefect.deployments import Deployment

from pipelines import customers, orders
from settings import SETTINGS, Setting


def create(flow, setting: Setting) -> Deployment:
    schedule = CronSchedule(cron=setting.cron) if setting.cron else None
    return Deployment.build_from_flow(
        flow=flow,
        name=f"{flow.name}-{setting.suffix}".lower(),
        parameters={"since": "2024-01-01"},
        work_queue_name=setting.queue.value,
        tags=setting.tags or [setting.suffix.upper()],
        schedule=schedule,
        path="/flows",
    )


all_deployments = [create(flow, setting) for flow in (orders, customers) for setting in SETTINGS]

for deployment in all_deployments:
    deployment.apply()
