"""Models that flows import."""

from enum import Enum
from typing import List, Optional

from pydantic.v1 import BaseModel, Field, SecretStr

DEFAULT_SIZE = 10


class Mode(Enum):
    FAST = "fast"
    SLOW = "slow"


class Base(BaseModel):
    """Of all."""

    mode: Mode = Mode.FAST

    class Config:
        extra = "forbid"


class Item(Base):
    size: int = Field(DEFAULT_SIZE, gt=0)
    token: Optional[SecretStr] = None


class Order(Base):
    """An order."""

    items: List[Item]
    first: Item = Item(size=2)
    later: "Optional[Later]" = None


class Later(BaseModel):
    a: int = 1


Order.update_forward_refs()
