"""Types that Prefect 3 has for limited numbers."""

from typing import List, Optional

from prefect import flow
from prefect.types import NonNegativeFloat, NonNegativeInteger, PositiveInteger, StatusCode
from pydantic import BaseModel


class Retries(BaseModel):
    count: NonNegativeInteger = 0
    delays: Optional[List[NonNegativeFloat]] = None


@flow
def limited(
    a: NonNegativeInteger,
    b: PositiveInteger = 1,
    c: Optional[NonNegativeFloat] = None,
    d: StatusCode = 200,
    e: Retries = Retries(count=2),
):
    pass
