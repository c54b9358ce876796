from prefect import flow

from ..common import BATCH


@flow
def hourly(batch: int = BATCH): ...
