"""What pydantic converts that a model is given."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import List, Optional, Union
from prefect import flow
from pydantic import BaseModel, HttpUrl, Json, ConfigDict, Field, StrictInt


class C(BaseModel):
    td: timedelta = timedelta(seconds=1)
    i: int = 1
    f: float = 1.5
    b: bool = False
    dec: Decimal = Decimal("1")
    p: Path = Path("x")
    o: Optional[int] = None
    l: List[int] = []
    u: Union[int, str] = 1
    s: str = "x"
    up: Optional[Path] = None


@flow
def converted_seconds(c: C = C(td=60)):
    pass


@flow
def converted_whole_float(c: C = C(i=3.0)):
    pass


@flow
def converted_digits(c: C = C(i="7")):
    pass


@flow
def converted_float_of_text(c: C = C(f="2.5")):
    pass


@flow
def converted_truth_of_text(c: C = C(b="yes")):
    pass


@flow
def converted_truth_of_number(c: C = C(b=1)):
    pass


@flow
def converted_decimal_of_text(c: C = C(dec="2.5")):
    pass


@flow
def converted_decimal_of_number(c: C = C(dec=2)):
    pass


@flow
def converted_path_of_text(c: C = C(p="./q//r/")):
    pass


@flow
def converted_in_optional_and_list(c: C = C(o="4", l=["1", 2.0], i=True)):
    pass


@flow
def converted_text_of_union(c: C = C(u="7")):
    pass


@flow
def converted_number_of_union(c: C = C(u=2.0)):
    pass


@flow
def converted_part_of_seconds(c: C = C(td=1.5)):
    pass


@flow
def converted_truth_and_blanks(c: C = C(f=True, i=" 7 ")):
    pass


@flow
def converted_optional_path(c: C = C(up="./z", dec=2.5)):
    pass


@flow
def converted_groups_of_digits(c: C = C(i="1_000", f="1e3")):
    pass


@flow
def converted_text_as_seconds(c: C = C(td="60")):
    pass


class S(BaseModel):
    model_config = ConfigDict(strict=True)
    i: int = 1
    f: float = 2


class T(BaseModel):
    i: int = Field(1, strict=True)
    j: StrictInt = 2


@flow
def converted_strict_model(s: S = S(i=4, f=3)):
    pass


@flow
def converted_strict_field(s: T = T(i=4, j=3)):
    pass


class H(BaseModel):
    h: HttpUrl = "http://a.b/"
    j: Optional[Json] = None


@flow
def converted_large_letters(h: H = H(h="http://Example.com")):
    pass


@flow
def converted_plain_address(h: H = H(h="http://www.example.com")):
    pass


@flow
def converted_json_and_query(h: H = H(j="[1]", h="http://www.example.com/x?y=1#z")):
    pass


class Inner(BaseModel):
    size: int
    rate: float = 1
    tags: list[str] = Field(default_factory=list)
    path: Path = Path("./a")


class Outer(BaseModel):
    inner: Inner
    several: dict[str, Inner] = {}


@flow
def from_mappings(
    a: Outer = Outer(inner=dict(size=1)),
    b: Outer = Outer(inner={"size": 2, "rate": 3}, several={"x": {"size": 4, "tags": ["t"]}}),
):
    pass
