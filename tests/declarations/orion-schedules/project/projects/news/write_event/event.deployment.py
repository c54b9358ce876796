from datetime import timedelta

from prefect.deployments import Deployment
from prefect.filesystems import Azure
from prefect.infrastructure import KubernetesJob
from prefect.orion.schemas.schedules import CronSchedule, IntervalSchedule
import prefect.orion.schemas.schedules as schedules

from flow import write_event

azure_block = Azure.load("twentysix")

common = dict(flow=write_event, storage=azure_block, infrastructure=KubernetesJob.load("base"), version="1")

for deployment_name, schedule in [
    ("Cron Event", CronSchedule(cron="0 4 * * *", timezone="Europe/Oslo")),
    ("Interval Event", IntervalSchedule(interval=timedelta(hours=6))),
    ("Rule Event", schedules.RRuleSchedule(rrule="FREQ=DAILY", timezone="Europe/Oslo")),
]:
    deployment = Deployment.build_from_flow(
        name=deployment_name,
        work_queue_name="kubernetes",
        path=deployment_name.lower().replace(" ", "_") + write_event.name.lower().replace(" ", "_") + "/",
        schedule=schedule,
        **common,
    )
    deployment.apply()
