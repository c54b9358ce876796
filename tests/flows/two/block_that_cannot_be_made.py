"""A block with a field of pydantic 2 raises: Prefect takes the file without it."""

from typing import Optional

from prefect import flow
from prefect.blocks.core import Block
from pydantic import BaseModel, SecretStr


class Credentials(Block):
    key: SecretStr
    url: Optional[str] = None


class Node(BaseModel):
    """A node."""

    name: str
    tags: Optional[list[str]] = None


@flow
def link(credentials: Credentials, source: Node, target: Node, tags: Optional[list] = None):
    """Links."""


@flow
def count(source: Node, credentials: Optional[Credentials] = None, times: Optional[int] = None):
    """Counts."""
