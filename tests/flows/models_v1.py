"""Models as they were written for pydantic 1, run by pydantic 2."""

from typing import List, Optional

from prefect import flow
from pydantic import BaseModel, Field


class Old(BaseModel):
    x: int
    y: Optional[str] = None

    class Config:
        extra = "forbid"


class OldTitle(BaseModel):
    x: int = Field(1, description="The x")

    class Config:
        title = "Old one"
        arbitrary_types_allowed = True


class OldChild(Old):
    z: List[int] = []


class OldExtra(BaseModel):
    x: int

    class Config:
        json_schema_extra = {"example": {"x": 1}}
        populate_by_name = True


@flow
def old(a: Old, b: OldTitle):
    pass


@flow
def inherited(a: OldChild):
    pass


@flow
def extra(a: OldExtra):
    pass
