"""A package that imports what is in it, which fails, does not come to its other imports."""

from prefect import flow

from selfish.models import Model


@flow
def from_package(a: Model, b: int = 1):
    pass
