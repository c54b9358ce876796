from typing import Annotated, Literal, Optional

from prefect import flow
from pydantic import BaseModel, Field

type Ids = list[int]
type Pair[A, B] = tuple[A, B]
type Many[T] = dict[str, list[T]]
type Maybe[T] = T | None
type Rec = list[Rec] | int
type Mode = Literal["a", "b"]
type Positive = Annotated[int, Field(gt=0)]





class Box[T](BaseModel):
    value: T
    more: list[T] = []





class Sub[T: int](BaseModel):
    v: T





@flow
def plain(a: Ids, b: Mode = "a", c: Positive = 1):
    ...





@flow
def pairs(a: Pair[int, str], b: Many[float] = {}, c: Maybe[int] = None):
    ...





@flow
def rec(a: Rec):
    ...





@flow
def box(a: Box[int], b: Optional[Box[str]] = None):
    ...





@flow
def generic[T](a: T, b: list[T]):
    ...





@flow
def bounded[T: int, *Ts, **P](a: T, b: T = 3):
    ...





@flow
def constrained[T: (int, str)](a: T, b: list[T] = []):
    ...





@flow
def nested(a: list[Pair[int, Ids]], b: Many[Maybe[str]] = {}):
    ...





@flow
def bare(a: Many, b: Pair = None):
    ...





@flow
def subs(a: Sub[bool]):
    ...
