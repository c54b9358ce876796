from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Dict, List, Optional, Set, Tuple

import annotated_types
from annotated_types import Ge, Gt, Interval, Le, Len, Lt, MaxLen, MinLen, MultipleOf, Predicate
from prefect import flow
from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, Strict, StringConstraints, WithJsonSchema

Percent = Annotated[float, Field(ge=0, le=100)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=50, strip_whitespace=True)]
Upper = Annotated[str, AfterValidator(str.upper)]
Tags = Annotated[List[Name], Field(max_length=5)]


@flow
def fields(
    a: Annotated[int, Field(gt=0, lt=10)],
    b: Annotated[str, Field(min_length=1, max_length=9, pattern=r"^\w+$")] = "x",
    c: Annotated[List[int], Field(min_length=1)] = [1],
    d: Annotated[Optional[int], Field(ge=0)] = None,
    e: Annotated[float, Field(multiple_of=0.5)] = 1.5,
):
    pass


@flow
def types(
    a: Annotated[int, Gt(0)],
    b: Annotated[int, Ge(0), Le(9)],
    c: Annotated[float, Lt(1.5)],
    d: Annotated[int, Interval(gt=0, le=10)],
    e: Annotated[int, MultipleOf(5)],
    f: Annotated[str, Len(1, 5)],
    g: Annotated[List[int], MinLen(1), MaxLen(4)],
    h: Annotated[Set[str], annotated_types.Len(2)],
    i: Annotated[Dict[str, int], MinLen(1)],
):
    pass


@flow
def named(a: Percent, b: Name = "x", c: Tags = [], d: Optional[Percent] = None, e: List[Percent] = [], f: Dict[Name, int] = {}):
    pass


@flow
def validators(
    a: Upper,
    b: Annotated[int, BeforeValidator(int)] = 1,
    c: Annotated[str, "doc", Field(max_length=3)] = "x",
    d: Annotated[int, Predicate(lambda it: it > 0)] = 1,
    e: Annotated[int, Strict()] = 1,
    f: Annotated[datetime, PlainSerializer(lambda it: str(it), return_type=str)] = None,
):
    pass


@flow
def more(
    a: Annotated[int, WithJsonSchema({"type": "string", "format": "odd"})],
    b: Annotated[Decimal, Field(gt=0)] = Decimal("1"),
    c: Annotated[date, Field(ge=date(2020, 1, 1))] = date(2024, 1, 1),
    d: Annotated[Tuple[int, ...], Field(max_length=2)] = (),
    e: Annotated[str, StringConstraints(to_lower=True, pattern="^a")] = "a",
    f: Annotated[int, Field(json_schema_extra={"x": 1})] = 1,
    g: Annotated[int, Field(examples=[1, 2])] = 1,
    h: Annotated[int, Field(deprecated=True)] = 1,
):
    pass


@flow
def nested(a: Annotated[Annotated[int, Ge(0)], Le(5)], b: Annotated[Optional[List[Annotated[int, Gt(1)]]], Field(title="T")] = None):
    pass


@flow
def unions(a: Annotated[int | str, Field(description="x")], b: Annotated[int, Ge(1)] | None = None, c: Annotated[Optional[str], Field(min_length=2)] = None):
    pass
