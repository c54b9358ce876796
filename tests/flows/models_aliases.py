from typing import Optional

from prefect import flow
from pydantic import AliasChoices, AliasPath, BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel, to_pascal, to_snake


class Aliased(BaseModel):
    some_field: int = Field(alias="someField")
    other: str = Field("x", alias="otherOne", description="Another")


class ValidationAlias(BaseModel):
    a: int = Field(validation_alias="A")
    b: int = Field(1, serialization_alias="B")
    c: int = Field(2, alias="c1", validation_alias="c2")
    d: int = Field(validation_alias=AliasChoices("d1", "d2"))
    e: int = Field(3, validation_alias=AliasPath("e1", 0))


class Camel(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel)
    first_name: str
    last_name: Optional[str] = None
    explicit_one: int = Field(1, alias="given")


class CamelByName(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)
    first_name: str
    zip_code_2: int = 1


class Pascal(BaseModel, alias_generator=to_pascal):
    first_name: str


class Upper(BaseModel):
    model_config = ConfigDict(alias_generator=str.upper)
    first_name: str


class Nested(BaseModel):
    camel: Camel
    more: Optional[Aliased] = None


@flow
def aliases(a: Aliased, b: ValidationAlias):
    pass


@flow
def generators(a: Camel, b: CamelByName, c: Pascal):
    pass


@flow
def upper(a: Upper):
    pass


@flow
def nested(a: Nested):
    pass
