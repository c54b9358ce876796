from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal, Optional
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from .enums import Prio, Source

if TYPE_CHECKING:
    from .config import Settings


class Base(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)
    id: UUID | None = None


class Item(Base):
    """An item."""

    name: str = Field(..., description="Name", min_length=1)
    qty: int = Field(1, ge=0)
    tags: set[str] = Field(default_factory=set)
    source: Source = Source.API
    prio: Prio = Prio.LOW
    meta: dict[str, Any] = {}
    created: datetime | None = None

    @field_validator("name")
    @classmethod
    def strip(cls, v: str) -> str:
        return v.strip()


class Order(Base):
    items: list[Item]
    parent: Optional[Order] = None
    kind: Literal["a", "b"] = "a"
    window: tuple[date, date] | None = None

    @model_validator(mode="after")
    def check(self) -> Order:
        return self


class Params(BaseModel):
    order: Order | None = None
    limits: dict[Source, int] = {Source.API: 3}
