from enum import Enum
from typing import List, Literal, Optional, Union

from prefect import flow

Environment = Literal["dev", "test", "prod"]
Level = Literal[1, 2, 3]


class Mode(Enum):
    FULL = "full"
    DELTA = "delta"


@flow
def texts(a: Literal["x"], b: Literal["a", "b"] = "a", env: Environment = "dev", c: Optional[Environment] = None):
    pass


@flow
def numbers(a: Literal[1, 2], b: Level = 1, c: Literal[True, False] = True, d: Literal[1, "a", None] = None):
    pass


@flow
def lists(a: List[Literal["a", "b"]], b: list[Environment] = ["dev"], c: dict[str, Level] = {}):
    pass


@flow
def enums(a: Literal[Mode.FULL], b: Literal[Mode.FULL, Mode.DELTA] = Mode.FULL):
    pass


@flow
def unions(a: Union[Literal["auto"], int] = "auto", b: Literal["auto"] | int | None = None, c: Literal["a"] | Literal["b"] = "a"):
    pass


@flow
def nested(a: Literal[Literal["a", "b"], "c"], b: Literal["a", "a", "b"], c: Literal[-1, 0, 1] = 0, d: Literal[b"x"] = b"x"):
    pass


@flow
def none_only(a: Literal[None] = None, b: Literal["a", None] = None, c: Literal[1, True] = 1):
    pass
