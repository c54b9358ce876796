from prefect import flow

from .parts import SIZE


@flow
def nightly(size: int = SIZE):
    """Is nightly."""
