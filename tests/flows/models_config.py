from enum import Enum
from typing import Optional

from prefect import flow
from pydantic import BaseModel, ConfigDict, Field


class Mode(Enum):
    A = "a"
    B = "b"


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
    x: int


class Open(BaseModel):
    model_config = ConfigDict(extra="allow", populate_by_name=True, arbitrary_types_allowed=True)
    x: int = 1


class Ignored(BaseModel):
    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True, validate_assignment=True)
    x: str = ""


class Titled(BaseModel):
    model_config = ConfigDict(title="A title of its own")
    x: int


class Extra(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"x": 1}], "x-order": 3})
    x: int


class EnumValues(BaseModel):
    model_config = ConfigDict(use_enum_values=True)
    mode: Mode = Mode.A
    other: Optional[Mode] = None


class DictConfig(BaseModel):
    model_config = {"extra": "forbid", "title": "Dict config"}
    x: int


class Keywords(BaseModel, extra="forbid", title="By keywords"):
    x: int


class Documented(BaseModel):
    model_config = ConfigDict(use_attribute_docstrings=True)

    x: int
    """What x is."""

    y: str = "a"
    """
    What y is,
    on two lines.
    """
    z: int = Field(3, description="Said already")
    """Not this."""


class Protected(BaseModel):
    model_config = ConfigDict(protected_namespaces=())
    model_name: str
    model_version: int = 1


class NumbersAsText(BaseModel):
    model_config = ConfigDict(coerce_numbers_to_str=True, ser_json_bytes="base64")
    x: str


@flow
def extras(a: Strict, b: Open, c: Ignored):
    pass


@flow
def titles(a: Titled, b: DictConfig, c: Keywords):
    pass


@flow
def more(a: Extra, b: EnumValues, c: Documented):
    pass


@flow
def names(a: Protected, b: NumbersAsText):
    pass
