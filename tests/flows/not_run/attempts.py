"""Imports that fail inside `try`: the rest of the file runs."""

from prefect import flow
from pydantic import BaseModel

try:
    import package_that_is_missing

    HAS = True
except ImportError:
    HAS = False

try:
    import json

    from package_that_is_missing import Base

    LEVEL = 1
except (KeyError, ModuleNotFoundError):

    class Base(BaseModel):
        a: int = 3

    LEVEL = 2
finally:
    DONE = 4

try:
    try:
        import package_that_is_missing
    except KeyError:
        INNER = 1
    OUTER = 1
except Exception:
    OUTER = 2

try:
    from json import loads
except ImportError:
    LOADED = False
else:
    LOADED = True

LIMIT: int = 7


@flow
def attempts(
    a: bool = HAS, b: int = LEVEL, c: Base = None, d: int = DONE, e: int = OUTER, f: bool = LOADED, g: int = LIMIT
):
    pass
