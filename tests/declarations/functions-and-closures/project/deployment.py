import functools
from typing import Any, Callable

from prefect import flow

registered: list[str] = []
counter = 0


def counted(function: Callable) -> Callable:
    @functools.wraps(function)
    def wrapper(*args: Any, **kwargs: Any):
        global counter
        counter += 1
        kwargs.setdefault("tags", []).append(f"call-{counter}")
        return function(*args, **kwargs)

    return wrapper


def with_prefix(prefix):
    def decorator(function):
        def inner(name, /, *rest, **options):
            return function(f"{prefix}-{name}", *rest, **options)

        return inner

    return decorator


@flow
def job(size: int = 1, label: str = ""): ...


@counted
@with_prefix("team")
def register(name, size=2, *more, label="none", **options):
    deployment = job.to_deployment(
        name=name, parameters={"size": size + sum(more), "label": label}, **options
    )
    deployment.apply()
    registered.append(name)
    return deployment


def accumulator():
    total = 0

    def add(n):
        nonlocal total
        total += n
        return total

    return add


def factorial(n: int) -> int:
    return 1 if n <= 1 else n * factorial(n - 1)


add = accumulator()
add(3)
half = functools.partial(register, size=4, label="half")
double = lambda x, y=2: x * y

register("plain")
register("sized", add(4), 5, 6, label="many", version="1")
half("partial", tags=["p"])
register(*("star", double(8)), **{"label": "kw", "description": f"{len(registered)} before, {factorial(5)}"})
