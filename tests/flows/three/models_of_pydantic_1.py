"""Models of pydantic 1, by which Prefect 3 describes a signature as Prefect 2 does."""

from typing import List, Optional

from prefect import flow
from pydantic.v1 import BaseModel, Field


class Old(BaseModel):
    x: int = Field(0, description="x")


@flow
def with_a_default(x: int, a: Old = Old()):
    pass


@flow
def in_a_list(x: List[Old], b: Optional[str] = None):
    pass


@flow
def without(x: int = 3, y: Optional[str] = None):
    pass
