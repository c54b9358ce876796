"""A class below models of both pydantics raises: Prefect takes the file without it."""

from typing import List, Optional

from prefect import flow
from prefect.blocks.core import Block
from pydantic import BaseModel, Field


class Scan(BaseModel):
    path: str
    cores: List[int] = Field(default_factory=list, description="Which cores to use.")


class ScanConfig(Scan, Block):
    """What is kept of a scan."""

    workers: int = 6


class SpecialConfig(ScanConfig):
    more: int = 1


@flow
def process(config: ScanConfig, override: Optional[Scan] = None):
    pass


@flow
def special(config: SpecialConfig, override: Optional[Scan] = None):
    pass
