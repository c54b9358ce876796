"""Defaults that are constants of other modules, or no value at all."""

import math
import os
import re
from datetime import date
from typing import ClassVar, Final, Optional
from uuid import UUID

from prefect import flow

PATTERN = re.compile("a+")


@flow
def constants(a=math.pi, b=PATTERN, c: re.Pattern = PATTERN, d=os.sep, e=date.min, f=os.getcwd, g=math.sqrt):
    pass


@flow
def ellipsis(a: int = ..., b=Ellipsis, c: Optional[str] = None):
    pass


@flow
def identifiers(a=UUID("12345678123456781234567812345678"), b: UUID = UUID("{12345678-1234-5678-1234-567812345678}")):
    pass


@flow
def dropped(a: ClassVar[int] = 1, b: Final[str] = "x", c: int = 3):
    pass


@flow
def ranges(a=range(3), b=list(range(3)), c: os.PathLike = None):
    pass
