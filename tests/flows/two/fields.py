"""Constraints of `Field` and types with constraints of pydantic 1."""

from decimal import Decimal
from typing import Dict, FrozenSet, List, Optional, Sequence, Set, Tuple, Union

from prefect import flow
from pydantic import v1 as pydantic
from pydantic.v1 import BaseModel, Field, SecretBytes, SecretStr, conint, conlist, constr
from pydantic.v1.types import ConstrainedInt, ConstrainedStr, PositiveInt
from typing_extensions import Annotated, Literal


class Numbers(BaseModel):
    a: int = Field(1, ge=0, lt=10)
    b: float = Field(..., gt=0, le=1.5, multiple_of=0.5)
    c: Decimal = Field(..., ge=0, max_digits=5, decimal_places=2)
    d: Optional[int] = Field(None, gt=3)
    e: List[int] = Field([], gt=3)
    f: Dict[str, int] = Field({}, gt=3)
    g: Union[int, float] = Field(3, gt=2)
    h: bool = Field(True, description="flag")
    i: Tuple[int, float] = Field((1, 2.0), ge=0)
    j: Optional[List[Optional[int]]] = Field(None, ge=0)


class Texts(BaseModel):
    a: str = Field("x", min_length=1, max_length=5)
    b: str = Field(..., regex="^a+$")
    c: Optional[str] = Field(None, max_length=5)
    d: List[str] = Field([], max_length=5)
    e: bytes = Field(b"", max_length=5)
    f: SecretStr = Field(..., min_length=8)
    g: str = Field("c", const=True)
    h: int = Field(3, const=True, description="always")
    i: str = Field("y", pattern="^b")
    j: Set[str] = Field(set(), regex="^q")


class Counts(BaseModel):
    a: List[int] = Field([], min_items=1, max_items=3)
    b: List[int] = Field([], unique_items=True)
    c: Set[int] = Field(..., min_items=1)
    d: FrozenSet[str] = Field(..., max_items=2)
    e: Optional[List[str]] = Field(None, max_items=2)
    f: List[List[int]] = Field([], max_items=2)
    g: Dict[str, List[int]] = Field({}, min_items=2)


class Code(ConstrainedStr):
    min_length = 2
    max_length = 4
    regex = "^[A-Z]+$"


class Even(ConstrainedInt):
    gt = 0
    multiple_of = 2


class Name(str):
    pass


class Own(BaseModel):
    a: conint(gt=1, le=5)
    b: constr(min_length=1, max_length=3, regex="^x")
    c: conlist(int, min_items=1, max_items=4)
    d: conlist(conint(ge=0), min_items=1) = [1]
    e: List[conint(gt=2)] = []
    f: Optional[constr(max_length=2)] = None
    g: Dict[constr(regex="^a"), int] = {}
    h: Dict[constr(regex="^a"), constr(max_length=1)] = {}
    i: pydantic.confloat(gt=0.5) = 1.0
    j: pydantic.condecimal(max_digits=4) = Decimal("1.5")
    k: pydantic.conset(int, max_items=3) = set()
    l: pydantic.confrozenset(str, min_items=1)
    m: pydantic.conbytes(max_length=4) = b"ab"
    n: Code
    o: Even = 2
    p: Name = "n"
    q: Optional[pydantic.conlist(str, max_items=2)] = None
    r: Name = Field("n", max_length=4)
    s: constr(strip_whitespace=True, to_lower=True, strict=True)


class Kinds(BaseModel):
    a: PositiveInt = 1
    b: pydantic.NegativeFloat = -1
    c: pydantic.NonNegativeInt = 0
    d: pydantic.StrictInt = 1
    e: pydantic.StrictStr = "a"
    f: pydantic.StrictBool = True
    g: SecretStr = SecretStr("secret")
    h: SecretBytes = None
    i: pydantic.HttpUrl = None
    j: pydantic.AnyUrl = "http://x"
    k: pydantic.PostgresDsn = None
    l: pydantic.FilePath = None
    m: pydantic.DirectoryPath = None
    n: pydantic.UUID4 = None
    o: pydantic.Json = None
    p: pydantic.Json[List[int]] = None
    q: pydantic.IPvAnyAddress = None
    r: pydantic.ByteSize = 1
    s: pydantic.PastDate = None
    t: pydantic.StrictFloat = 1.5
    u: pydantic.PaymentCardNumber = None
    v: Optional[pydantic.Json[int]] = None
    w: List[SecretStr] = []
    x: Dict[str, pydantic.HttpUrl] = {}
    y: pydantic.color.Color = None
    z: pydantic.FutureDate = None


class Marked(BaseModel):
    a: Annotated[int, Field(gt=1, description="One.")]
    b: Annotated[str, Field(max_length=3)] = "x"
    c: List[Annotated[int, Field(gt=1)]] = []
    d: Annotated[int, "not a field"] = 1
    e: Literal["a", "b"] = "a"
    f: Literal["a"] = "a"
    g: Literal[1, "a", True, None] = 1
    h: Optional[Literal["x", "y"]] = None
    i: List[Literal["x", 1]] = []
    j: Annotated[Optional[List[int]], Field(min_items=1)] = None
    k: Literal[1, 2]


@flow
def numbers(a: Numbers):
    pass


@flow
def texts(a: Texts):
    pass


@flow
def counts(a: Counts):
    pass


@flow
def own(a: Own):
    pass


@flow
def kinds(a: Kinds):
    pass


@flow
def marked(a: Marked):
    pass


@flow
def constrained(a: conint(gt=1), b: int = 1):
    pass


@flow
def in_list(a: List[constr(max_length=3)], b: Dict[str, conint(ge=0)] = {}, c: Optional[conlist(int, max_items=3)] = None):
    pass


@flow
def secret(a: SecretStr, b: SecretStr = None, c: List[SecretStr] = [], d: Optional[SecretStr] = None):
    pass


@flow
def positive(a: PositiveInt = 3, b: pydantic.StrictStr = "a", c: pydantic.Json = None, d: pydantic.Json[Dict[str, int]] = None):
    pass


@flow
def addresses(a: pydantic.HttpUrl, b: pydantic.EmailStr = None, c: pydantic.IPvAnyAddress = None):
    """None of these makes a signature one of pydantic 1."""


@flow
def addresses_too(z: pydantic.FilePath, a: pydantic.HttpUrl, b: pydantic.IPvAnyAddress = None, d: Code = "AB", e: Even = 2, f: Name = "n"):
    pass


@flow
def subclass(a: Code, b: int = None):
    """A class of the bundle is not of the module that its base is of."""


@flow
def annotated(z: Numbers, a: Annotated[int, Field(gt=1)], b: Annotated[int, "x"] = 1, c: Literal["a", 1] = "a", d: Literal[1, 2] = 1):
    pass
