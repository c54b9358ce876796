from datetime import datetime
from enum import Enum
from typing import Any, Dict, List, Literal, Optional, Union

from prefect import flow


class Mode(Enum):
    fast = "fast"
    slow = "slow"


@flow(name="parameters")
def main(
    text: str,
    number: int,
    ratio: float = 0.5,
    flag: bool = False,
    none: Optional[str] = None,
    items: List[Any] = [],
    mapping: Dict[str, Any] = {},
    when: datetime = datetime(2026, 1, 1),
    mode: Mode = Mode.slow,
    kind: Literal["a", "b"] = "a",
    either: Union[int, str] = 3,
    untyped="x",
):
    """Takes everything.

    Args:
        text: Some text.
        number: How many.
    """
