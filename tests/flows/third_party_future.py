from __future__ import annotations

from typing import Optional

import pandas_that_is_missing as pd
from prefect import flow
from pydantic import BaseModel


class Config(BaseModel):
    url: str


@flow
def frames(df: pd.DataFrame, config: Config, limit: int = 10):
    pass


@flow
def known(config: Config, limit: Optional[int] = 10):
    pass


@flow
def result(a: int) -> pd.DataFrame:
    pass
