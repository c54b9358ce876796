from datetime import datetime, timedelta, timezone

from prefect import flow
from prefect.schedules import Cron, Interval, RRule


@flow
def tick(region: str = "eu"):
    ...


if __name__ == "__main__":
    tick.serve(
        name="ticks",
        schedules=[
            Cron("0 6 * * 1-5", timezone="Europe/Oslo", slug="weekday", parameters={"region": "no"}),
            Interval(
                timedelta(hours=4),
                anchor_date=datetime(2024, 1, 1, tzinfo=timezone.utc),
                timezone="America/New_York",
                active=False,
                slug="every-4h",
            ),
            Interval(900, slug="quarter"),
            RRule("FREQ=MONTHLY;BYMONTHDAY=-1", timezone="UTC", slug="month-end"),
        ],
        paused=False,
        global_limit=4,
    )
