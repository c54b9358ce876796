"""Models of pydantic 1: fields, nesting, defaults."""

import datetime
import decimal
import enum
import ipaddress
import pathlib
import re
import uuid
from typing import Any, Callable, Dict, FrozenSet, Iterable, List, Mapping, Optional, Pattern, Sequence, Set, Tuple, Type, Union

from prefect import flow
from pydantic.v1 import BaseModel, Field

LIMIT = 5


class Empty(BaseModel):
    pass


class Bare(BaseModel):
    a: int
    b: str = "x"
    c: Optional[float] = None
    d: Optional[bool]
    e: Any
    f: Any = 1
    g: List[int] = []


class Described(BaseModel):
    """
    Said in the docstring.

        And indented.
    """

    some_name: int = Field(LIMIT, title="A title", description="What it is.")
    another_name2: str = Field(..., description="Needed.", example="q", examples=["a", "b"])
    last: float = Field(1.5, foo={"bar": [1, 2]}, deprecated=True)


class Below(Described):
    own: int = 3
    last: Optional[float] = None


class Silent(Below):
    pass


class Color(enum.Enum):
    RED = "red"
    BLUE = "blue"
    ROUGE = "red"


class Level(enum.IntEnum):
    """How high."""

    LOW = 1
    HIGH = 2


class Kind(str, enum.Enum):
    A = "a"
    B = "b"


class Mixed(enum.Enum):
    ONE = 1
    TWO = "two"
    THREE = None


class Holding(BaseModel):
    bare: Bare
    maybe: Optional[Bare] = None
    many: List[Bare] = []
    by_name: Dict[str, Bare] = {}
    either: Union[Bare, Empty, int] = 1
    said: Bare = Field(..., description="The bare one.")
    titled: Bare = Field(..., title="Bare it is")
    filled: Bare = Bare(a=1, d=True, e=None)
    color: Color
    color_default: Color = Color.RED
    color_said: Color = Field(Color.BLUE, description="Blue.", title="Colour", extra_key=1)
    colors: List[Color] = [Color.RED]
    maybe_color: Optional[Color] = None
    level: Level = Level.LOW
    kind_or_level: Union[Kind, Level] = Kind.A
    mixed: Mixed = Mixed.TWO


class Types(BaseModel):
    when: datetime.datetime
    day: datetime.date
    clock: datetime.time
    span: datetime.timedelta
    number: decimal.Decimal
    key: uuid.UUID
    path: pathlib.Path
    text: bytes
    pattern: Pattern
    pattern2: re.Pattern
    four: ipaddress.IPv4Address
    net: ipaddress.IPv6Network
    face: ipaddress.IPv4Interface
    many: Set[int]
    frozen: FrozenSet[str]
    sequence: Sequence[float]
    iterable: Iterable[int]
    pair: Tuple[int, str]
    run: Tuple[int, ...]
    nothing: Tuple[()]
    plain: tuple
    mapping: Mapping[str, int]
    anything: Dict
    typed: Type[int]
    called: Callable[[int], str] = print
    nested: Dict[str, List[Tuple[int, Optional[str]]]]
    obj: object
    bare_list: list
    bare_dict: dict
    bare_set: set
    none: None


class Defaults(BaseModel):
    when: datetime.datetime = datetime.datetime(2024, 1, 2, 3, 4, tzinfo=datetime.timezone.utc)
    local: datetime.datetime = datetime.datetime(2024, 1, 2)
    day: datetime.date = datetime.date(2024, 1, 2)
    span: datetime.timedelta = datetime.timedelta(hours=1, seconds=0.5)
    number: decimal.Decimal = decimal.Decimal("1.50")
    whole: decimal.Decimal = decimal.Decimal("3")
    key: uuid.UUID = uuid.UUID("12345678123456781234567812345678")
    path: pathlib.Path = pathlib.Path("/tmp/x")
    raw: bytes = b"abc"
    many: Set[int] = {1}
    pair: Tuple[int, str] = (1, "a")
    spans: List[datetime.timedelta] = [datetime.timedelta(minutes=1)]
    made: List[int] = Field(default_factory=list)
    given: int = Field(default=3)
    numbers: Dict[int, str] = {1: "a"}
    nested: Dict[str, Dict[str, List[int]]] = {"a": {"b": [1]}}


class Inferred(BaseModel):
    a = 1
    b: int
    c = "text"
    d = 1.5
    e = True
    f = [1]
    g = {"a": 1}
    h = Field(7, description="Inferred.")
    _private = 3

    def method(self):
        return self.a

    @property
    def prop(self):
        return 1


class Node(BaseModel):
    value: int
    next: Optional["Node"] = None
    children: List["Node"] = []


class Left(BaseModel):
    right: Optional["Right"] = None


class Right(BaseModel):
    left: Left


Left.update_forward_refs()


class Lost(BaseModel):
    later: Optional["Later"] = None


class Later(BaseModel):
    a: int


@flow
def empty(a: Empty):
    pass


@flow
def bare(a: Bare, b: Bare = None, c: Optional[Bare] = None, d: List[Bare] = []):
    """
    Does it.

    Args:
        a: the first
        c: the third
    """


@flow
def described(a: Described, b: Below, c: Silent):
    pass


@flow
def holding(a: Holding, b: List[Holding] = [], c: Dict[str, Holding] = {}):
    pass


@flow
def types(a: Types):
    pass


@flow
def defaults(a: Defaults, b: Defaults = Defaults()):
    pass


@flow
def inferred(a: Inferred):
    pass


@flow
def recursive(a: Node, b: Left, c: Right = None):
    pass


@flow
def lost(a: Lost, b: int = 1):
    pass


@flow
def later(a: Later, b: Union[Later, Lost, None] = None):
    pass


@flow
def instance(a: Bare = Bare(a=3, d=None, e=[1], g=[1, 2]), b: Node = Node(value=1, next=Node(value=2))):
    pass


@flow
def beside(
    m: Empty,
    a,
    b=1,
    c: int = None,
    d: Optional[int] = None,
    e: Union[int, str] = "x",
    f: Dict[str, Any] = {},
    g: datetime.timedelta = datetime.timedelta(days=1),
    h: Color = Color.RED,
    i: Optional[Color] = None,
    j: List[Color] = [Color.BLUE],
    k: Union[Color, int, None] = None,
    l: Callable = None,
    n: Mixed = Mixed.ONE,
    o: Any = None,
    p: datetime.datetime = datetime.datetime(2024, 1, 2, tzinfo=datetime.timezone.utc),
):
    pass
