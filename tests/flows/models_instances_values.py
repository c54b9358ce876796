"""Models as defaults, whose values are of the types of their fields or nearly."""

from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any, Dict, List, Literal, Optional, Set, Tuple, Union
from uuid import UUID

from prefect import flow
from pydantic import (
    AnyUrl,
    BaseModel,
    ConfigDict,
    Field,
    HttpUrl,
    PositiveFloat,
    PositiveInt,
    RootModel,
    SecretStr,
    conint,
    conlist,
)
from typing_extensions import Annotated, TypedDict


class Color(Enum):
    RED = "red"


class Tags(RootModel[List[str]]):
    pass


class Limits(RootModel):
    root: Dict[str, float] = {"a": 1}


@flow
def roots(
    a: Tags = Tags(["a"]),
    b: Tags = Tags(root=["b"]),
    d: Limits = Limits({"b": 2}),
    e: Optional[Tags] = Tags([]),
):
    pass


class Part(BaseModel):
    n: int = 1


class More(Part):
    m: int = 2


class Row(TypedDict, total=False):
    a: int
    b: float


Short = Annotated[str, Field(max_length=5)]


class All(BaseModel):
    number: Optional[float] = 1
    count: Optional[int] = None
    wide: "Optional[float]" = None
    either: Union[int, str] = 1
    floats: List[float] = [1]
    by_name: Dict[str, Optional[float]] = {"a": 1}
    pair: Tuple[int, float] = (1, 2)
    many: Tuple[float, ...] = ()
    unique: Set[int] = set()
    where: Path = "a//b"
    day: Optional[date] = None
    when: Optional[datetime] = None
    amount: Optional[Decimal] = None
    key: Optional[UUID] = None
    site: HttpUrl = "https://x.com"
    other: Optional[AnyUrl] = None
    secret: Optional[SecretStr] = None
    secrets: List[SecretStr] = []
    color: Color = Color.RED
    mode: Literal["a", "b"] = "a"
    positive: PositiveInt = 1
    real: PositiveFloat = 1
    bounded: conint(ge=1) = 1
    listed: conlist(float, min_length=1) = [1]
    short: Short = "a"
    any: Any = None
    part: Optional[Part] = None
    parts: List[Part] = []
    row: Row = {}
    tags: Tags = Tags(["q"])
    text: "str" = "3"


@flow
def values(
    a: All = All(),
    b: All = All(number=2, count=3, wide=2, either="3", floats=[1, 2.5], by_name={"a": 2, "b": None}),
    c: All = All(pair=(1, 2), many=(1, 2), unique={2, 1}, where="a/b", day="2024-01-01"),
    d: All = All(when="2024-01-01T00:00:00", amount="1.50", key="12345678-1234-5678-1234-567812345678"),
    e: All = All(site="https://x.com", other="http://x.com/a", secret="hidden", secrets=["hidden", ""]),
    f: All = All(color="red", mode="b", positive=2, real=2, bounded=3, listed=[1], short="b"),
    g: All = All(any={"a": [1]}, part={"n": 2}, parts=[Part(n=3), {"n": 4}], row={"b": 1}),
    h: All = All(part=Part(n=2), tags=["z"], where=Path("x/y"), secret=SecretStr("s"), when=datetime(2024, 1, 1)),
    i: All = All(either=2, row={"a": 1, "b": 2}),
):
    pass


class Hidden(BaseModel):
    a: int = 1
    b: str = Field("x", exclude=True)
    c: Annotated[str, Field(exclude=True)] = "y"
    d: str = Field("z", exclude=False)


class Checked(BaseModel):
    model_config = ConfigDict(validate_default=True)

    site: HttpUrl = "https://x.com"


class CheckedField(BaseModel):
    site: HttpUrl = Field("https://x.com", validate_default=True)


class Holder(BaseModel):
    hidden: Hidden = Hidden(a=5)
    all: List[Hidden] = [Hidden(a=6)]


@flow
def left_out(
    a: Hidden = Hidden(b="q"),
    b: Holder = Holder(),
    c: Holder = Holder(hidden=Hidden(a=7), all=[Hidden()]),
    d: Checked = Checked(),
    e: CheckedField = CheckedField(),
):
    pass
