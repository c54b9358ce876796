from typing import List

from pydantic import BaseModel

Ids = List[int]


class Config(BaseModel):
    x: int


class _Hidden(BaseModel):
    y: int
