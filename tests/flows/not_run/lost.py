"""What a failed import would have bound is used at the top level: the file cannot be run."""

from prefect import flow
from pydantic import BaseModel

try:
    import package_that_is_missing as pd
except ImportError:
    pd = None

LIMIT: int = 3


class Model(BaseModel):
    a: int = 1


def helper(df: pd.DataFrame):
    pass


@flow
def lost(df: pd.DataFrame, a: int = LIMIT, b: Model = Model()):
    pass
