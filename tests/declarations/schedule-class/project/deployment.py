from datetime import date, datetime, time, timedelta

import pendulum
from dateutil import rrule
from dateutil.parser import isoparse, parse
from dateutil.relativedelta import MO, relativedelta
from prefect import flow
from prefect.client.schemas.schedules import RRuleSchedule
from prefect.schedules import Cron, Interval, RRule, Schedule


@flow
def due(day: str = ""): ...


start = datetime(2024, 1, 31, 7, 30)

due.to_deployment("plain", schedule=Schedule(cron="0 1 * * *")).apply()
due.to_deployment("day-or", schedule=Cron("0 1 1 * 1", day_or=False)).apply()
due.to_deployment("seconds", schedule=Interval(90.5)).apply()
due.to_deployment("whole", schedule=Interval(86400, anchor_date=pendulum.datetime(2024, 1, 1, tz="Asia/Tokyo"))).apply()
due.to_deployment(
    "relative",
    parameters={"day": str((start + relativedelta(months=1, weekday=MO(-1))).date())},
    tags=[
        str(relativedelta(datetime(2025, 3, 1), start).months),
        parse("5 May 2024 10:00").isoformat(),
        isoparse("2024-06-01T00:00:00Z").isoformat(),
        datetime.combine(date(2024, 1, 1), time(6, 15)).strftime("%H:%M"),
    ],
    schedule=RRuleSchedule.from_rrule(rrule.rrule(rrule.WEEKLY, byweekday=(rrule.MO, rrule.FR), dtstart=start)),
).apply()
due.to_deployment(
    "monthly",
    rrule=str(rrule.rrule(rrule.MONTHLY, bymonthday=(1, 15), until=datetime(2030, 1, 1), dtstart=start)),
).apply()
due.to_deployment("deltas", interval=[timedelta(hours=1), 60.0, timedelta(minutes=1.5)]).apply()
due.to_deployment("rrules", rrule=["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=SU"]).apply()
due.to_deployment(
    "mixed", schedules=[Cron("0 2 * * *", active=False), Interval(60, slug="m", parameters={"day": "x"}), RRule("FREQ=DAILY")]
).apply()
