"""Decorators below `@flow` that do not tell what they wrap."""

import functools
import inspect
from functools import update_wrapper

from prefect import flow

registry = []


def bare(fn):
    def wrapper(*args, **kwargs):
        return fn(*args, **kwargs)

    return wrapper


def told(fn):
    def wrapper(*args, **kwargs):
        """What the wrapper says."""
        return fn(*args, **kwargs)

    return wrapper


def typed(fn):
    def run(a: int, b: str = "x", *args, **kwargs):
        return fn(a, b)

    return run


def updated(fn):
    def wrapper(*args, **kwargs):
        return fn(*args, **kwargs)

    return update_wrapper(wrapper, fn)


def updated_before(fn):
    def wrapper(*args, **kwargs):
        return fn(*args, **kwargs)

    functools.update_wrapper(wrapper, fn)
    return wrapper


def wrapped(fn):
    @functools.wraps(fn)
    def wrapper(*args, **kwargs):
        return fn(*args, **kwargs)

    return wrapper


def with_argument(n):
    def decorator(fn):
        def inner(*args, **kwargs):
            return fn(*args, **kwargs)

        return inner

    return decorator


def with_wrapped(n):
    def decorator(fn):
        @functools.wraps(fn)
        def inner(*args, **kwargs):
            return fn(*args, **kwargs)

        return inner

    return decorator


def same(fn):
    registry.append(fn)
    return fn


def sometimes(fn=None, *, n=1):
    if fn is None:
        return functools.partial(sometimes, n=n)

    @functools.wraps(fn)
    def wrapper(*args, **kwargs):
        return fn(*args, **kwargs)

    return wrapper


def either(fn):
    if inspect.iscoroutinefunction(fn):

        @functools.wraps(fn)
        async def run_async(*args, **kwargs):
            return await fn(*args, **kwargs)

        return run_async

    @functools.wraps(fn)
    def run(*args, **kwargs):
        return fn(*args, **kwargs)

    return run


def asynchronous(fn):
    async def wrapper(*args, **kwargs):
        return fn(*args, **kwargs)

    return wrapper


@flow
@bare
def plain(a: int, b: str = "x"):
    """Not shown."""


@flow(name="told")
@told
def docs(a: int, b: str = "x"):
    """Not shown."""


@flow(name="typed", description="Said")
@typed
def types(c: int):
    """Not shown."""


@flow(name="updated")
@updated
def of_updated(c: int = 1):
    """Shown."""


@flow(name="updated before")
@updated_before
def of_updated_before(c: int = 1):
    """Shown."""


@flow(name="argument")
@with_argument(3)
def of_argument(c: int = 1):
    """Not shown."""


@flow(name="argument wrapped")
@with_wrapped(3)
def of_wrapped_argument(c: int = 1):
    """Shown."""


@flow(name="two")
@wrapped
@bare
def of_two(c: int = 1):
    """Not shown."""


@flow(name="two the other way")
@bare
@wrapped
def of_two_others(c: int = 1):
    """Not shown."""


@flow(name="same")
@same
def of_same(c: int = 1):
    """Shown."""


@flow(name="asynchronous")
@asynchronous
def of_asynchronous(c: int = 1):
    """Not shown."""


@flow(name="sometimes")
@sometimes
def of_sometimes(c: int = 1):
    """Shown."""


@flow(name="sometimes called")
@sometimes(n=2)
def of_sometimes_called(c: int = 1):
    """Shown."""


@flow(name="either")
@either
def of_either(c: int = 1):
    """Shown."""


def undecorated(c: int = 1):
    """Shown."""


@bare
def decorated(c: int = 1):
    """Not shown."""


called = flow(undecorated, name="called")
called_decorated = flow(decorated)
