"""Absolute imports from the root of the bundle."""

from prefect import flow

from project_c.core.types import Kind, Record


@flow
def etl(record: Record, kind: Kind = Kind.A):
    pass
