from typing import Dict, Generic, List, Optional, TypeVar, Union

from prefect import flow
from pydantic import BaseModel

T = TypeVar("T")
K = TypeVar("K")
N = TypeVar("N", int, float)
B = TypeVar("B", bound=BaseModel)


class Item(BaseModel):
    name: str


class Page(BaseModel, Generic[T]):
    """A page of results."""

    items: List[T]
    total: int = 0


class Pair(BaseModel, Generic[K, T]):
    key: K
    value: Optional[T] = None


class IntPage(Page[int]):
    extra: str = "x"


class Wrapper(BaseModel, Generic[T]):
    page: Page[T]
    by_name: Dict[str, T] = {}


class Bound(BaseModel, Generic[B]):
    model: B


@flow
def pages(a: Page[int], b: Page[Item], c: Page[Optional[str]]):
    pass


@flow
def pairs(a: Pair[str, int], b: Pair[str, Item], c: Pair[int, List[Item]]):
    pass


@flow
def unbound(a: Page, b: Pair):
    pass


@flow
def derived(a: IntPage, b: Wrapper[Item]):
    pass


@flow
def bound(a: Bound[Item], b: Bound):
    pass


@flow
def nested(a: Page[Page[int]], b: List[Page[str]], c: Page[Union[int, str]], d: Page[Dict[str, int]]):
    pass


@flow
def variables(a: T, b: N, c: List[T], d: B, e: Optional[T] = None):
    pass
