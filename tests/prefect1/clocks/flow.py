from datetime import datetime, timedelta

import pendulum
from prefect import Flow, Parameter, task
from prefect.schedules import Schedule
from prefect.schedules.clocks import CronClock, IntervalClock

schedule = Schedule(
    clocks=[
        CronClock(
            "0 8 * * *",
            start_date=pendulum.datetime(2021, 1, 1, tz="Europe/Oslo"),
            parameter_defaults={"region": "eu", "limit": 100},
        ),
        CronClock("0 8 * * *", parameter_defaults=dict(region="us", limit=0.5)),
        IntervalClock(timedelta(hours=6), start_date=datetime(2021, 3, 1, 12, 30)),
    ]
)


@task
def sync(region, limit):
    print(region, limit)


with Flow("sync-regions", schedule) as flow:
    region = Parameter("region", default="eu")
    limit = Parameter("limit", default=10)
    sync(region, limit)

if __name__ == "__main__":
    flow.register(project_name="sync", set_schedule_active=False)
