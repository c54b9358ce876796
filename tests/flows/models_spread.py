from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Dict, List, Literal, Optional

from prefect import flow
from pydantic import BaseModel, Field


class Mode(str, Enum):
    FULL = "full"
    DELTA = "delta"


class Inner(BaseModel):
    n: int = 1
    s: Optional[str] = None


class M(BaseModel):
    a: int = 1
    b: str = "x"


@dataclass
class DC:
    a: int
    b: List[str] = field(default_factory=list)
    c: str = "c"


OPTIONS = {"a": 3}
MORE = dict(b="more")
ARGS = (1, ["x"])
BY_STAGE = {"dev": {"a": 1, "b": "dev"}, "prod": {"a": 2, "b": "prod"}}
STAGE = "prod"


@flow
def literal(m: M = M(**{"a": 2, "b": "y"})):
    ...


@flow
def named(m: M = M(**OPTIONS)):
    ...


@flow
def merged(m: M = M(**OPTIONS, **MORE), n: M = M(**{**OPTIONS, "b": "z"}), o: M = M(b="q", **OPTIONS), p: M = M(**(OPTIONS | MORE))):
    ...


@flow
def chosen(m: M = M(**BY_STAGE[STAGE])):
    ...


@flow
def extra(m: M = M(**{"a": 1, "zzz": 5})):
    ...


@flow
def dataclasses(m: DC = DC(**{"a": 1}), n: DC = DC(*ARGS), o: DC = DC(*[1], **{"c": "d"}), p: DC = DC(**{"a": "not checked"})):
    ...


@flow
def in_list(m: List[M] = [M(**it) for it in ({"a": 1}, {"a": 2})], n: Dict[str, M] = {k: M(**v) for k, v in BY_STAGE.items()}):
    ...


class Narrow(BaseModel):
    i: int = 0
    f: float = 0.5
    t: str = "t"
    o: Optional[int] = None
    flag: bool = False
    mode: Mode = Mode.FULL
    day: Optional[date] = None
    items: List[int] = []
    pairs: Dict[str, float] = {}
    inner: Inner = Inner()
    many: List[Inner] = Field(default_factory=list)
    lit: Literal["a", "b"] = "a"


@flow
def numbers_of_texts(m: Narrow = Narrow(**{"i": "5", "f": 2, "o": "7", "flag": "yes"})):
    ...


@flow
def members_and_dates(m: Narrow = Narrow(**{"mode": "delta", "day": "2024-01-02"})):
    ...


@flow
def collections(m: Narrow = Narrow(**{"items": ["1", 2], "pairs": {"a": "1.5"}})):
    ...


@flow
def models_in_models(m: Narrow = Narrow(**{"inner": {"n": 2}, "many": [{"n": 3, "s": "q"}, {}]})):
    ...


@flow
def whole_floats(m: Narrow = Narrow(**{"i": 2.0, "f": 1})):
    ...


@flow
def plain(m: Narrow = Narrow(**{"i": 2, "f": 1.5, "t": "q", "lit": "b", "items": [1]})):
    ...


class Times(BaseModel):
    day: Optional[date] = None
    at: Optional[datetime] = None
    at2: datetime = datetime(2024, 1, 1)
    b: bool = False
    i: int = 0
    f: float = 0.0


@flow
def times(m: Times = Times(**{"day": "2024-01-02", "at": "2024-01-02T03:04:05Z", "at2": "2024-01-02T03:04:05.5+01:00"})):
    ...


@flow
def switches(m: Times = Times(**{"b": 1, "i": True, "f": True})):
    ...
