from pathlib import Path

from prefect import flow

HERE = Path(".")
LIMIT = 3


@flow
def a_flow(x: int = LIMIT): ...


def helper(): ...
