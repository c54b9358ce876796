from typing import (
    IO,
    Any,
    AnyStr,
    BinaryIO,
    ClassVar,
    Container,
    Final,
    Iterable,
    KeysView,
    List,
    LiteralString,
    Never,
    NoReturn,
    Optional,
    Reversible,
    Sized,
    SupportsInt,
    TextIO,
    Tuple,
    Type,
    Union,
    ValuesView,
)

from prefect import flow
from typing_extensions import Annotated, Literal, NotRequired, Self


@flow
def final(a: Final[int] = 3, b: Final = 4):
    pass


@flow
def files(a: IO[str], b: TextIO = None, c: BinaryIO = None):
    pass


@flow
def views(a: Container[int] = None, b: Reversible[int] = None, c: Sized = None, d: KeysView[str] = None):
    pass


@flow
def protocols(a: SupportsInt = 1):
    pass


@flow
def literal_text(a: LiteralString = "x"):
    pass


@flow
def never(a: Never = None, b: NoReturn = None):
    pass


@flow
def extensions(a: Annotated[int, "x"], b: Literal["a"] = "a"):
    pass


@flow
def odd_tuples(a: Tuple[()] = (), b: Tuple[int] = (1,), c: Tuple[Any, ...] = (), d: tuple[int, tuple[str, int]] = None):
    pass


@flow
def type_of(a: Type[Any] = None, b: Type["int"] = None, c: Type[Union[int, str]] = None):
    pass
