from abc import ABC, abstractmethod
from typing import Dict, Generic, List, Optional, Protocol, TypeVar, Union, runtime_checkable

from prefect import flow

T = TypeVar("T")


class Plain:
    def __init__(self, x: int):
        self.x = x


class Child(Plain):
    pass


class Abstract(ABC):
    @abstractmethod
    def run(self): ...


@runtime_checkable
class Readable(Protocol):
    def read(self) -> str: ...


class Box(Generic[T]):
    pass


class Text(str):
    pass


class Number(int):
    pass


class Ids(list):
    pass


class Mapping(dict):
    pass


class Failure(ValueError):
    pass


class Meta(type):
    pass


class Made(metaclass=Meta):
    pass


@flow
def plain(a: Plain, b: Child = None, c: Optional[Plain] = None, d: List[Plain] = [], e: Dict[str, Plain] = {}):
    pass


@flow
def abstract(a: Abstract, b: Readable, c: Made = None, d: Failure = None):
    pass


@flow
def generic(a: Box, b: Box[int], c: Optional[Box[str]] = None):
    pass


@flow
def builtin_children(a: Text, b: Number, c: Ids, d: Mapping):
    pass


@flow
def unions(a: Union[Plain, int], b: Plain | None = None, c: Union[Plain, Child] = None):
    pass


@flow
def values(b: 5, c: "x" = 1, d: (int, str) = None, e: [int] = None, f: ... = None):
    pass
