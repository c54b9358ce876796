"""Without the variable the file cannot be run."""

import os

from prefect import flow

try:
    CAUGHT = os.environ["NAME_THAT_NOBODY_SETS"]
    LEVEL = 1
except KeyError:
    CAUGHT = "default"
    LEVEL = 2

os.environ["NAME_THAT_IS_SET"] = "1"
SET = os.environ["NAME_THAT_IS_SET"]
TOKEN: str = os.environ["NAME_THAT_NOBODY_SETS"]
LIMIT: int = 3


@flow
def environment(a: int = LIMIT, b: str = TOKEN, c: str = "x"):
    pass
