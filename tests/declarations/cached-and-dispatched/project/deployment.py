from functools import cache, cached_property, lru_cache, singledispatch
from operator import attrgetter
from typing import Generic, Iterable, Protocol, TypeVar

from prefect import flow

T = TypeVar("T")
calls = []


@lru_cache(maxsize=None)
def pool(kind: str) -> str:
    calls.append(kind)
    return {"docker": "docker-pool", "k8s": "aks"}[kind]


@cache
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


class Named(Protocol):
    name: str


class Box(Generic[T]):
    def __init__(self, items: Iterable[T]):
        self._items = tuple(items)

    @cached_property
    def names(self) -> list[str]:
        calls.append("names")
        return [attrgetter("name")(it) for it in self._items]

    def __call__(self, index: int) -> T:
        return self._items[index]


@singledispatch
def text(value):
    return f"other:{value}"


@text.register
def _(value: int):
    return f"int:{value}"


@flow
def one(n: int = fib(10)): ...


@flow
def two(n: int = fib(20)): ...


box = Box([one, two])
for i, kind in enumerate(["docker", "k8s", "docker"][:2]):
    flow_ = box(i)
    flow_.deploy(
        name=f"{box.names[i]}-{pool(kind)}",
        work_pool_name=pool(kind),
        image="acme/x:1",
        build=False,
        push=False,
        tags=[text(i), text("s"), str(len(calls))],
        parameters={"n": fib(i + 5)},
    )
