from __future__ import annotations

from prefect import flow

try:
    import package_that_is_missing as pd
except ImportError:
    pd = None

LIMIT: int = 3


def helper(df: pd.DataFrame):
    pass


@flow
def kept(a: int = LIMIT):
    pass
