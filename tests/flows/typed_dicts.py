from typing import Any, Dict, List, Optional

from prefect import flow
from pydantic import ConfigDict, with_config
from typing_extensions import NotRequired, Required, TypedDict


class Plain(TypedDict):
    """A mapping."""

    a: int
    b: Optional[str]


class Partial(TypedDict, total=False):
    a: Required[int]
    b: str


class Child(Plain, total=False):
    c: NotRequired[List[int]]
    d: float


class Nested(TypedDict):
    plain: Plain
    many: Dict[str, Partial]
    next: NotRequired["Nested"]


Functional = TypedDict("Functional", {"in": int, "x-y": str})
HalfFunctional = TypedDict("HalfFunctional", {"a": int, "b": NotRequired[str]}, total=False)


@flow
def plain(a: Plain, b: Partial):
    pass


@flow
def inherited(a: Child, b: List[Plain]):
    pass


@flow
def nested(a: Nested, b: Optional[Partial] = None):
    pass


@flow
def functional(a: Functional, b: HalfFunctional):
    pass
