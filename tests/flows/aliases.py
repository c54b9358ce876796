from typing import Annotated, Any, Dict, List, NewType, Optional, TypeAlias, TypeVar, Union

from prefect import flow
from pydantic import Field
from typing_extensions import TypeAliasType

Ids = List[int]
Table: TypeAlias = Dict[str, List[Any]]
Maybe = Optional[str]
Either = Union[Ids, Maybe]
UserId = NewType("UserId", int)
AdminId = NewType("AdminId", UserId)
Names: TypeAlias = "List[str]"
Score = Annotated[float, Field(ge=0, le=1)]
Extended = TypeAliasType("Extended", Dict[str, int])
A = B = int
Bare = list
T = TypeVar("T", bound=int)
Callback = None


@flow
def plain(a: Ids, b: Table, c: Maybe = None, d: Either = None):
    pass


@flow
def new_types(a: UserId, b: AdminId = 1, c: Optional[UserId] = None, d: List[UserId] = []):
    pass


@flow
def texts(a: Names, b: "Ids", c: "Optional[Ids]" = None, d: List["UserId"] = []):
    pass


@flow
def annotated(a: Score, b: Optional[Score] = None):
    pass


@flow
def extended(a: Extended, b: Optional[Extended] = None):
    pass


@flow
def others(a: A, b: B, c: Bare, d: T, e: Callback = None):
    pass
