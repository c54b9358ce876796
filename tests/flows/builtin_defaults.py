"""Defaults that are classes and functions of Python, and the name of the module."""

from typing import Any, Callable, Type

from prefect import flow


@flow
def classes(
    a: Type[Exception] = ValueError,
    b: type = bytes,
    c: Any = KeyboardInterrupt,
    d: Any = DeprecationWarning,
    e: Callable = sorted,
    f: tuple = (OSError,),
):
    pass


LOGGER = f"flows.{__name__}"


@flow
def named(name: str = __name__, logger: str = LOGGER):
    pass
