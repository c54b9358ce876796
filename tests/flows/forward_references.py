from dataclasses import dataclass
from typing import TYPE_CHECKING, List, Optional

from prefect import flow
from pydantic import BaseModel

if TYPE_CHECKING:
    from pandas import DataFrame


@flow
def later(a: "Later", b: Optional["Later"] = None, c: List["Later"] = []):
    pass


@flow
def builtin(a: "int", b: "str | None" = None, c: "list[int]" = [], d: "dict[str, Optional[int]]" = {}):
    pass


@flow
def missing(a: "Missing", b: int = 1):
    pass


@flow
def checking(a: "DataFrame", b: Optional["DataFrame"] = None, c: int = 1):
    pass


class Later(BaseModel):
    x: int


@dataclass
class Data:
    later: "Later"


@flow
def after(a: "Later", b: "Data"):
    pass
