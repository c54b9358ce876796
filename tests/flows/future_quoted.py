"""Quotes where every annotation is a text already."""

from __future__ import annotations

import datetime as dt
from typing import List, Optional

from prefect import flow
from pydantic import BaseModel


class Model(BaseModel):
    a: int = 1
    b: "Optional[Model]" = None


@flow
def quoted(
    a: "int" = 1,
    b: "Optional[str]" = None,
    c: "List[Model]" = [],
    d: "dt.datetime" = None,
    e: Model = None,
    f: Optional["Model"] = None,
    g: List["int"] = [],
    h: "list" = [],
):
    pass
