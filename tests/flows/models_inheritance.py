from typing import ClassVar, Generic, List, Optional, TypeVar

from prefect import flow
from pydantic import BaseModel, ConfigDict, Field, PrivateAttr


class Base(BaseModel):
    """The base."""

    model_config = ConfigDict(extra="forbid")

    id: int
    name: str = "base"


class Child(Base):
    name: str = "child"
    size: float = 1.0


class Grandchild(Child):
    """The last one."""

    model_config = ConfigDict(extra="allow", title="Grand Child")

    id: str
    tags: List[str] = []


class Mixin(BaseModel):
    owner: Optional[str] = Field(None, description="Who owns it")


class Both(Mixin, Base):
    kind: str


class Private(BaseModel):
    CONSTANT: ClassVar[int] = 3
    _hidden: int = PrivateAttr(1)
    _also: str = "x"
    visible: int = 1


class PlainBase:
    def helper(self):
        return 1


class WithPlain(PlainBase, BaseModel):
    x: int


class Overrides(Base):
    id: Optional[int] = None


@flow
def bases(a: Base, b: Child, c: Grandchild):
    pass


@flow
def mixed(a: Both, b: WithPlain, c: Private):
    pass


@flow
def overridden(a: Overrides = None):
    pass
