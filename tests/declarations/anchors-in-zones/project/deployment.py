"""Anchors whose zones are of different classes: not all of them tell their names."""
import datetime as dt
from zoneinfo import ZoneInfo

import pendulum
from dateutil import tz
from prefect import flow
from prefect.client.schemas.schedules import IntervalSchedule

OSLO = "Europe/Oslo"


@flow
def weigh():
    """Weighs."""


anchors = {
    "zoneinfo": dt.datetime(2024, 2, 29, 8, tzinfo=ZoneInfo(OSLO)),
    "pendulum": pendulum.datetime(2024, 2, 29, 8, tz=OSLO),
    "dateutil": dt.datetime(2024, 2, 29, 8, tzinfo=tz.gettz(OSLO)),
    "fixed": dt.datetime(2024, 2, 29, 8, tzinfo=dt.timezone(dt.timedelta(hours=2))),
    "utc": dt.datetime(2024, 2, 29, 8, tzinfo=dt.timezone.utc),
}
for name, anchor in anchors.items():
    schedule = IntervalSchedule(interval=dt.timedelta(hours=6), anchor_date=anchor)
    weigh.to_deployment(name, schedule=schedule, work_pool_name="local").apply()
