from prefect import flow

from flows.a.mod import alpha


@flow
def beta(n: int = 3):
    """Beta, which calls alpha."""
    alpha()
