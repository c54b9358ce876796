"""Models as they were written for pydantic 1, run by pydantic 2."""

from typing import List, Optional

from prefect import flow
from pydantic import BaseModel, Extra, Field
from pydantic.alias_generators import to_camel


class Old(BaseModel):
    x: int
    y: Optional[str] = None

    class Config:
        extra = "forbid"


class OldTitle(BaseModel):
    x: int = Field(1, description="The x")

    class Config:
        title = "Old one"
        arbitrary_types_allowed = True


class OldChild(Old):
    z: List[int] = []


class OldExtra(BaseModel):
    x: int

    class Config:
        json_schema_extra = {"example": {"x": 1}}
        populate_by_name = True


@flow
def old(a: Old, b: OldTitle):
    pass


@flow
def inherited(a: OldChild):
    pass


@flow
def extra(a: OldExtra):
    pass


class OldForbid(BaseModel):
    x: int

    class Config:
        extra = Extra.forbid


class OldAllow(BaseModel):
    x: int = 1

    class Config:
        extra = Extra.allow


@flow
def extra_by_member(a: OldForbid, b: OldAllow, c: OldForbid = OldForbid(x=2), d: OldAllow = OldAllow(y=2)):
    pass


class OldKeys(BaseModel):
    """All that pydantic 2 warns of and ignores."""

    x: int = Field(1, alias="ex")
    y: str = " Y "

    class Config:
        allow_mutation = False
        allow_population_by_field_name = True
        anystr_lower = True
        anystr_strip_whitespace = True
        anystr_upper = True
        copy_on_model_validation = "none"
        error_msg_templates = {"a": "b"}
        fields = {"y": "why"}
        getter_dict = dict
        json_dumps = str
        json_loads = int
        keep_untouched = (int,)
        max_anystr_length = 1
        min_anystr_length = 5
        orm_mode = True
        post_init_call = "before_validation"
        post_init_validation = True
        schema_extra = {"example": {"x": 1}}
        smart_union = True
        underscore_attrs_are_private = True
        validate_all = True


@flow
def old_keys(
    a: OldKeys = OldKeys(ex=2, y=" yY "),
    b: OldKeys = OldKeys(x=2),
    c: Optional[OldKeys] = OldKeys(),
):
    pass


class Camel(BaseModel):
    first_name: str = "a"
    last_name: str = Field("b", alias="surname")
    zip_code: str = Field("c", serialization_alias="zip")
    own_place: str = Field("d", validation_alias="place")

    class Config:
        alias_generator = to_camel


class CamelOrNot(Camel):
    class Config:
        populate_by_name = True


@flow
def camel(
    a: Camel = Camel(firstName="x", surname="y", zipCode="z", place="p"),
    b: Camel = Camel(first_name="x"),
    c: CamelOrNot = CamelOrNot(first_name="x", zip_code="z"),
):
    pass
