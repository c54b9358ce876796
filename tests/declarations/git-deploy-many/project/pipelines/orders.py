from prefect import flow

from pipelines.shared import LIMIT


@flow
def orders(limit: int = LIMIT): ...


@flow
def refunds(limit: int = LIMIT * 2): ...
