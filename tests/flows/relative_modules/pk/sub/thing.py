from enum import Enum
from pydantic import BaseModel
from .. import inner as up


class T(BaseModel):
    o: up.Opt = None


class Color(Enum):
    RED = 1
