"""Whether there are flows is only known where it runs; what can be known of them is."""

import os

from prefect import flow as prefect_flow

USE_PREFECT = os.getenv("USE_PREFECT", "1") == "1"


def no_flow(*args, **kwargs):
    if args and callable(args[0]):
        return args[0]
    return lambda func: func


if USE_PREFECT:
    flow = prefect_flow
else:
    flow = no_flow


def flow_or_not(func=None, **kwargs):
    if os.environ.get("WORKFLOW", "prefect") == "prefect":
        if func is not None:
            return prefect_flow(func, **kwargs)
        return prefect_flow(**kwargs)
    if func is not None:
        return func
    return lambda func: func


@flow(name="used", version="2")
def used(a: int = 1):
    """May be one."""


@flow_or_not(name="chosen inside")
def chosen_inside(a: int = 1):
    pass


@flow_or_not
def chosen_bare(a: int = 1):
    pass
