from collections import namedtuple
from typing import List, NamedTuple, Optional

from prefect import flow


class Point(NamedTuple):
    """A point."""

    x: int
    y: int = 0
    label: Optional[str] = None


class Outer(NamedTuple):
    point: Point
    points: List[Point] = []


Old = namedtuple("Old", ["a", "b"])
OldDefaults = namedtuple("OldDefaults", "a b", defaults=[1])
Typed = NamedTuple("Typed", [("a", int), ("b", str)])


@flow
def points(a: Point, b: Optional[Point] = None, c: List[Point] = []):
    pass


@flow
def outer(a: Outer):
    pass


@flow
def functional(a: Typed, b: Old):
    pass


@flow
def defaults(a: OldDefaults = None):
    pass
