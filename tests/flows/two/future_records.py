"""Records whose types are texts, in signatures of pydantic 1."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import List, NamedTuple, Optional

from prefect import flow
from pydantic.v1 import BaseModel, Field
from typing_extensions import NotRequired, Required, TypedDict


class Key(TypedDict):
    name: str
    size: NotRequired[int]


class Loose(TypedDict, total=False):
    name: Required[str]
    size: int


class Pair(NamedTuple):
    left: int
    right: str = "r"


@dataclass
class Plain:
    a: int
    b: str = field(default="b")


class Holder(BaseModel):
    key: Key
    loose: Optional[Loose] = None
    pair: Pair = Pair(1)
    plain: List[Plain] = Field([], max_items=2)
    own: Optional[Holder] = None


@flow
def held(a: Holder, b: int | None = None):
    pass
