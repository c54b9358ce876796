import collections, datetime, decimal, enum, ipaddress, os, pathlib, re, typing, uuid, pendulum
from collections.abc import *
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from enum import Enum, IntEnum
from pathlib import Path
from typing import (Any, List, Dict, Optional, Union, Literal, Tuple, Set, FrozenSet, Sequence, Iterable, Mapping, Deque,
    DefaultDict, Callable, Type, TypeVar, NewType, Annotated, Generator, AnyStr, Hashable, Final, NamedTuple)
from uuid import UUID
from pydantic.v1 import (BaseModel, SecretStr, HttpUrl, PositiveInt, conint, constr, conlist, Json, StrictInt, FilePath,
    UUID4, ByteSize, Field)
from prefect import flow
from typing_extensions import NotRequired, TypedDict

T = TypeVar("T")
UserId = NewType("UserId", int)
Alias = Dict[str, List[int]]

class Color(Enum):
    RED = "red"
    BLUE = "blue"

class SColor(str, Enum):
    """A colour."""
    RED = "red"
    BLUE = "blue"

class Num(IntEnum):
    ONE = 1
    TWO = 2

class Plain:
    def __init__(self, a): pass

class Model(BaseModel):
    """My model."""
    a: int
    b: str = "x"
    c: Optional[float] = None
    inner_list: List[int] = []

class Nested(BaseModel):
    m: Model
    when: datetime.datetime = Field(..., description="When", title="Quand")
    n: int = Field(3, ge=1, le=10)

class Node(BaseModel):
    v: int
    next: Optional["Node"] = None

class Al(BaseModel):
    some_field: int = Field(alias="someField")

    class Config:
        extra = "forbid"

@dataclass
class DC:
    a: int
    b: str = "x"

class TD(TypedDict):
    a: int
    b: NotRequired[str]

class NT(NamedTuple):
    a: int
    b: str = "x"

class One(BaseModel):
    pass
