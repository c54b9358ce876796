"""What `typing` makes is joined with a text by `|`."""

from typing import List, Optional

from prefect import flow
from pydantic import BaseModel


class Fine(BaseModel):
    more: Optional["Fine"] | List[int] = None
    all: List[int] | "Fine" | None = None


@flow
def cook(fine: Fine):
    pass
