"""Plain types, as most flows have them."""

from prefect import flow


@flow
def etl(source: str, limit: int = 10, ratio: float = 0.5, dry_run: bool = False):
    pass


@flow
def untyped(a, b=1, c="x", d=None, e=1.5, f=True):
    pass


@flow
def containers(a: list, b: dict, c: tuple, d: set, e: frozenset, f: bytes, g: bytearray, h: complex):
    pass


@flow
def generic(a: list[int], b: dict[str, int], c: tuple[int, str], d: set[str], e: frozenset[int], f: tuple[int, ...]):
    pass


@flow
def nested(a: list[dict[str, list[int]]], b: dict[str, dict[str, float]], c: list[tuple[str, int]], d: dict[int, list]):
    pass


@flow
def odd(a: object, b: range, c: slice, d: type, e: Exception, f: memoryview, g: None = None):
    pass


@flow
def empty_tuple(a: tuple[()], b: list[list[list[str]]] = []):
    pass
