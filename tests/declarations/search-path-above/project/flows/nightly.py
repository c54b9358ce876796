import os

from prefect import flow

HERE = os.path.relpath(os.path.dirname(__file__))


@flow
def nightly():
    """Is nightly."""
