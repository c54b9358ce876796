import functools
from datetime import timedelta

import prefect
import prefect as p
from prefect import Flow, flow, task
from prefect.flows import flow as flow_of_module
from prefect import flow as make_flow


def timed(fn):
    @functools.wraps(fn)
    def wrapper(*args, **kwargs):
        return fn(*args, **kwargs)

    return wrapper


def notify(flow, run, state):
    pass


@flow
def bare(a: int):
    pass


@flow()
def called(a: int):
    pass


@prefect.flow
def of_module(a: int):
    pass


@p.flow(name="Aliased module")
def of_alias(a: int):
    pass


@flow_of_module(name="from flows")
def of_submodule(a: int):
    pass


@make_flow
def renamed(a: int):
    pass


@flow
@timed
def wrapped(a: int, b: str = "x"):
    """Wrapped.

    Args:
        a: the a
    """


@flow(
    name="All of them",
    description="With everything",
    version="v7",
    flow_run_name="{a}-run",
    retries=3,
    retry_delay_seconds=10,
    timeout_seconds=60,
    validate_parameters=False,
    persist_result=True,
    cache_result_in_memory=True,
    log_prints=True,
    on_completion=[notify],
    on_failure=[notify],
)
def everything(a: int):
    """Not this."""


@task
def no_flow(a: int):
    pass


def plain(a: int, b: str = "x"):
    """Made a flow below."""


made = flow(plain)
named = flow(plain, name="Named one")
later = flow(name="Later")(plain)
of_class = Flow(plain)
of_class_named = Flow(fn=plain, name="Of class", version="2")
optioned = bare.with_options(name="Optioned", description="Other")
