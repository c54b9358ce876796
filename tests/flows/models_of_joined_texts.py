"""A class whose field joins a text and a class with `|` raises: Prefect takes the file without it."""

from __future__ import annotations

from typing import List, Optional, Union

from prefect import flow
from pydantic import BaseModel


class Serial(BaseModel):
    nodes: list["Node" | str]


class Batch(BaseModel):
    names: list[str]


Node = Union[Serial, Batch, str]
Serial.model_rebuild()


class Menu(BaseModel):
    name: str
    schedule: Node


class Fine(BaseModel):
    more: Optional["Fine" | List[int]] = None


@flow
def cook(menu: Menu, batch: Batch, count: int = 1):
    pass
