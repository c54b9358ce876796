from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Dict, List, Literal, Optional, Set, Tuple, Union
from uuid import UUID

from prefect import flow
from pydantic import BaseModel, Field, HttpUrl, SecretStr


class Everything(BaseModel):
    a: int = Field(default=1, gt=0, lt=10)
    b: float = Field(0.5, ge=0, le=1, multiple_of=0.1)
    c: str = Field(min_length=1, max_length=5)
    d: List[int] = Field([], min_length=1, max_length=3)
    e: Dict[str, int] = Field(default_factory=dict, max_length=4)
    f: Optional[int] = Field(None, ge=1)
    g: Decimal = Field(Decimal("1.5"), ge=0)
    h: str = Field("x", examples=["a", "b"])
    i: str = Field("x", json_schema_extra={"format": "special"})
    j: str = Field("x", deprecated=True)
    k: str = Field("x", exclude=True, repr=False, frozen=True)
    l: Any = Field(None, title="Ell", description="The letter")
    m: Set[str] = Field(set(), description="A set")
    n: int = Field(..., description="Needed")
    o: Optional[str] = Field(...)
    p: Optional[str]
    q: Union[int, str] = Field(1, union_mode="left_to_right")
    r: bool = Field(True, alias="R", title="Arr")


class Kinds(BaseModel):
    when: datetime
    day: date = date(2024, 1, 2)
    at: time = time(3, 4)
    every: timedelta = timedelta(hours=1)
    path: Path = Path("data/raw")
    id: UUID
    money: Decimal = Decimal("0.10")
    pair: Tuple[int, str] = (1, "a")
    many: Tuple[int, ...] = ()
    raw: bytes = b"x"
    secret: SecretStr = SecretStr("s")
    url: HttpUrl = "http://example.com"
    choice: Literal["a", "b"] = "a"


class InAnnotated(BaseModel):
    a: Annotated[int, Field(ge=1, description="At least one")] = 1
    b: Annotated[Optional[str], Field(max_length=3)] = None
    c: Annotated[List[Annotated[int, Field(gt=0)]], Field(min_length=1)]
    d: Annotated[str, Field(alias="D", title="Dee")]
    e: Annotated[str, "just a note"] = "x"
    f: List[Annotated[str, Field(pattern="^a")]] = []
    g: Annotated[int, Field(default=5)]
    h: Optional[Annotated[int, Field(ge=0)]] = None


class Numbers(BaseModel):
    int_2: int
    a1b2: int
    HTTPUrl: str
    mixedCase: str
    x_: int
    with__two: int
    ALLCAPS: int


class Mutable(BaseModel):
    a: list = []
    b: dict = {}
    c: List[Dict[str, Any]] = [{"x": 1}]
    d: Dict[str, List[str]] = {"a": ["b"]}
    e: Any
    f: Any = None


@flow
def everything(config: Everything):
    pass


@flow
def kinds(config: Kinds):
    pass


@flow
def annotated(config: InAnnotated):
    pass


@flow
def titles(config: Numbers):
    pass


@flow
def mutable(config: Mutable):
    pass
