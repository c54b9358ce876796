import calendar
import time
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from prefect import flow

oslo = ZoneInfo("Europe/Oslo")
now = datetime.now(timezone.utc)
today = date.today()
yesterday = today - timedelta(days=1)
month_end = today.replace(day=calendar.monthrange(today.year, today.month)[1])
fixed = datetime(2024, 3, 31, 1, 30, tzinfo=oslo)


@flow
def report(day: date, until: datetime | None = None, window: timedelta = timedelta(hours=36, seconds=5)): ...


report.to_deployment(
    name=f"report-{yesterday:%Y-%m-%d}",
    parameters={"day": yesterday.isoformat(), "until": (now + timedelta(weeks=1, minutes=-5)).isoformat()},
    version=now.strftime("%Y%m%d.%H%M%S"),
    tags=[
        str(month_end),
        fixed.isoformat(),
        (fixed + timedelta(hours=1)).isoformat(),
        fixed.astimezone(timezone.utc).strftime("%d %b %Y %H:%M %Z"),
        datetime.strptime("2024-05-17 08:15", "%Y-%m-%d %H:%M").strftime("%A %j %I%p %y"),
        str((datetime(2024, 3, 1) - datetime(2024, 2, 1)).days),
        str(timedelta(days=1, hours=2, minutes=3).total_seconds()),
        str(timedelta(days=2, seconds=5)),
        str(now.timestamp()),
        str(int(time.time())),
        time.strftime("%Y"),
        str(datetime.fromisoformat("2024-01-02T03:04:05+02:00").utcoffset()),
        datetime.utcnow().isoformat(timespec="seconds"),
        str(today.weekday()) + str(today.isocalendar()[1]) + str(date(2024, 2, 29) < today),
        str(datetime.fromtimestamp(86400, tz=timezone.utc)),
        datetime.combine(today, datetime.min.time()).isoformat(),
        str(datetime(2024, 1, 1) + timedelta(days=59) == datetime(2024, 2, 29)),
        datetime.now().replace(microsecond=0).isoformat(" "),
    ],
    interval=timedelta(hours=6),
).apply()
