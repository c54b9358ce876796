from typing import Any, Dict, List, Optional, Union

from prefect import flow, get_run_logger, task


@task
def extract(url: str) -> list:
    return [url]


@flow(log_prints=True)
def optional(a: Optional[int], b: Optional[str] = None, c: Optional[List[str]] = None, d: Optional[Dict[str, Any]] = None):
    get_run_logger().info("%s", a)


@flow
def union(a: Union[int, str], b: Union[int, None] = 3, c: Union[str, List[str]] = "a", d: Union[None, int, str] = None):
    pass


@flow
def pipes(a: int | str, b: int | None = None, c: str | list[str] | None = None, d: None | int = 1):
    pass


@flow
def nested(a: Optional[Union[int, Optional[str]]], b: List[Optional[int]], c: Dict[str, Union[int, str, None]]):
    pass


@flow
def doubled(a: Union[int, int], b: Union[int, bool, float], c: int | int | None, d: Union[List[int], List[int], str]):
    pass


@flow
def of_any(a: Optional[Any] = None, b: Union[Any, int] = 1, c: Any | None = None, d: Union[int, Any, None] = None):
    pass


@flow
def single(a: Union[int], b: Optional[None] = None):
    pass
