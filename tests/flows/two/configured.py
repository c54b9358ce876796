"""`class Config` of pydantic 1."""

from typing import Any, Dict, List, Optional

from prefect import flow
from pydantic.v1 import BaseModel, Extra, Field, root_validator, validator


class Closed(BaseModel):
    a: int

    class Config:
        extra = Extra.forbid
        title = "Closed one"


class ClosedText(BaseModel):
    a: int

    class Config:
        extra = "forbid"


class Open(BaseModel):
    a: int

    class Config:
        extra = "allow"
        schema_extra = {"example": {"a": 1}, "title": "Given"}


class Aliased(BaseModel):
    some_field: int = Field(alias="someField")
    other_field: str = Field("x", alias="other-field-of_mine")

    class Config:
        allow_population_by_field_name = True


class Fields(BaseModel):
    a: int
    b: str = "x"
    c: float = Field(1.0, description="Own.")

    class Config:
        fields = {"a": "A_a", "b": {"description": "Said there.", "max_length": 3, "note": 1}, "c": {"description": "Not this.", "title": "C!"}}


class Upper(BaseModel):
    some_name: int
    other: str = Field("x", alias="kept")

    class Config:
        alias_generator = str.upper


class Heir(Upper):
    third: Optional[int] = None


class Keyword(BaseModel, extra="forbid"):
    a: int


class KeywordTitle(Open, title="By keyword"):
    b: int = 1


class Checked(BaseModel):
    """With validators."""

    a: int
    b: List[str] = []

    @validator("a")
    def positive(cls, value):
        assert value > 0
        return value

    @validator("b", pre=True, each_item=True)
    def split(cls, value):
        return value

    @root_validator
    def whole(cls, values):
        return values

    class Config:
        use_enum_values = True
        validate_assignment = True
        orm_mode = True
        arbitrary_types_allowed = True


def checked(cls, value):
    return value


class Reused(BaseModel):
    a: int
    check = validator("a", allow_reuse=True)(checked)


class Arbitrary:
    pass


class Holds(BaseModel):
    a: Optional[Arbitrary] = None

    class Config:
        arbitrary_types_allowed = True


class Root(BaseModel):
    __root__: List[int]


class RootSaid(BaseModel):
    """A root."""

    __root__: Dict[str, Closed] = Field(..., description="All of them.", title="Not shown")


class Uses(BaseModel):
    a: Root
    b: List[RootSaid] = []
    c: Root = Field(..., description="said")


class Configured(BaseModel):
    class Config(Closed.Config):
        anystr_strip_whitespace = True

    a: int = 1


@flow
def closed(a: Closed, b: ClosedText, c: Configured = None):
    pass


@flow
def opened(a: Open, b: KeywordTitle, c: Keyword):
    pass


@flow
def aliased(a: Aliased, b: Fields, c: Upper, d: Heir):
    pass


@flow
def aliased_default(a: Aliased = Aliased(someField=1, other_field="y")):
    pass


@flow
def checked_ones(a: Checked, b: Reused, c: Optional[Checked] = None):
    pass


@flow
def holds(a: Holds, b: Closed):
    pass


@flow
def root(a: Root, b: RootSaid = None, c: Uses = None):
    pass


@flow
def names(json: Closed, copy: int = 1, dict: str = "x", schema: Optional[int] = None, fields: List[int] = [], validate: Any = None):
    """
    Args:
        json: as JSON
        copy: a copy
    """
