"""Paths as `pathlib` shows them."""

from pathlib import Path, PurePosixPath

from prefect import flow
from pydantic import BaseModel, Field


@flow
def defaults(
    a: Path = Path("./data"),
    b: Path = Path("data/../x//y/"),
    c: Path = Path(""),
    d: list[Path] = [Path("./x")],
    e: Path = Path(".") / "a",
    f: Path = Path("./a") / "./b/",
    g: Path = Path("/"),
    h: Path = Path("a", "./b"),
    i: str = str(Path("./z/")),
    j: Path = Path(),
    k: PurePosixPath = PurePosixPath("/a//b/."),
    l: Path = Path("a") / "/b//c",
):
    pass


class Places(BaseModel):
    a: Path = Path("./data")
    b: Path = Path("./a") / "./b"
    c: Path = Field(default=Path("./d"))
    d: Path = Field(default_factory=lambda: Path("./e/"))


@flow
def in_models(a: Places = Places(), b: Places = Places(a="./q"), c: Places = Places(**{"a": "q//r"})):
    pass
