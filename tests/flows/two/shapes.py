"""Records, generics, unions and classes that pydantic 1 knows or does not."""

import collections
import os
from collections import Counter, OrderedDict, deque
from dataclasses import dataclass, field
from typing import (
    AbstractSet,
    Any,
    ClassVar,
    Collection,
    DefaultDict,
    Deque,
    Dict,
    Generator,
    Generic,
    IO,
    Iterator,
    List,
    NamedTuple,
    NewType,
    Optional,
    Tuple,
    TypeVar,
    Union,
)

import pydantic
from prefect import flow
from pydantic.v1 import BaseModel, Field
from pydantic.v1.dataclasses import dataclass as own_dataclass
from pydantic.v1.generics import GenericModel
from typing_extensions import Literal, NotRequired, Required, TypedDict

T = TypeVar("T")
N = TypeVar("N", bound=int)
E = TypeVar("E", int, str)
UserId = NewType("UserId", int)


class One(BaseModel):
    a: int = 1


class Two(pydantic.BaseModel):
    a: int = 1


@dataclass
class Plain:
    """Not shown."""

    a: int
    b: str = "x"
    c: List[int] = field(default_factory=list)
    d: Optional[One] = None
    e: float = field(default=1.5)
    f: ClassVar[int] = 3


@dataclass
class Base:
    a: int


@dataclass
class PlainBelow(Base):
    g: int = 4


@own_dataclass
class Owned:
    """Shown."""

    a: int
    b: str = Field("x", description="The b.", max_length=3)
    c: One = None


@own_dataclass
class Undocumented:
    a: int = 1


@pydantic.dataclasses.dataclass
class Newer:
    """Not shown either."""

    a: int
    b: Optional[str] = None


class Point(NamedTuple):
    x: int
    y: float = 0.0
    label: Optional[One] = None


class Movie(TypedDict):
    name: str
    year: NotRequired[int]


class Partial(TypedDict, total=False):
    """A partial one."""

    name: Required[str]
    movie: Movie


class Page(GenericModel, Generic[T]):
    """A page."""

    items: List[T]
    first: Optional[T] = None


class Pair(GenericModel, Generic[T, N]):
    left: T
    right: N


class Numbers(Page[int]):
    total: int = 0


class Box(Generic[T]):
    def __init__(self, it: T):
        self.it = it


class Any_:
    pass


class Cat(BaseModel):
    kind: Literal["cat", "kitten"]
    lives: int = 9


class Dog(BaseModel):
    kind: Literal["dog"]
    good: bool = True


class Home(BaseModel):
    pet: Union[Cat, Dog] = Field(..., discriminator="kind")
    pets: List[Union[Cat, Dog]] = []
    maybe: Optional[Union[Cat, Dog]] = Field(None, discriminator="kind", description="May be.")


class Meta(BaseModel):
    a: int
    constant: ClassVar[str] = "c"
    point: Point
    points: List[Point] = []
    movie: Movie = None
    plain: Plain = None
    owned: Optional[Owned] = None
    user: UserId = 1
    page: Page[str] = None
    var: N = 1


@flow
def dataclasses_of_all(o: One, a: Plain, b: PlainBelow, c: Owned, d: Undocumented, e: Newer):
    pass


@flow
def dataclass_default(o: One, a: Plain = Plain(1), b: List[Plain] = []):
    pass


@flow
def records(o: One, a: Point, b: Movie, c: Partial, d: List[Point] = [], e: Optional[Movie] = None):
    pass


@flow
def record_default(o: One, a: Point = Point(1), b: Movie = {"name": "x"}):
    pass


@flow
def meta(a: Meta):
    pass


@flow
def generics(a: Page[int], b: Page[One], c: Pair[str, int], d: Page, e: Numbers, f: List[Page[List[int]]] = []):
    pass


@flow
def home(a: Home):
    pass


@flow
def variables(o: One, a: T, b: N, c: E, d: UserId, e: List[T], f: Dict[str, N], g: List[UserId] = []):
    pass


@flow
def others(o: One, a: Any_, b: List[Any_], c: Box, d: Box[int], e: Two, f: Optional[Two] = None, g: Dict[str, Any_] = {}, h: List[Box] = [], i: Union[int, Any_] = 1):
    pass


@flow
def abstract(
    o: One,
    a: AbstractSet[int],
    b: Collection[str],
    c: Iterator[One],
    d: Generator[int, str, float],
    e: IO[str],
    f: IO,
    g: Deque[int],
    h: DefaultDict[str, int],
    i: "Counter[str]",
    j: "OrderedDict[str, int]",
    k: "deque[int]",
    l: os.PathLike,
    m: collections.OrderedDict,
    n: deque,
    p: complex,
    q: bytearray,
    r: range,
):
    pass


@flow
def builtin_generics(o: One, a: list[int], b: dict[str, One], c: tuple[int, ...], d: tuple[int, str], e: set[One], f: int | str | None = None, g: One | None = None, h: list[One | int] = []):
    pass


@flow
def unions(a: Union[One, Cat], b: Union[int, List[One]], c: Optional[Union[One, List[int], Dict[str, Cat]]] = None, d: Union[Cat, Dog] = Cat(kind="cat"), e: Optional[One] = One()):
    pass


@flow
def variadic(a: One, *args: int, b: int = 1, **kwargs: str):
    pass


@flow
def selfish(self, a: One, cls=1):
    pass


@flow(validate_parameters=False)
def unresolved(a: One, b: "Missing", c: List["Missing"] = None, d: "List[int]" = None, e: List["int"] = []):
    pass


@flow
def inner_only(a: List[List[One]], b: int = None):
    """A model deeper inside makes no signature one of pydantic 1."""


@flow
def inner_twice(a: Dict[str, Optional[One]], b: Tuple[int, Union[One, int]] = None, c: Optional[int] = None):
    pass


@flow
def of_class(a: One = One(a=5), b: type = int if False else None, c: Optional[Any] = None):
    pass
