"""Arguments of `Field` that pydantic does not know are a part of the schema."""

from typing import Annotated, List, Optional

from prefect import flow
from pydantic import BaseModel, Field


class Typed(BaseModel):
    misspelt: int = Field(default=1, get=1)
    several: str = Field("x", example="y", env="NAME", widget={"rows": None})
    beside_extra: int = Field(1, json_schema_extra={"q": 1}, other=2)
    beside_none: str = Field("x", json_schema_extra=None, more=1, title="E!")
    beside_empty: str = Field("x", json_schema_extra={}, more=1)
    nothing: Optional[str] = Field(None, nullable=True, hint=None)
    required: str = Field(..., hint=["a", 1])
    of_dataclasses: str = Field("x", metadata={"a": 1}, hash="h", doc="d")
    typed: str = Field("x", type="strange")


class Older(BaseModel):
    few: List[int] = Field([], min_items=1)
    many: Optional[List[str]] = Field(None, max_items=2)
    text: str = Field("x", min_items=1)
    kept: str = Field("x", allow_mutation=False, include=True)


class Both(BaseModel):
    over: str = Field("x", json_schema_extra={"title": "T", "default": "Z"}, description="mine")
    twice: Annotated[int, Field(example=1)] = Field(2, hint="h")
    within: Annotated[List[str], Field(min_items=2, example=["a"])] = ["x", "y"]


@flow
def models(a: Typed, b: Older, c: Both):
    pass


@flow
def parameters(
    a: Annotated[List[int], Field(min_items=3, q="r")] = [1],
    b: Annotated[str, Field(description="d", example="e")] = "q",
    c: List[Annotated[int, Field(example=1, title="in")]] = [],
    d: int = Field(3, example=2, ge=1),
    e: int = Field(json_schema_extra={"a": 1}, example=2),
):
    pass
