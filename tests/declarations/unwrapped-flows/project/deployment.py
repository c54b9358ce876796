import inspect
from functools import wraps

from prefect import flow


def traced(function):
    @wraps(function)
    def inner(*args, **kwargs):
        return function(*args, **kwargs)

    return inner


@flow(name="traced flow")
@traced
def work(a: int, b: str = "x"):
    """Is traced."""


fn = work.fn
while hasattr(fn, "__wrapped__"):
    fn = fn.__wrapped__

doc = (inspect.getdoc(work.fn) or "").upper()
work.to_deployment(
    name=fn.__name__,
    description=doc,
    tags=[work.fn.__name__, type(work).__name__, str(callable(work)), fn.__module__, str(work.version is not None)],
).apply()
