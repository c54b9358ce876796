from datetime import date, datetime
from typing import Dict, List, Optional

from prefect import flow
from pydantic import BaseModel, Field


class Source(BaseModel):
    """Where data comes from."""

    url: str
    timeout: int = 30
    headers: Dict[str, str] = {}
    tags: List[str] = Field(default_factory=list)
    token: Optional[str] = None


class Window(BaseModel):
    start: date
    end: Optional[date] = None
    created_at: datetime = Field(..., description="When it was made", title="Created")
    max_rows: int = Field(1000, ge=1, le=100_000)
    name_2x: str = Field("a", min_length=1, max_length=20, pattern="^[a-z]+$")


class Job(BaseModel):
    source: Source
    windows: List[Window]
    by_name: Dict[str, Source] = {}
    fallback: Optional[Source] = None


@flow
def one(source: Source):
    pass


@flow
def several(job: Job, window: Window, extra: Optional[Source] = None):
    pass


@flow
def collections(a: List[Source], b: Dict[str, Window], c: list[Source | Window], d: tuple[Source, int]):
    pass


@flow
def none_default(job: Job = None, source: Optional[Source] = None):
    pass


@flow
async def asynchronous(source: Source, window: Optional[Window] = None):
    pass
