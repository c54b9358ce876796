"""Decorators of the bundle that make flows in ways of their own."""

import functools

from prefect import Flow, flow
from prefect import flow as prefect_flow

DEFAULTS = {"retries": 2}


def with_hooks(func=None, **kwargs):
    def wrapper(f):
        all_kwargs = {"log_prints": True, **kwargs}
        return prefect_flow(**all_kwargs)(f)

    if func is not None:
        return wrapper(func)
    return wrapper


@with_hooks
def hooked(a: int = 1):
    pass


@with_hooks(name="hooked too")
def hooked_and_named(a: int = 1):
    """Says what it does."""


def pipeline(**kwargs):
    def decorate(func):
        return prefect_flow(**{**DEFAULTS, **kwargs})(func)

    return decorate


@pipeline(name="p")
def piped(a: int = 1):
    pass


def always(*args, **kwargs):
    final = {**{"name": "always"}, **kwargs}
    return prefect_flow(*args, **final)


@always
def named_by_all(x: str):
    pass


def wrapped(**kwargs):
    def decorate(func):
        @functools.wraps(func)
        @flow(**kwargs)
        def inner(payload):
            return func(payload)

        return inner

    return decorate


@wrapped(name="wrapped")
def without_description(payload: int):
    """What the flow inside does not say."""


@wrapped()
def named_by_the_one_inside(payload: int, more: str = "x"):
    """The same."""


def documented(func):
    @functools.wraps(func)
    @flow
    def inner(payload):
        """What the flow inside says."""

    return inner


@documented
def with_that_of_the_one_inside(payload: int):
    """Something else."""


@Flow
def of_class(a: int = 2):
    pass
