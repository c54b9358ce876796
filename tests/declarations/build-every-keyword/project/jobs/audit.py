"""Audits."""
from enum import Enum

from prefect import flow


class Depth(Enum):
    QUICK = "quick"
    FULL = "full"


@flow(name="audit", description="Audits the books", version="2024")
def audit(depth: Depth = Depth.QUICK, *, year: int, notes: "str | None" = None): ...
