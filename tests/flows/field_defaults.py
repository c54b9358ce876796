from typing import Annotated, List, Optional

import pydantic
from prefect import flow
from pydantic import Field


@flow
def described(a: int = Field(5, description="d", ge=1), b: str = Field(..., description="needed"), c: int = Field(default=3)):
    pass


@flow
def titled(a: str = Field("a", title="Tt", examples=["q"]), b: int = Field(1, json_schema_extra={"position": 9, "foo": 1})):
    """Does it.

    Args:
        a: from docstring
        b: also
    """


@flow
def factories(a: list = Field(default_factory=list), b: Optional[List[int]] = Field(None), c: dict = pydantic.Field({})):
    pass


@flow
def both(a: Annotated[int, Field(ge=1)] = Field(3, description="x"), b: Annotated[int, Field(ge=1, description="inner")] = 2):
    """Does it.

    Args:
        b: outer
    """


@flow
def bare(a: int = Field(), b: str = Field(description="only")):
    pass
