from enum import Enum

import package_that_is_missing
from pydantic import BaseModel


class Config(BaseModel):
    a: int = 1


class Env(str, Enum):
    prod = "prod"


DEFAULT = 7
