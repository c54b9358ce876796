"""Instances that their own methods change."""

from dataclasses import dataclass

from prefect import flow
from pydantic import (
    BaseModel,
    Field,
    computed_field,
    field_serializer,
    field_validator,
    model_validator,
    root_validator,
    validator,
)


class V1(BaseModel):
    a: int = 1
    b: str = "x"

    @field_validator("a")
    @classmethod
    def va(cls, v):
        if v < 0:
            raise ValueError("no")
        return v

    @field_validator("b")
    @classmethod
    def vb(cls, v):
        return v.upper()

    @model_validator(mode="after")
    def m(self):
        if self.a > 100:
            raise ValueError
        return self


class V2(BaseModel):
    a: int = 1

    @model_validator(mode="before")
    @classmethod
    def m(cls, data):
        data["a"] = 5
        return data


class V5(V1):
    c: int = 3

    def __init__(self, **kwargs):
        super().__init__(**kwargs)


class V6(BaseModel):
    a: int = 1

    def __init__(self, x=3, **kw):
        super().__init__(a=x, **kw)


@dataclass
class D(object):
    a: int = 1
    b: int = 0

    def __post_init__(self):
        self.b = self.a * 2


@dataclass
class D2:
    a: int = 1

    def __post_init__(self):
        if self.a < 0:
            raise ValueError

    @property
    def z(self):
        return 1


@flow
def f1(v: V1 = V1(), w: V1 = V1(a=3)):
    pass


@flow
def f2(v: V1 = V1(b="q")):
    pass


@flow
def f3(v: V2 = V2()):
    pass


@flow
def f6(v: V5 = V5(a=2), w: V5 = V5()):
    pass


@flow
def f7(v: V6 = V6()):
    pass


@flow
def f8(v: D = D(), w: D2 = D2(a=2)):
    pass
