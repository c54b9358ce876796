"""Decorators of the bundle that make flows in ways of their own."""

from prefect import Flow
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


@Flow
def of_class(a: int = 2):
    pass
