from datetime import date
from typing import Optional

import pydantic
from prefect import flow
from pydantic import BaseModel, ConfigDict, Field, create_model

Dyn = create_model("Dyn", a=(int, 1), b=(str, ...))
Other = create_model("Shown", a=(Optional[int], None), d=(date, Field(description="day")), __doc__="Text.")


class Base(BaseModel):
    x: int = 5


Sub = create_model("Sub", __base__=Base, y=(list[int], [1]))
Sub2 = pydantic.create_model("Sub2", __base__=Base, __config__=None)
Conf = create_model("Conf", __config__=ConfigDict(extra="forbid"), y=(int, 1))
OnlyType = create_model("OnlyType", y=int)


@flow
def a(x: Dyn, y: Dyn | None = None):
    pass


@flow
def b(x: Other, y: list[Dyn] = []):
    pass


@flow
def c(x: Sub):
    pass


@flow
def d(x: Sub2, y: Conf):
    pass


@flow
def g(x: OnlyType):
    pass


class Holder(BaseModel):
    d: Dyn


@flow
def k(x: Holder):
    pass
