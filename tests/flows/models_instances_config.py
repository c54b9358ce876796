"""Models as defaults, whose settings change nothing of their values."""

from pathlib import Path
from typing import Dict, List, Optional

from prefect import flow
from pydantic import BaseModel, ConfigDict, Field


class Documented(BaseModel):
    """A base of all."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True, extra="forbid")

    rounds: int = 2
    """How often."""
    where: Optional[Path] = None
    """Where it is."""

    def with_options(self, /, **kwargs) -> "Documented":
        return self


class Below(Documented):
    limits: Optional[List[float]] = None


class Shown(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={"example": {"a": 2}},
        hide_input_in_errors=True,
        coerce_numbers_to_str=True,
        revalidate_instances="never",
    )

    a: int = 1
    b: str = "b"


class Exact(BaseModel):
    model_config = ConfigDict(strict=True)

    a: int = 1
    b: float = 0.5
    c: Dict[str, int] = Field(default_factory=dict)


@flow
def instances(
    a: Documented = Documented(rounds=3, where=Path("/x")),
    b: Below = Below(limits=[0.5, 1.5]),
    c: Shown = Shown(a=2, b="c"),
    d: Exact = Exact(a=2, b=1.5, c={"k": 1}),
    e: Optional[Below] = Below(),
):
    pass
