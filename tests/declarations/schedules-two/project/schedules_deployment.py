from datetime import datetime, timedelta

import pendulum
from dateutil.rrule import DAILY, rrule
from prefect import flow
from prefect.client.schemas.actions import DeploymentScheduleCreate
from prefect.client.schemas.objects import MinimalDeploymentSchedule
from prefect.client.schemas.schedules import CronSchedule as ClientCron
from prefect.deployments import Deployment
from prefect.server.schemas.schedules import CronSchedule, IntervalSchedule, RRuleSchedule


@flow
def remind(whom: str = "all"):
    pass


def register(name, **kwargs):
    Deployment.build_from_flow(remind, name, path="/flows", work_queue_name="q", **kwargs).apply()


register("server cron", schedule=CronSchedule(cron="0 7 * * *", timezone="Asia/Tokyo"))
register("server interval", schedule=IntervalSchedule(interval=timedelta(days=1, hours=2)))
register(
    "anchored",
    schedule=IntervalSchedule(
        interval=timedelta(hours=1),
        anchor_date=pendulum.datetime(2024, 3, 1, 8, 30, tz="Europe/Oslo"),
        timezone="Europe/Oslo",
    ),
)
register("naive anchor", schedule=IntervalSchedule(interval=3600, anchor_date=datetime(2024, 5, 17, 12)))
register("rrule", schedule=RRuleSchedule(rrule="FREQ=HOURLY;INTERVAL=6;UNTIL=20300101T000000Z"))
register(
    "rrule object",
    schedule=RRuleSchedule.from_rrule(rrule(DAILY, interval=2, dtstart=datetime(2024, 1, 1, 9, 0))),
)
register(
    "many",
    schedules=[
        MinimalDeploymentSchedule(schedule=ClientCron(cron="1 1 * * *"), active=False),
        MinimalDeploymentSchedule(schedule=ClientCron(cron="2 2 * * *", timezone="UTC")),
    ],
    is_schedule_active=True,
)
register("off", schedule=ClientCron(cron="3 3 * * 0"), is_schedule_active=False)
register("none")
