import datetime
import datetime as dt
from datetime import date, time, timedelta, timezone, tzinfo
from typing import List, Optional, Union
from zoneinfo import ZoneInfo

from prefect import flow


@flow
def plain(a: datetime.datetime, b: date, c: time, d: timedelta):
    pass


@flow
def optional(a: Optional[dt.datetime] = None, b: dt.date | None = None, c: Union[date, str] = "today", d: List[date] = []):
    pass


@flow
def defaults(
    a: dt.datetime = dt.datetime(2024, 1, 2, 3, 4, 5),
    b: date = date(2024, 1, 2),
    c: time = time(6, 30),
    d: timedelta = timedelta(days=1, hours=2),
    e: dt.datetime = dt.datetime(2024, 1, 1, tzinfo=timezone.utc),
):
    pass


@flow
def module(a: datetime, b: dt = None):
    pass


@flow
def zones(a: ZoneInfo, b: timezone, c: tzinfo = None):
    pass
