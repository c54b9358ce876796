from enum import Enum, IntEnum, auto
from typing import Optional

from prefect import flow


class Base(str, Enum):
    def describe(self):
        return self.value


class Region(Base):
    """Where it runs."""

    NORTH = "north"
    SOUTH = "south"


class Priority(IntEnum):
    LOW = 10
    HIGH = LOW * 2
    TOP = HIGH + 1


class Ignored(Enum):
    _ignore_ = ["helper"]
    helper = 3
    A = "a"


class WithPrivate(Enum):
    A = "a"
    _secret = "s"
    __dunder = "d"


class Planet(Enum):
    EARTH = (5.97, 6.37)

    def __init__(self, mass, radius):
        self.mass = mass
        self.radius = radius


class Coded(Enum):
    A = 1
    B = 2

    def __new__(cls, value):
        obj = object.__new__(cls)
        obj._value_ = f"code-{value}"
        return obj


class Outer:
    class Inner(Enum):
        X = 1
        Y = 2


class LongDoc(Enum):
    """First line.

    More about it.
    """

    A = 1


@flow
def inherited(a: Region, b: Region = Region.NORTH, c: Optional[Region] = Region.SOUTH):
    pass


@flow
def computed(a: Priority = Priority.TOP):
    pass


@flow
def special(a: Ignored, b: WithPrivate):
    pass


@flow
def initialised(a: Planet = Planet.EARTH):
    pass


@flow
def inner(a: Outer.Inner = Outer.Inner.X):
    pass


@flow
def documented(a: LongDoc):
    pass
