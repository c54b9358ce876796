import dataclasses
from dataclasses import KW_ONLY, InitVar, dataclass, field
from datetime import date
from typing import ClassVar, Dict, List, Optional

import pydantic
from prefect import flow
from pydantic.dataclasses import dataclass as pydantic_dataclass


@dataclass
class Plain:
    a: int
    b: str = "x"
    c: List[int] = field(default_factory=list)
    d: Optional[date] = None


@dataclass(frozen=True, kw_only=True)
class Frozen:
    """Cannot be changed."""

    a: int = 1
    b: Dict[str, int] = field(default_factory=dict, metadata={"note": "x"})


@dataclasses.dataclass
class Child(Plain):
    e: float = 0.5
    b: str = "child"


@dataclass
class Parts:
    COUNT: ClassVar[int] = 0
    a: int
    hidden: int = field(default=1, init=False)
    shown: int = field(default=2, repr=False, compare=False)
    once: InitVar[int] = 3


@dataclass
class KeywordOnly:
    a: int
    _: KW_ONLY
    b: int = 1
    c: int


@dataclass(slots=True, order=True)
class Slots:
    x: int
    y: "Plain"


@pydantic_dataclass
class Checked:
    a: int
    b: str = pydantic.Field("x", max_length=3, description="Short")
    c: List[int] = field(default_factory=list)


@pydantic.dataclasses.dataclass(config=pydantic.ConfigDict(extra="forbid", title="Strict one"))
class Configured:
    a: int = 1


@dataclass
class Nested:
    plain: Plain
    many: List[Frozen]
    maybe: Optional["Nested"] = None

    def total(self):
        return 1


@dataclass
class WithPost:
    a: int = 1

    def __post_init__(self):
        self.a += 1


@flow
def plain(a: Plain, b: Frozen, c: Child):
    pass


@flow
def parts(a: Parts):
    pass


@flow
def keyword_only(a: KeywordOnly):
    pass


@flow
def nested(a: Nested, b: Slots, c: Optional[Plain] = None):
    pass


@flow
def checked(a: Checked, b: Configured):
    pass


@flow
def post(a: WithPost):
    pass
