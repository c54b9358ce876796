"""Names of packages that are not installed: the file cannot be imported."""

from typing import Dict, List, Optional, Union

import numpy_that_is_missing as np
import pandas_that_is_missing as pd
from missing_orm import Session
from prefect import flow, task
from pydantic import BaseModel


class Config(BaseModel):
    """Settings."""

    url: str
    limit: int = 10


class WithFrame(BaseModel):
    frame: pd.DataFrame


DEFAULT = "x"


@flow
def frames(df: pd.DataFrame, config: Config, limit: int = 10):
    pass


@flow(name="Optional frames")
def optional(df: Optional[pd.DataFrame] = None, many: List[np.ndarray] = [], mapping: Dict[str, Session] = {}):
    pass


@flow
def values(a: int = np.int64(3), b: str = DEFAULT, c=pd.NaT):
    pass


@flow
async def asynchronous(config: Config, session: Session = None):
    """Runs.

    Args:
        config: the settings
    """


@flow
def models(a: WithFrame, b: Union[Config, Session, None] = None):
    pass


@flow(name=f"load-{DEFAULT}", description="said")
def named(a: str = DEFAULT):
    pass


@flow
def variadic(*frames: pd.DataFrame, key: Session = None, **more: np.ndarray) -> pd.DataFrame:
    pass
