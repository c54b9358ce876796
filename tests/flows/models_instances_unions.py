"""Instances where one of several models may stand."""

from typing import Dict, List, Literal, Optional, Union
from prefect import flow
from pydantic import BaseModel, Field


class A(BaseModel):
    kind: str = "a"


class F(BaseModel):
    scale: int = 4


class U(BaseModel):
    body: List[Union[A, F]] = []


class W(BaseModel):
    body: Union[A, F] = A()


class V(BaseModel):
    body: Optional[Union[A, F]] = None
    by: Dict[str, Union[A, F]] = {}


class D1(BaseModel):
    kind: Literal["d1"] = "d1"
    x: int = 1


class D2(BaseModel):
    kind: Literal["d2"] = "d2"
    y: str = "y"


class Disc(BaseModel):
    d: Union[D1, D2] = Field(D1(), discriminator="kind")


@flow
def union_in_list(u: U = U(body=[A(kind="x"), F()])):
    pass


@flow
def union_in_field(u: W = W(body=F())):
    pass


@flow
def union_in_optional_and_dict(u: V = V(body=F(scale=2), by={"a": A(), "b": F()})):
    pass


@flow
def union_in_discriminated(u: Disc = Disc(d=D2(y="z"))):
    pass


@flow
def union_in_default(u: Disc = Disc()):
    pass


@flow
def union_in_repeated(u: U = U(body=2*[A(), F(scale=3)])):
    pass


class T(BaseModel):
    embeddings_cfg: dict = {}
    body: list[A | F] = []


@flow
def union_in_both(t: T = T(embeddings_cfg=dict(dim=3), body=6*[A(), F(scale=4)])):
    pass


ATT = A(kind="named")


@flow
def union_in_named(t: T = T(body=[ATT])):
    pass


@flow
def union_in_parameter(u: Union[A, F] = F(scale=7)):
    pass
