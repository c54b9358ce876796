from enum import Enum

from pydantic import BaseModel

from lib.deep.models import Deep

LIMIT = 5


class Mode(str, Enum):
    FAST = "fast"
    SLOW = "slow"


class Settings(BaseModel):
    """Settings of the project."""

    mode: Mode = Mode.FAST
    deep: Deep
