from typing import Any, List, Optional

from prefect import flow
from pydantic import (
    BaseModel,
    Field,
    computed_field,
    field_serializer,
    field_validator,
    model_serializer,
    model_validator,
)


class Validated(BaseModel):
    x: int
    names: List[str] = []

    @field_validator("x")
    @classmethod
    def positive(cls, value: int) -> int:
        if value < 0:
            raise ValueError("negative")
        return value

    @field_validator("names", mode="before")
    @classmethod
    def split(cls, value: Any) -> Any:
        return value.split(",") if isinstance(value, str) else value

    @model_validator(mode="after")
    def check(self):
        return self


class Computed(BaseModel):
    width: float
    height: float = 1.0

    @computed_field
    @property
    def area(self) -> float:
        return self.width * self.height


class Serialized(BaseModel):
    x: int = 1
    y: Optional[str] = None

    @field_serializer("x")
    def as_text(self, value: int) -> str:
        return str(value)


class WholeSerialized(BaseModel):
    x: int = 1

    @model_serializer
    def dump(self) -> dict:
        return {"x": self.x}


class Plain(BaseModel):
    x: int

    @field_validator("x", mode="plain")
    @classmethod
    def anything(cls, value):
        return value


class Wrapped(BaseModel):
    x: int

    @field_validator("x", mode="wrap")
    @classmethod
    def around(cls, value, handler):
        return handler(value)


class Before(BaseModel):
    x: int = Field(ge=1)

    @model_validator(mode="before")
    @classmethod
    def fill(cls, data):
        return data

    def __str__(self):
        return "x"

    def model_post_init(self, context):
        pass


class WrapModel(BaseModel):
    x: int

    @model_validator(mode="wrap")
    @classmethod
    def around(cls, data, handler):
        return handler(data)


@flow
def validated(a: Validated, b: Before):
    pass


@flow
def computed(a: Computed):
    pass


@flow
def serialized(a: Serialized, b: WholeSerialized):
    pass


@flow
def plain(a: Plain):
    pass


@flow
def wrapped(a: Wrapped):
    pass


@flow
def wrapped_model(a: WrapModel):
    pass
