"""Flows of a day."""
from prefect import flow

NAME = "entrypoints-daily"


@flow(name=NAME)
def run(day: str | None = None):
    """
    Runs a day.

    Args:
        day: The day as ISO date; today when it is left out.
    """


@flow(name="entrypoints later")
def later(): ...


@flow
def entrypoints_unnamed(x: int = 1) -> int:
    """One
    two.
    """
    return x
