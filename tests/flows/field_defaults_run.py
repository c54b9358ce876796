"""Defaults of fields that only running the module gives."""

import os
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from enum import Enum
from pathlib import Path
from typing import Any, Dict, List, Optional

from prefect import flow
from pydantic import BaseModel, Field

HERE = Path("/x") / "y"
NUMBERS = [it for it in range(3)]


def made(it):
    return {"v": it}


class Kind(Enum):
    A = 1
    B = "b"


class Config(BaseModel):
    joined: str = os.path.join("a", "b")
    doubled: list = [it * 2 for it in range(3)]
    called: dict = made(3)
    host: str = os.getenv("NAME_THAT_NOBODY_SETS", "localhost")
    debug: bool = os.getenv("NAME_THAT_NOBODY_SETS", "true").lower() == "true"
    port: int = int(os.environ.get("NAME_THAT_NOBODY_SETS", 4))
    folder: Path = HERE
    numbers: List[int] = NUMBERS
    letters: dict = {it: 1 for it in "ab"}
    kind: Kind = Kind.A
    text: str = f"{HERE}/z"
    since: datetime = datetime(2020, 1, 1, tzinfo=timezone.utc)
    wait: timedelta = timedelta(hours=1)
    ratio: float = 1 / 4
    names: List[str] = Field(default_factory=lambda: ["a"])
    most: int = Field(1, ge=1, le=NUMBERS[2] + 5)
    said: str = Field("x", description=f"number {NUMBERS[1]}")


class Outer(BaseModel):
    inner: Config = Config()
    made: Config = Field(default_factory=Config)
    several: List[Config] = [Config(joined="c")]


@dataclass
class Plain:
    a: int = NUMBERS[1]
    b: str = field(default="x")
    c: list = field(default_factory=list)
    d: Kind = Kind.A
    e: dict = field(default_factory=lambda: made(2))


@flow
def models(a: Config, b: Outer = None, c: Config = Config(), d: Config = Config(joined="q", most=3)):
    pass


@flow
def nested(a: Outer = Outer(), b: List[Config] = [Config(text="z")], c: str = Config().joined):
    pass


@flow
def dataclasses(a: Plain = Plain(), b: Plain = Plain(a=5, d=Kind.B), c: Optional[Plain] = None):
    pass


@flow
def environment(
    a: list = os.getenv("NAME_THAT_NOBODY_SETS", "a,b").split(","),
    b: Dict[str, Any] = {"x": os.getenv("NAME_THAT_NOBODY_SETS", "1").strip()},
):
    pass
