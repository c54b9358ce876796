from __future__ import annotations

import datetime
from enum import Enum
from typing import Any, Optional

from prefect import flow
from pydantic import BaseModel


class Mode(str, Enum):
    A = "a"


class Config(BaseModel):
    """Settings."""

    mode: Mode = Mode.A
    next: Config | None = None
    when: datetime.date | None = None


@flow
def plain(a: int, b: str = "x", c: list[int] | None = None):
    pass


@flow
def models(a: Config, b: Optional[Config] = None, c: Mode = Mode.A):
    pass


@flow
def later(a: Later, b: dict[str, Any] = {}):
    pass


class Later(BaseModel):
    x: int


@flow
async def asynchronous(a: datetime.datetime, *args: int, **kwargs: str) -> Missing:
    pass
