"""The module is missed, and the file runs all the same."""

from consts import *
from prefect import flow

try:
    from models import Config
except ImportError:
    Config = None

try:
    from consts import ABSENT
except ImportError:
    ABSENT = 9


@flow
def caught(c: Config, l: int = LIMIT, a: int = ABSENT):
    pass
