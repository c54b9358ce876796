"""A module in a folder that the file itself tells Python of."""

import os
import sys
from contextlib import suppress
from pathlib import Path

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "lib"))
sys.path.append(str(Path(__file__).parents[2]))

from far import BATCH
from prefect import flow

with suppress(ImportError):
    import package_that_is_missing

LIMIT: int = 3


@flow
def main(batch: int = BATCH, limit: int = LIMIT):
    pass
