from __future__ import annotations

from typing import TYPE_CHECKING, Any, Dict, List, Optional

from prefect import flow
from pydantic import BaseModel

if TYPE_CHECKING:
    from pandas import DataFrame


class Config(BaseModel):
    x: int


@flow
def one_missing(frame: DataFrame, a: int, b: str = "x", c: list[int] | None = None, d: List[int] = []):
    pass


@flow
def all_lost(a: Config, b: Optional[int] = None, c: Dict[str, Any] = {}, d: dict[str, int] = {}, frame: DataFrame = None):
    pass


@flow
def not_here(a: int, b: Config, c: float = 1.0) -> DataFrame:
    pass


@flow
def fine(a: Config, b: Optional[int] = None):
    pass


@flow
def builtins_only(a: int | None, b: tuple[int, str], c: set[int], d: bytes, e: object, f: "int", frame: DataFrame, g: None = None):
    pass
