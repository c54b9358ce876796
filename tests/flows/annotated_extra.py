from typing import Annotated, Optional

from prefect import flow
from pydantic import BaseModel, Field, WithJsonSchema

Alias = Annotated[bool, Field(json_schema_extra={"title": "Split by day", "position": 9, "group": "x"})]


@flow
def a(first: str, x: Annotated[int, Field(json_schema_extra={"title": "The X", "position": 5})] = 3):
    pass


@flow
def b(x: int = Field(3, title="Def X", json_schema_extra={"title": "T2", "position": 7})):
    pass


@flow
def c(x: int = Field(3, title="Def X"), y: Annotated[int, Field(title="Ann Y")] = 1):
    pass


@flow
def d(x: Alias = True, y: Optional[Alias] = None, z: Annotated[Alias, Field(json_schema_extra={"title": "Z"})] = False):
    pass


@flow
def e(x: Annotated[int, Field(json_schema_extra={"title": "A", "description": "said", "default": 8, "type": "string"})] = 3):
    """Do.

    Args:
        x: the docstring's
    """


@flow
def f(x: Annotated[int, WithJsonSchema({"type": "string", "title": "W", "position": 4})] = 3):
    pass


@flow
def g(x: Annotated[int, Field(title="In", json_schema_extra={"position": 3}), Field(json_schema_extra={"title": "Second"})] = Field(2, json_schema_extra={"title": "Third"})):
    pass


@flow
def h(x: Annotated[int, Field(title="In", extra_thing=3, position=8)] = 2):
    pass


class M(BaseModel):
    v: int = 1


@flow
def i(x: Annotated[M, Field(json_schema_extra={"title": "A model"})] = M(), y: Annotated[M, Field(json_schema_extra={"position": 3})] = None):
    pass


@flow
def j(x: Annotated[int, Field(json_schema_extra={"title": None, "position": None})] = 1):
    pass


@flow
def k(*args: Annotated[int, Field(json_schema_extra={"title": "Args"})], **kw: Annotated[int, Field(json_schema_extra={"title": "Kw", "position": 8})]):
    pass


@flow
def l(x: int = Field(3, json_schema_extra={"default": 5, "description": "d2"}, description="d1"), y: int = Field(3, title="Y", position=4)):
    pass
