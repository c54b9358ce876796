"""Flows whose decorator hands on to that of Prefect."""

from functools import partial

from prefect import flow as prefect_flow

TIMEOUT = 60


def flow(*args, timeout_seconds=TIMEOUT, **kwargs):
    """Every flow has an end."""
    return prefect_flow(*args, timeout_seconds=timeout_seconds, **kwargs)


def patient(fn=None, **settings):
    settings.setdefault("retries", 3)
    return flow(fn, **settings)


printing = partial(prefect_flow, log_prints=True)
described = partial(flow, description="Said by all.", name="named by all")
same = printing


@flow
def bare_maker(a: int, b: str = "b"):
    pass


@flow(name="with a name", log_prints=True)
def named_maker(a: int = 1):
    """It says so itself."""


@patient(description="Said by one.")
def patient_maker(*, a: list[int] = [1]):
    pass


@printing
def printing_maker(a: float = 0.5):
    pass


@same(version="7")
def same_maker(a: bool = False):
    pass


@described()
def described_maker(a: int):
    pass


@described(name="its own")
def named_again(a: int):
    pass
