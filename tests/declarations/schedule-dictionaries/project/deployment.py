import json
from pathlib import Path

from prefect import flow
from prefect.client.schemas.schedules import construct_schedule
from prefect.deployments import Deployment

with Path("schedules.json").open() as f:
    schedules = json.load(f)


@flow
def planned(day: str = ""): ...


for name, schedule in schedules.items():
    Deployment.build_from_flow(
        flow=planned, name=name, schedule=schedule, is_schedule_active=True, path="/flows", work_queue_name="plan"
    ).apply()

Deployment.build_from_flow(
    flow=planned, name="constructed", schedule=construct_schedule(cron="0 1 * * *", timezone="UTC"), path="/flows"
).apply()
