"""Flows inside functions: Prefect reads them when it does not run the file."""

from typing import List, Optional

from prefect import flow
from pydantic import BaseModel


class Config(BaseModel):
    x: int


def make(name: str):
    @flow(name=name)
    def made(a: int, config: Optional[Config] = None):
        pass

    @flow(name="constant")
    async def awaited(items: List[str] = []):
        pass

    return made, awaited


@flow
def outer(a: int):
    @flow
    def inner(b: str = "x"):
        """Inside.

        Args:
            b: the text
        """

    return inner()
