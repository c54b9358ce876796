import pendulum
from pendulum import DateTime
from typing import List, Optional

from prefect import flow
from prefect.types import DateTime as PrefectDateTime


@flow
def plain(a: pendulum.DateTime, b: pendulum.Date = None, c: pendulum.Duration = None):
    pass


@flow
def imported(a: DateTime, b: pendulum.Time = None):
    pass


@flow
def within(a: Optional[pendulum.DateTime] = None, b: List[pendulum.Date] = []):
    pass
