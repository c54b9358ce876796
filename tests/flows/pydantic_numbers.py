from typing import List, Optional

from prefect import flow
from pydantic import (
    ByteSize,
    FiniteFloat,
    NegativeFloat,
    NegativeInt,
    NonNegativeFloat,
    NonNegativeInt,
    NonPositiveInt,
    PositiveFloat,
    PositiveInt,
    StrictBool,
    StrictFloat,
    StrictInt,
    StrictStr,
    conbytes,
    condecimal,
    confloat,
    confrozenset,
    conint,
    conlist,
    conset,
    constr,
)


@flow
def signs(a: PositiveInt, b: NegativeInt, c: NonNegativeInt = 0, d: NonPositiveInt = 0, e: PositiveFloat = 1.0, f: NonNegativeFloat = 0.0, g: NegativeFloat = -1):
    pass


@flow
def strict(a: StrictInt, b: StrictStr = "x", c: StrictBool = True, d: StrictFloat = 1.0, e: FiniteFloat = 1.0):
    pass


@flow
def functions(
    a: conint(ge=1, lt=10),
    b: confloat(gt=0, multiple_of=0.5),
    c: constr(min_length=1, max_length=3, to_upper=True),
    d: conlist(int, min_length=1, max_length=3),
    e: conset(str, max_length=2),
    f: conbytes(max_length=4),
    g: condecimal(gt=0) = 1,
    h: confrozenset(int, min_length=1) = frozenset({1}),
):
    pass


@flow
def within(a: List[PositiveInt], b: Optional[PositiveInt] = None, c: Optional[constr(pattern="^a")] = None, d: dict[str, NonNegativeInt] = {}):
    pass


@flow
def size(a: ByteSize = 1, b: Optional[ByteSize] = None):
    pass
