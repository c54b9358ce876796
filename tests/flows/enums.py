import enum
from enum import Enum, Flag, IntEnum, IntFlag, StrEnum, auto, unique
from typing import Dict, List, Optional, Union

from prefect import flow


class Color(Enum):
    RED = "red"
    BLUE = "blue"


class Shade(str, Enum):
    """How dark it is."""

    LIGHT = "light"
    DARK = "dark"


class Level(IntEnum):
    LOW = 1
    HIGH = 2


@unique
class Size(StrEnum):
    SMALL = auto()
    LARGE = auto()


class Number(enum.Enum):
    ONE = auto()
    TWO = auto()
    TEN = 10
    ELEVEN = auto()


class Mixed(Enum):
    A = 1
    B = "b"
    C = None


class Aliased(Enum):
    A = 1
    ALSO_A = 1
    B = 2


class Pair(Enum):
    FIRST = (1, "a")
    SECOND = (2, "b")


class Rights(Flag):
    READ = 1
    WRITE = 2


class Bits(IntFlag):
    A = auto()
    B = auto()
    C = auto()


class Float(float, Enum):
    HALF = 0.5
    WHOLE = 1.0


class WithMethods(Enum):
    """Has more than members."""

    X = "x"
    Y = "y"

    @property
    def upper(self):
        return self.value.upper()

    @classmethod
    def default(cls):
        return cls.X


class Empty(Enum):
    pass


class Single(Enum):
    ONLY = "only"


@flow
def plain(a: Color, b: Color = Color.RED, c: Optional[Color] = None, d: List[Color] = [Color.RED]):
    pass


@flow
def mixins(a: Shade, b: Shade = Shade.DARK, c: Level = Level.LOW, d: Size = Size.SMALL, e: Float = Float.HALF):
    pass


@flow
def counted(a: Number, b: Number = Number.ELEVEN, c: Bits = Bits.C, d: Rights = Rights.READ):
    pass


@flow
def others(a: Mixed, b: Aliased, c: Pair, d: WithMethods = WithMethods.X, e: Single = Single.ONLY):
    pass


@flow
def in_generics(a: Dict[str, Color], b: Dict[Color, int], c: Union[Color, Shade], d: list[Shade | None]):
    pass


@flow
def values(a: str = Color.RED.value, b: int = Level.HIGH.value, c: str = Shade.DARK, d: str = Color.RED.name):
    pass


@flow
def nothing(a: Empty):
    pass
