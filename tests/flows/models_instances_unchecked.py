from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Deque, Dict, List, OrderedDict, Union

from prefect import flow
from pydantic import BaseModel, Field, SecretStr, conlist


class Point(BaseModel):
    x: int = 0


class Empty(BaseModel):
    a: list[int] = None
    b: dict[str, int] = None
    c: set[str] = Field(default=None)
    d: tuple[int, int] = Field(None, description="two")
    e: tuple[int, ...] = None
    f: List[Point] = None
    g: Dict[str, float] = None
    h: frozenset[str] = None
    i: Annotated[list[int], Field(max_length=3)] = None
    k: list[SecretStr] = None
    l: dict[str, Path] = None
    m: list[list[int]] = None


@flow
def empty(m: Empty = Empty()):
    pass


@flow
def partly(m: Empty = Empty(a=[1], b={"x": 2})):
    pass


class Other(BaseModel):
    a: list[str] = "abc"
    b: int = "7"
    c: date = "2024-01-01"
    d: dict[str, int] = []
    e: tuple[int, int] = (1, 2, 3)
    f: list[int] = [None, "x"]
    g: list[list[int]] = [None, [1]]
    h: dict[str, list[int]] = {"x": None, "y": [1]}
    i: str = 5
    j: bool = "yes"
    k: list[float] = [1, "a"]


@flow
def other(m: Other = Other()):
    pass


class Seq(BaseModel):
    a: Sequence[int] = None


@flow
def seq(m: Seq = Seq()):
    pass


class Dq(BaseModel):
    a: Deque[int] = None


@flow
def dq(m: Dq = Dq()):
    pass


class Mp(BaseModel):
    a: Mapping[str, int] = None


@flow
def mp(m: Mp = Mp()):
    pass


class Od(BaseModel):
    a: OrderedDict[str, int] = None


@flow
def od(m: Od = Od()):
    pass


class Cl(BaseModel):
    a: conlist(int, min_length=1) = None


@flow
def cl(m: Cl = Cl()):
    pass


class Short(BaseModel):
    e: tuple[int, int] = (1,)


@flow
def short(m: Short = Short()):
    pass


class Nested(BaseModel):
    a: Empty = Empty()
    b: list[Empty] = [Empty()]


@flow
def nested(m: Nested = Nested()):
    pass


class Fl(BaseModel):
    a: float = None
    b: Point = []
    c: Union[int, list[str]] = {}
    d: None = 3


@flow
def fl(m: Fl = Fl()):
    pass


class SeqS(BaseModel):
    a: Sequence[str] = "abc"


@flow
def seqs(m: SeqS = SeqS()):
    pass


class SeqI(BaseModel):
    a: Sequence[int] = ()
    b: Mapping[str, int] = {}


@flow
def seqi(m: SeqI = SeqI()):
    pass
