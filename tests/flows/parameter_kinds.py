from typing import Any, Dict, List, Optional

from prefect import flow


@flow
def variadic(*args, **kwargs):
    pass


@flow
def typed(*args: int, **kwargs: Dict[str, Any]):
    pass


@flow
def keyword_only(*, a: int, b: str = "x", c: Optional[int] = None, d):
    pass


@flow
def positional_only(a: int, b: str = "x", /, c: float = 1.0, *, d: bool = True):
    pass


@flow
def all_kinds(a, /, b, *args: List[int], c: int = 1, **options: Optional[str]):
    """All.

    Args:
        a: first
        *args: the rest
        args: also
        **options: more
    """


@flow
def nothing():
    pass


@flow
def defaults_first(a=1, *, b, c=2):
    pass
