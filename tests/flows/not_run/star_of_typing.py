"""A star of `typing` binds the names of `typing` alone."""

import package_that_is_missing
from typing import *

from prefect import flow
from siblings import consts as neighbours

LIMIT: int = 3

with open(__file__) as file:
    LENGTH = 7


@flow
def star_of_typing(
    a: Optional[List[int]] = None,
    b: TextIO = None,
    c: Dict[str, Any] = {},
    d: int = LIMIT,
    e: int = LENGTH,
    f: int = neighbours.LIMIT,
    g: Missing = 1,
    h: Literal["x", "y"] = "x",
):
    pass
