"""A model of pydantic 1 with a field of pydantic 2 raises: Prefect takes the file without it."""

from typing import Optional

import pydantic
from prefect import flow
from pydantic.v1 import BaseModel


class Old(BaseModel):
    key: pydantic.SecretStr


class New(pydantic.BaseModel):
    name: str


@flow
def both(old: Old, new: Optional[New] = None):
    pass
