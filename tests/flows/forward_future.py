from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Annotated, Any, Dict, Generic, List, Literal, Optional, TypeVar

from prefect import flow, task
from pydantic import BaseModel, ConfigDict, Field, field_validator

T = TypeVar("T")


class A(BaseModel):
    b: Optional[B] = None
    x: int = 1


class B(BaseModel):
    y: int = 2


class C(BaseModel):
    b: B
    cs: List[C] = []


class D(BaseModel):
    b: "B"
    bs: "List[B]" = []


@dataclass
class E:
    b: B
    n: int = 3


@dataclass
class F:
    f: Optional[F] = None


class G(BaseModel, Generic[T]):
    t: T


class H(C):
    z: Literal["a"] = "a"


class K(str, Enum):
    a = "a"


class L(BaseModel):
    k: K = K.a
    ks: dict[K, int] = {}
    when: datetime | None = None
    ann: Annotated[int, Field(gt=0)] = 1
    frame: dict | None = None


class M(BaseModel):
    model_config = ConfigDict(arbitrary_types_allowed=True)
    k: K = K.a
    n: int = Field(default=3, description="n")

    @field_validator("n")
    @classmethod
    def v(cls, x: int) -> int:
        return x

    def meth(self, df: dict) -> dict:
        return df


class N(object):
    x: int


@flow
def a(x: A):
    pass


@flow
def b(x: C):
    pass


@flow
def c(x: D):
    pass


@flow
def d(x: E):
    pass


@flow
def e(x: F = None):
    pass


@flow
def f(x: G[int]):
    pass


@flow
def g(x: H):
    pass


@flow
def h(x: L):
    pass


@flow
def i(x: M = M(), y: M = M(n=5)):
    pass


@flow
def j(x: N = None, y: List[N] = [], z: Dict[str, B] = {}):
    pass


@flow
def k(x: List[B] = [B()], y: Optional[K] = K.a, z: Any = None, w: "B" = None, v: List["B"] = []):
    pass


@flow
async def l(x: List[B] = [B()], y: Optional[K] = K.a, z: A = None, w: "B" = None, v: List["B"] = []):
    pass


@task
def t(x: dict):
    pass


@flow(on_failure=[lambda *a: None], log_prints=True)
def m(x: int = 1, *args, y: dict = None, **kw):
    pass


@flow
def n(x: dict, y: int, *, z: str, w: str = "q"):
    pass


@flow
def o(x=3, y=K.a.value, z=len([1]), w=B(y=4).y):
    pass


@flow
def p(self, x: dict, cls: int = 1):
    pass
