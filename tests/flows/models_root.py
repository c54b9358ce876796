from typing import Dict, List, Optional, Union

from prefect import flow
from pydantic import BaseModel, RootModel


class Item(BaseModel):
    name: str


class Ids(RootModel[List[int]]):
    """Some ids."""


class ByName(RootModel[Dict[str, Item]]):
    pass


class Text(RootModel[str]):
    root: str = "x"


class Either(RootModel):
    root: Union[int, Item]


Inline = RootModel[List[str]]


class Holder(BaseModel):
    ids: Ids
    text: Optional[Text] = None


@flow
def roots(a: Ids, b: ByName, c: Text):
    pass


@flow
def either(a: Either):
    pass


@flow
def inline(a: Inline, b: RootModel[int]):
    pass


@flow
def held(a: Holder):
    pass
