"""A package is missing: Prefect takes classes, functions and plain assignments of the top level, and nothing else."""

import datetime as dt
from typing import Literal, Optional

import package_that_is_missing
from prefect import flow

LIMIT: int = 5
NAME = "x"
try:
    from enum import Enum
except ImportError:
    Enum = object
if True:
    INNER = 3


class Color(Enum):
    RED = "red"


Mode = Literal["a", "b"]
Kind: type = Literal["c"]


def helper():
    return 4


MADE = helper()
FILE = __file__
X, Y = 1, 2
LIST = [LIMIT, 2]
SQUARES = [it * Y for it in range(3)]


@flow
def constants(a: int = LIMIT, b: str = NAME, c: int = INNER, d: Color = None, e: Mode = "a", g: Kind = "c"):
    """Runs.

    Args:
        a: text
    """


@flow
def computed(
    m: int = MADE,
    f: str = FILE,
    x: int = X,
    y: int = Y,
    l: list = LIST,
    s: list = SQUARES,
    when: dt.date = dt.date(2020, 1, 1),
):
    pass


@flow
async def asynchronous(*, a: int = LIMIT, b: str = NAME, c, d: Optional[package_that_is_missing.T] = None):
    pass


@flow
async def whole(a: int, *, b: str = NAME, c: Mode):
    pass


@flow
def named(a: int, *, c: Mode):
    pass


@flow
def member(color: Color = Color.RED):
    pass
