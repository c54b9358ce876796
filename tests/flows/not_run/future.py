from __future__ import annotations

from typing import Optional

import package_that_is_missing as pd
from prefect import flow
from pydantic import BaseModel


class Model(BaseModel):
    a: int = 1


@flow
def unknown(df: pd.DataFrame, m: Model, i: int = 3):
    pass


@flow
def known(m: Model, i: Optional[int] = 3, t: "Model" = None):
    pass


@flow
async def asynchronous(m: Model, i: Optional[int] = 3, t: "Model" = None, u: "int" = 1):
    pass
