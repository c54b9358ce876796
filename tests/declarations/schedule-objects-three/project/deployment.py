from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from prefect import flow
from prefect.client.schemas.actions import DeploymentScheduleCreate
from prefect.client.schemas.schedules import CronSchedule, IntervalSchedule, RRuleSchedule
from prefect.schedules import Cron, Interval, RRule


@flow
def beat(n: int = 1): ...


oslo = ZoneInfo("Europe/Oslo")

beat.to_deployment("one", schedule=Cron("0 9 * * *", timezone="Europe/Oslo")).apply()
beat.to_deployment("two", schedule=CronSchedule(cron="0 10 * * *", timezone="Europe/Oslo", day_or=False)).apply()
beat.to_deployment(
    "three",
    schedules=[
        DeploymentScheduleCreate(
            schedule=IntervalSchedule(interval=timedelta(days=7), anchor_date=datetime(2024, 6, 3, 6, tzinfo=oslo)),
            active=False,
            slug="weekly",
        ),
        {"schedule": RRuleSchedule(rrule="FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24"), "active": True},
        CronSchedule(cron="*/5 * * * *"),
        IntervalSchedule(interval=30),
    ],
).apply()
beat.to_deployment("four", schedule=Interval(timedelta(minutes=5), anchor_date=datetime(2024, 1, 1, 1, 1))).apply()
beat.to_deployment("five", schedule=RRule("RRULE:FREQ=DAILY;INTERVAL=3", timezone="Europe/Oslo")).apply()
beat.to_deployment("six", rrule="DTSTART:20240101T080000\nRRULE:FREQ=WEEKLY;BYDAY=SA").apply()
beat.to_deployment("seven", interval=timedelta(days=1), paused=True).apply()
beat.to_deployment("eight", schedules=[]).apply()
