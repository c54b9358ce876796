from dataclasses import dataclass
from typing import Dict, List, Optional

from prefect import flow
from pydantic import BaseModel, Field


class Level1(BaseModel):
    """Level 1."""

    a: int = Field(..., description="The a")


class Level2(Level1):
    b: "List[Level1]" = []


class Level3(Level2):
    """Level 3."""

    a: Optional[int] = None
    c: Dict[str, Level2] = Field(default_factory=dict, title="See")


@dataclass
class D1:
    x: int


@dataclass
class D2(D1):
    y: List[D1]


class NotDecorated(D2):
    z: int = 1


class Inherits(BaseModel):
    pass


class FromInherits(Inherits):
    x: Inherits


@flow
def levels(a: Level3, b: Level1 = None):
    pass


@flow
def dataclasses(a: D2, b: NotDecorated):
    pass


@flow
def empties(a: Inherits, b: FromInherits):
    pass
