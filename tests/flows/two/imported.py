"""Models of other modules, some of which have the same names."""

from typing import Dict, List, Optional, Union

import pydantic.v1
from library import models
from library.models import Base, Mode, Order
from prefect import flow
from pydantic import BaseModel as NewModel

Orders = List[Order]
Maybe = Optional[models.Item]


class Item(pydantic.v1.BaseModel):
    """Another item."""

    name: str
    theirs: Optional[models.Item] = None


class Parameters(pydantic.v1.BaseModel):
    """Called as the schema itself."""

    a: int = 1


class Heir(models.Order):
    own: Item = None


class New(NewModel):
    a: int = 1
    mode: Mode = Mode.FAST


@flow
def order(a: Order, b: Mode = Mode.SLOW, c: Optional[Mode] = None):
    pass


@flow
def same(a: Item, b: models.Item, c: Dict[str, Union[Item, models.Item]] = {}):
    pass


@flow
def aliased(a: Orders, b: Maybe = None):
    pass


@flow
def own_name(a: Parameters, b: Heir):
    pass


@flow
def newer(a: New, b: Optional[int] = None):
    """Of pydantic 2 only."""


@flow
def both(a: New, b: Base, c: List[New] = [], d: Optional[New] = None, e: New = None):
    pass


@flow
def text(a: "Order", b: "Optional[Item]" = None, c: "List[int]" = [1]):
    pass


@flow
async def asynchronous(a: Order, *, b: int, c: str = "x"):
    pass


class Jobs:
    @staticmethod
    def not_a_flow(a: Order):
        pass


@flow(name="made", description="Said.")
def described(order: Order, other: Optional[Order] = None, number: int = models.DEFAULT_SIZE):
    """
    Not this.

    Args:
        order (Order): The order
            on two lines.
        number: A number.
    """
