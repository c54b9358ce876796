from typing import List, Optional

from prefect import flow
from pydantic import AwareDatetime, FutureDate, FutureDatetime, NaiveDatetime, PastDate, PastDatetime


@flow
def zones(a: AwareDatetime, b: NaiveDatetime, c: Optional[AwareDatetime] = None):
    pass


@flow
def directions(a: PastDate, b: FutureDate, c: PastDatetime, d: FutureDatetime):
    pass


@flow
def many(a: List[AwareDatetime], b: dict[str, PastDate] = {}):
    pass
