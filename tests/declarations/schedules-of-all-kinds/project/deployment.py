from functools import partial
from typing import Annotated
from pathlib import Path
from prefect import flow, task, serve, deploy
from prefect.client.schemas.schedules import CronSchedule, IntervalSchedule, RRuleSchedule
from prefect.client.schemas.actions import DeploymentScheduleCreate
from prefect.schedules import Schedule, Cron
from prefect.deployments.runner import EntrypointType, RunnerDeployment
from datetime import timedelta, datetime, timezone
import os

class Jobs:
    @flow(name="static one")
    @staticmethod
    def one(a: int = 1): ...

    @staticmethod
    @flow
    def two(): ...

@flow(version="3.1", retries=2, description="Own")
def base(x: str = "a"): ...

for name in ("n", "m"):
    base.with_options(name=f"base-{name}", version="9", description="changed").to_deployment(name="opt", work_pool_name="local", work_queue_name="q").apply()

base.to_deployment("many", cron=["0 1 * * *", "0 2 * * *"]).apply()
base.to_deployment("ints", interval=[60, timedelta(hours=2)]).apply()
base.to_deployment("rr", rrule="FREQ=DAILY;BYHOUR=3").apply()
base.to_deployment("scheds", schedules=[{"schedule": CronSchedule(cron="0 1 * * *"), "active": True}, CronSchedule(cron="0 5 * * *", timezone="Europe/Oslo")]).apply()
base.to_deployment("sched2", schedule=IntervalSchedule(interval=timedelta(days=1), anchor_date=datetime(2024, 1, 1, 6, tzinfo=timezone.utc), timezone="UTC")).apply()
base.to_deployment("sched3", schedules=[DeploymentScheduleCreate(schedule=CronSchedule(cron="0 1 * * *"), active=False)]).apply()
base.to_deployment("sched4", schedule=Schedule(interval=timedelta(hours=1), anchor_date=datetime(2024, 1, 1), timezone="America/New_York", parameters={"x": "b"}, active=False, slug="hourly")).apply()
base.to_deployment("mod", entrypoint_type=EntrypointType.MODULE_PATH).apply()
base.to_deployment("conc", concurrency_limit=3, version="1.0", description="d", paused=None, parameters=None, tags=None).apply()
RunnerDeployment.from_entrypoint("jobs/base.py:stored", "ep", work_pool_name="local", job_variables={"env": {"A": "b"}}).apply()
RunnerDeployment.from_flow(base, "fl", tags=["x"]).apply()
